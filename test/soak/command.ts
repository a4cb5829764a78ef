import { onNewDirectory, verdict } from '../kills/verdict.ts';
import { commandOf, optionsOf, whole, WrongArgument } from '../support/command-line.ts';
import { campaign, type Report, type Sample } from './campaign.ts';

const USAGE = `Runs the local system under a steady load, with each fault in turn and restarts, and counts what it lost.

  npm run soak -- --minutes 60

  --minutes N      10 when not given
  --rate N         requests a second; 20 when not given
  --restarts N     spread evenly, under load; 2 when not given
  --seed N         draws the load; 1 when not given
  -h, --help

Ends with 0 when nothing is missing, with 1 when something is, with 2 for a wrong argument.
`;
const LINE_MS = 60_000;

const readArguments = (given: string[]) => {
  const values = optionsOf(given, {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '20' },
    restarts: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  });
  const rate = whole('rate', values.rate);
  if (rate === 0) throw new WrongArgument('--rate takes one request a second at least.');
  return {
    help: values.help,
    durationMs: whole('minutes', values.minutes) * 60_000,
    perSecond: rate,
    restarts: whole('restarts', values.restarts),
    seed: whole('seed', values.seed),
  };
};

const lineOf = ({ minutes, fault, changes, events, runtimeMb, engineMb, restarts }: Sample): string =>
  `${minutes.toFixed(1).padStart(5)} min  ${fault.padEnd(9)} ${changes} changes, ${events} events, ${restarts} restarts; runtime ${runtimeMb} MB, engine ${engineMb} MB`;

const summary = (report: Report): string => {
  const { orders, changes, versions, events, messages, historyLines, restarts, redriven, broken } = report;
  const strikes = Object.entries(report.struck).filter(([, times]) => times > 0);
  return [
    `${changes} changes of ${orders} orders acknowledged, ${restarts} restarts under load`,
    `struck: ${strikes.map(([name, times]) => `${name} ${times}`).join(', ')}`,
    `${versions} versions in the table, ${events} events in ${messages} messages, ${historyLines} lines of history, ${redriven} letters redriven`,
    `memory of the runtime: ${Math.max(...report.samples.map(({ runtimeMb }) => runtimeMb))} MB at most`,
    `${verdict(broken)}\n`,
  ].join('\n');
};

export const command = commandOf({
  usage: USAGE,
  read: readArguments,
  run: (asked, out, err) =>
    onNewDirectory('orders-soak-', [out, err], async (directory) => {
      let lastLine = -LINE_MS;
      const report = await campaign({ ...asked, directory }, (sample) => {
        const kept = sample.minutes * 60_000 - lastLine >= LINE_MS || sample.fault === 'none';
        if (kept) lastLine = sample.minutes * 60_000;
        if (err.isTTY) err.write(`\r${lineOf(sample)}\x1b[K${kept ? '\n' : ''}`);
        else if (kept) err.write(`${lineOf(sample)}\n`);
      });
      if (err.isTTY) err.write('\r\x1b[K');
      out.write(summary(report));
      return report;
    }),
});
