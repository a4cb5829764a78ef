import { InvokeCommand } from '@aws-sdk/client-lambda';
import { timeIn } from '../arguments.ts';
import { RECONCILER } from '../aws/names.ts';
import { type Command, type Context, EXIT, Failed, UsageError } from '../command.ts';
import { createProgress } from '../terminal/progress.ts';
import { reporting } from '../terminal/report.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface Finding {
  customerId: string;
  orderId: string;
  createdAt: string;
  version: number;
  gaps: { from: number; to: number }[];
  latest: 'kept' | 'missing' | 're-emitted' | 'unstated' | 'refused' | 'failed';
  reason?: string;
}

interface Page {
  read: number;
  compared: number;
  recent: number;
  findings: Finding[];
  next?: string;
}

type Totals = Record<'read' | 'compared' | 'recent' | 'found' | 'reEmitted' | 'missing', number>;

const DAY_MS = 86_400_000;
const SHOWN = 20;

export const reconcile: Command = {
  help: `Compares the orders created on some days with what OrderHistory got of their events.

  orders reconcile --dry-run
  orders reconcile --from 2026-11-20 --to 2026-11-22
  orders reconcile --from 2h --grace 10 --report reconcile.json

  --from T, --to T   days of creation, both included: 2026-11-22, 2026-11-22T10:00:00Z, now, 2h, 7d (ago); the last two days
  --grace MINUTES    leaves alone what changed later than so long ago: its events may be on their way; 420
  --dry-run          says what is missing, and publishes nothing
  --report FILE      each order that was found, as JSON

The latest version of an order is published with the event id and the bytes that it would have had: publishing it again
harms nobody. Older versions cannot be made again from the order. They are listed: redrive what is in dead-letter queues and
in the failure store, then replay the order to orders-history (orders events replay). Deleted and expired orders are not seen.
Ends with 3 where something is still missing.
`,
  options: {
    from: { type: 'string', default: '1d' },
    to: { type: 'string', default: 'now' },
    grace: { type: 'string' },
    'dry-run': { type: 'boolean', short: 'n' },
    report: { type: 'string' },
  },
  run: async (given, context) => {
    const { terminal, interrupted, now } = context;
    const dryRun = given.flag('dry-run');
    const days = daysBetween(timeIn(given, 'from', now()), timeIn(given, 'to', now()));
    const graceMinutes = wholeMinutes(given.text('grace'));
    return reporting(given.path('report'), async (report) => {
      const bar = createProgress(terminal, now);
      const totals: Totals = { read: 0, compared: 0, recent: 0, found: 0, reEmitted: 0, missing: 0 };
      const shown: Finding[] = [];
      let stoppedAt: string | undefined;
      for (const [place, day] of days.entries()) {
        let position: string | undefined;
        do {
          if (interrupted.aborted) {
            stoppedAt = day;
            break;
          }
          const request = { action: 'day', day, position, graceMinutes, dryRun };
          const page: Page = await invoke(request, context);
          totals.read += page.read;
          totals.compared += page.compared;
          totals.recent += page.recent;
          for (const finding of page.findings) {
            totals.found += 1;
            if (finding.latest === 're-emitted') totals.reEmitted += 1;
            if (isMissing(finding)) totals.missing += 1;
            if (shown.length < SHOWN) shown.push(finding);
            report.add(finding);
          }
          position = page.next;
          bar.show((place + 1) / days.length, `${day}: ${totals.read} read, ${totals.found} found`);
        } while (position !== undefined);
        if (stoppedAt !== undefined) break;
      }
      bar.end();
      const summary = { ...totals, dryRun, days: days.length, ...(stoppedAt !== undefined && { stoppedAt }) };
      report.end(summary);
      if (terminal.json) terminal.printJson({ ...summary, findings: shown });
      else terminal.print(inWords(summary, shown, terminal));
      if (stoppedAt !== undefined) {
        // The same file would be written anew.
        const another = given.path('report') === undefined ? '' : ' and another --report';
        terminal.say(`Interrupted. To go on, give the same command with --from ${stoppedAt}${another}.`);
        return EXIT.interrupted;
      }
      return totals.missing > 0 ? EXIT.partly : EXIT.done;
    });
  },
};

const isMissing = ({ latest, gaps }: Finding): boolean =>
  gaps.length > 0 || !['kept', 're-emitted'].includes(latest);

function daysBetween(from: number, to: number): string[] {
  if (from > to) throw new UsageError('--from is later than --to.');
  const first = Math.floor(from / DAY_MS);
  const count = Math.floor(to / DAY_MS) - first + 1;
  return Array.from({ length: count }, (_, n) => new Date((first + n) * DAY_MS).toISOString().slice(0, 10));
}

function wholeMinutes(given: string | undefined): number | undefined {
  if (given === undefined || /^\d{1,6}$/.test(given)) return given === undefined ? undefined : Number(given);
  throw new UsageError(`--grace takes whole minutes, not "${given}".`);
}

async function invoke(request: object, { clients }: Context): Promise<Page> {
  const command = new InvokeCommand({ FunctionName: RECONCILER, Payload: JSON.stringify(request) });
  const { FunctionError, Payload } = await clients.lambda.send(command);
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString()) as Page & { errorMessage?: string };
  if (FunctionError === undefined) return answer;
  throw new Failed(`${RECONCILER} failed: ${answer.errorMessage ?? FunctionError}. Its log says more.`);
}

function inWords(
  { compared, recent, found, reEmitted, missing, days }: Totals & { days: number },
  shown: readonly Finding[],
  terminal: Terminal,
): string {
  const later = recent === 0 ? '' : `, ${recent} changed too recently to be compared`;
  const head = `${compared} orders of ${days} days compared${later}.`;
  if (found === 0) return `${head} Nothing is missing.`;
  const rows = shown.map(({ customerId, orderId, version, latest, gaps, reason }) => [
    `${customerId}/${orderId}`,
    String(version),
    latest,
    gaps.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', '),
    reason ?? '',
  ]);
  const more = found > shown.length ? [`and ${found - shown.length} more: --report has all`] : [];
  return [
    head,
    table(['order', 'version', 'latest', 'gaps', 'reason'], rows, terminal),
    ...more,
    `${reEmitted} published again, ${missing} still incomplete.`,
  ].join('\n');
}
