import { EXIT, UsageError, type Command } from '../command.ts';
import { FAILURES } from '../dead-letters/failure-place.ts';
import { placeNamed } from '../dead-letters/places.ts';
import { redrive, type Counts } from '../dead-letters/redrive.ts';
import { filterOf } from '../filter.ts';
import { createPace } from '../pace.ts';
import { confirm } from '../terminal/confirm.ts';
import { createProgress } from '../terminal/progress.ts';
import { reporting } from '../terminal/report.ts';

const shownFailures = 5;
const leastRate = 0.1;

export const dlqRedrive: Command = {
  help: `Sends the letters of one place again, each to where it was going, with the same event ids.

  orders dlq redrive order-notifications-dlq --dry-run
  orders dlq redrive order-notifications-dlq --rate 10
  orders dlq redrive order-notifications-dlq --filter detail.data.order.orderId=O1 --yes
  orders dlq redrive failures --filter dynamodb.Keys.orderId.S=O1 --report redrive.json

  --dry-run         says what would be sent where
  --rate N          at most N a second, ${leastRate} or more
  --filter P=V      only events (in ${FAILURES}: change records) with the value V at the path P; all of several must hold
  --report FILE     what became of each letter, as JSON
  --yes             does not ask; more than 100 letters ask for the name of the place

A letter of a rule goes to the target of that rule, one that a function gave up to the function, one that SQS moved to
its queue. A stored failure goes to the stream reader. A letter is removed only after it was accepted there, so that
ending this at any moment loses nothing; what was sent and not yet removed is sent twice. A target whose input
EventBridge transforms cannot be redriven: replay its rule (orders events replay).
`,
  options: {
    'dry-run': { type: 'boolean', short: 'n' },
    rate: { type: 'string' },
    filter: { type: 'string', multiple: true },
    report: { type: 'string' },
    yes: { type: 'boolean' },
  },
  run: async (given, context) => {
    const { clients, terminal, interrupted, now } = context;
    const name = given.argument('The name of a queue, or failures,');
    const passes = filterOf(given.texts('filter'));
    const rate = given.positive('rate');
    if (rate !== undefined && rate < leastRate) throw new UsageError(`--rate is ${leastRate} or more.`);
    const dryRun = given.flag('dry-run');
    const place = await placeNamed(name, given.required('bus'), clients);
    const found = await place.count();
    if (found > 0 && !dryRun) {
      const those = given.texts('filter').length > 0 ? 'those that pass the filter of ' : '';
      const what = `redrive ${those}${found} letters of ${place.name}`;
      await confirm(terminal, { what, name: place.name, count: found, yes: given.flag('yes') });
    }

    return reporting(given.path('report'), async (report) => {
      const bar = createProgress(terminal, now);
      let failures = 0;
      const { destinations, ...counts } = await redrive(place, found, {
        passes,
        dryRun,
        pace: createPace(rate, context),
        interrupted,
        report,
        progress: (so) => bar.show(so.seen / found, `${so.redelivered} redelivered, ${so.failed} failed`),
        failure: ({ id }, why) => {
          failures += 1;
          if (failures <= shownFailures) terminal.say(`${id}: ${why}`);
        },
      });
      bar.end();
      if (failures > shownFailures) terminal.say(`and ${failures - shownFailures} more that failed`);
      const left = await place.count();
      const summary = {
        name: place.name,
        dryRun,
        interrupted: interrupted.aborted,
        found,
        ...counts,
        left,
        destinations,
      };
      report.end(summary);
      if (terminal.json) terminal.printJson(summary);
      else terminal.print(inWords(summary));
      return ended(counts, interrupted.aborted, left, (line) => terminal.say(line));
    });
  },
};

function inWords({
  name,
  dryRun,
  found,
  redelivered,
  skipped,
  failed,
  left,
  destinations,
}: Counts & {
  name: string;
  dryRun: boolean;
  found: number;
  left: number;
  destinations: Record<string, number>;
}): string {
  if (found === 0) return `${name} is empty.`;
  const to = Object.entries(destinations).map(([destination, count]) => `  ${count} to ${destination}`);
  const head = dryRun
    ? `Of ${name} would be redelivered:`
    : `${redelivered} redelivered, ${failed} failed, ${skipped} skipped, ${left} left in ${name}.`;
  return [head, ...(dryRun ? [...to, `  ${skipped} skipped`] : [])].join('\n');
}

function ended(
  { redelivered, failed }: Counts,
  interrupted: boolean,
  left: number,
  say: (line: string) => void,
): number {
  if (interrupted) {
    say('Interrupted. To go on, give the same command: what was redelivered is no longer there.');
    return EXIT.interrupted;
  }
  if (failed === 0) return EXIT.done;
  say(`${left} are still there, none is lost. Give the same command again when the cause is gone.`);
  return redelivered > 0 ? EXIT.partly : EXIT.failed;
}
