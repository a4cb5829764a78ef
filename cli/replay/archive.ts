import {
  DescribeReplayCommand,
  ListArchivesCommand,
  StartReplayCommand,
  type Archive,
} from '@aws-sdk/client-eventbridge';
import { EXIT, Failed, type Context, type Given } from '../command.ts';
import { confirm } from '../terminal/confirm.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Report } from '../terminal/report.ts';
import { inWords, type ReplayRequest } from './request.ts';

/** EventBridge replays the archive to the rule by itself; this starts it and watches. */
export async function replayArchive(
  request: ReplayRequest,
  given: Given,
  report: Report,
  context: Context,
): Promise<number> {
  const { clients, terminal, now } = context;
  const { rule, span } = request;
  const { from, to } = span;
  const busArn = rule.arn.replace(
    /:rule\/(?:(.+)\/)?[^/]+$/,
    (_, bus?: string) => `:event-bus/${bus ?? 'default'}`,
  );
  const archive = await archiveOf(busArn, given.text('archive'), context);
  const { ArchiveName = '', EventCount = 0 } = archive;
  const most = `${inWords(span)} (of ${EventCount} in the archive ${ArchiveName})`;
  if (given.flag('dry-run')) {
    const plan = {
      dryRun: true,
      by: 'archive',
      archive: ArchiveName,
      archivedEvents: EventCount,
      rule: rule.name,
      from,
      to,
    };
    report.end(plan);
    if (terminal.json) terminal.printJson(plan);
    else terminal.print(`Would be replayed to ${rule.name}: what the archive holds ${most}.`);
    terminal.say('How many of them EventBridge does not tell.');
    return EXIT.done;
  }
  const what = `replay to ${rule.name} what the archive holds ${most}`;
  await confirm(terminal, { what, name: rule.name, count: EventCount, yes: given.flag('yes') });
  const ReplayName =
    given.text('name') ?? `${rule.name.slice(0, 40)}-${new Date(now()).toISOString().replace(/\W/g, '')}`;
  await clients.events.send(
    new StartReplayCommand({
      ReplayName,
      EventSourceArn: archive.EventSourceArn?.replace(/:event-bus\/.*$/, `:archive/${ArchiveName}`),
      EventStartTime: new Date(from),
      EventEndTime: new Date(to),
      Destination: { Arn: busArn, FilterArns: [rule.arn] },
    }),
  );
  terminal.say(`Replay ${ReplayName} started.`);
  return follow(ReplayName, report, context);
}

/** Shows how far a replay is, until it ends or the person goes. */
export async function follow(
  name: string,
  report: Report,
  { clients, terminal, interrupted, now, pause }: Context,
): Promise<number> {
  const bar = createProgress(terminal, now);
  for (let wait = 100; ; wait = Math.min(2 * wait, 2_000)) {
    const replay = await clients.events.send(new DescribeReplayCommand({ ReplayName: name }));
    const { State = '', StateReason, EventStartTime, EventEndTime, EventLastReplayedTime } = replay;
    const [from = 0, to = 0, at = from] = [EventStartTime, EventEndTime, EventLastReplayedTime].map((time) =>
      time?.getTime(),
    );
    const reached = EventLastReplayedTime?.toISOString();
    bar.show(State === 'COMPLETED' ? 1 : (at - from) / (to - from), `${State} ${reached ?? ''}`);
    const isOver = ['COMPLETED', 'CANCELLED', 'FAILED'].includes(State);
    if (!isOver && !interrupted.aborted) {
      await pause(wait, interrupted);
      continue;
    }
    bar.end();
    const summary = {
      replay: name,
      state: State,
      reason: StateReason,
      from,
      to,
      lastReplayed: reached ?? null,
    };
    report.end(summary);
    if (terminal.json) terminal.printJson(summary);
    else terminal.print(`Replay ${name}: ${State}${StateReason === undefined ? '' : `, ${StateReason}`}.`);
    if (isOver) return State === 'COMPLETED' ? EXIT.done : EXIT.failed;
    terminal.say(`It goes on without you. Watch it: orders events replay --follow ${name}`);
    terminal.say(`End it: orders events cancel ${name}`);
    return EXIT.interrupted;
  }
}

async function archiveOf(busArn: string, name: string | undefined, { clients }: Context): Promise<Archive> {
  const { Archives = [] } = await clients.events.send(new ListArchivesCommand({ EventSourceArn: busArn }));
  const fitting = Archives.filter(({ ArchiveName }) => name === undefined || ArchiveName === name);
  const [archive, another] = fitting;
  if (!archive) throw new Failed(`The bus has no archive${name === undefined ? '' : ` ${name}`}.`);
  const names = fitting.map(({ ArchiveName }) => ArchiveName).join(', ');
  if (another) throw new Failed(`The bus has several archives: choose one with --archive: ${names}.`);
  return archive;
}
