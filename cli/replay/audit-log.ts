import { compile } from '../../packages/event-pattern/src/index.ts';
import { explained } from '../aws/failures.ts';
import { createSending, obstacleOf } from '../aws/sending.ts';
import { EXIT, Failed, type Context, type Given } from '../command.ts';
import { createPace } from '../pace.ts';
import { confirm } from '../terminal/confirm.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Report } from '../terminal/report.ts';
import type { AuditedEvent } from '../audit-log/audited-event.ts';
import { auditLogOf } from '../audit-log/log-group.ts';
import { pastEvents } from '../audit-log/past-events.ts';
import { inWords, type ReplayRequest } from './request.ts';

/** Reads the events from the audit log and sends them to the rule's targets. */
export async function replayAuditLog(
  request: ReplayRequest,
  given: Given,
  report: Report,
  context: Context,
): Promise<number> {
  const { clients, terminal, interrupted, now } = context;
  const { rule, span } = request;
  for (const target of rule.targets) {
    const obstacle = obstacleOf(target);
    if (obstacle !== undefined) throw new Failed(obstacle);
  }
  const group = await auditLogOf(request.bus, clients);
  const selection = { ...request.narrowed, rule: compile(rule.pattern) };
  const events = () => after(given.text('after'), pastEvents(group, span, selection, clients));
  let found = 0;
  const counted = events();
  while ((await counted.next()).done !== true) found += 1;
  const summary = {
    by: 'audit log',
    logGroup: group,
    rule: rule.name,
    ...span,
    found,
  };
  if (given.flag('dry-run')) {
    report.end({ dryRun: true, ...summary });
    if (terminal.json) terminal.printJson({ dryRun: true, ...summary });
    else terminal.print(`${found} events ${inWords(span)} would be sent to the targets of ${rule.name}.`);
    return EXIT.done;
  }
  const what = `send ${found} events ${inWords(span)} to the targets of ${rule.name}`;
  if (found > 0) await confirm(terminal, { what, name: rule.name, count: found, yes: given.flag('yes') });

  const sending = createSending(clients);
  const pace = createPace(request.rate, context);
  const bar = createProgress(terminal, now);
  let [sent, failed] = [0, 0];
  let last: string | undefined;
  for await (const { id, json } of events()) {
    await pace();
    if (interrupted.aborted) break;
    try {
      for (const { Arn = '' } of rule.targets) await sending.send(Arn, json);
      sent += 1;
      report.add({ eventId: id, outcome: 'sent' });
    } catch (error) {
      failed += 1;
      terminal.say(`${id}: ${explained(error)}`);
      report.add({ eventId: id, outcome: 'failed', error: explained(error) });
    }
    last = id;
    bar.show((sent + failed) / found, `${sent} sent, ${failed} failed`);
  }
  bar.end();
  const ended = { ...summary, sent, failed, last: last ?? null, interrupted: interrupted.aborted };
  report.end(ended);
  if (terminal.json) terminal.printJson(ended);
  else terminal.print(`${sent} of ${found} events sent to the targets of ${rule.name}, ${failed} failed.`);
  if (interrupted.aborted) {
    const place = last ?? given.text('after');
    terminal.say(
      `Interrupted. To go on, give the same command${place === undefined ? '' : ` with --after ${place}`}.`,
    );
    return EXIT.interrupted;
  }
  if (failed === 0) return EXIT.done;
  return sent > 0 ? EXIT.partly : EXIT.failed;
}

async function* after(
  id: string | undefined,
  events: AsyncIterable<AuditedEvent>,
): AsyncGenerator<AuditedEvent> {
  let passed = id === undefined;
  for await (const event of events) {
    if (passed) yield event;
    passed ||= event.id === id;
  }
  if (!passed) throw new Failed(`The event ${String(id)} of --after is not among those asked for.`);
}
