import { commandOf, optionsOf, whole } from '../support/command-line.ts';
import { progressBar } from '../support/progress-bar.ts';
import { campaign } from './campaign.ts';
import type { Report } from './report.ts';
import { onNewDirectory, verdict } from './verdict.ts';

const USAGE = `Kills the local system with -9 under load, again and again, and counts what it lost.

  npm run kills -- --kills 200

  --kills N     20 when not given; by turns of the engine, of the runtime, and of the runtime while it starts
  --seed N      draws load and moments, as far as a real system lets them be drawn; 1 when not given
  --json        one JSON object on stdout
  -h, --help

Ends with 0 when nothing is missing, with 1 when something is, with 2 for a wrong argument.
`;

const readArguments = (given: string[]) => {
  const values = optionsOf(given, {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  });
  return { ...values, kills: whole('kills', values.kills), seed: whole('seed', values.seed) };
};

const counts = ({ orders, changes, events, messages }: Report): string =>
  `${changes} changes of ${orders} orders acknowledged, ${events} events in ${messages} messages`;

const summary = (report: Report, seconds: number): string => {
  const { kills, versions, historyLines, broken, seed } = report;
  return [
    `${kills.engine + kills.runtime + kills.start} kills: ${kills.engine} of the engine, ${kills.runtime} of the runtime, ${kills.start} of its start; seed ${seed}`,
    `${counts(report)}; ${versions} versions in the table, ${historyLines} lines of history`,
    `${seconds.toFixed(0)} s`,
    `${verdict(broken)}\n`,
  ].join('\n');
};

export const command = commandOf({
  usage: USAGE,
  read: readArguments,
  run: ({ kills, seed, json }, out, err) =>
    onNewDirectory('orders-kills-', [out, err], async (directory) => {
      const bar = progressBar(err);
      const start = performance.now();
      const report = await campaign({ kills, seed, directory }, (soFar) => {
        const { engine, runtime, start: starts } = soFar.kills;
        bar.show(engine + runtime + starts, kills, `${engine + runtime + starts} kills, ${counts(soFar)}`);
      }).finally(() => bar.end());
      const seconds = (performance.now() - start) / 1000;
      out.write(json ? `${JSON.stringify({ ...report, seconds })}\n` : summary(report, seconds));
      return report;
    }),
});
