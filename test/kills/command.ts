import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { whole, WrongArgument } from '../support/command-line.ts';
import { progressBar } from '../support/progress-bar.ts';
import { campaign } from './campaign.ts';
import type { Report } from './report.ts';

const USAGE = `Kills the local system with -9 under load, again and again, and counts what it lost.

  npm run kills -- --kills 200

  --kills N     20 when not given; by turns of the engine, of the runtime, and of the runtime while it starts
  --seed N      draws load and moments, as far as a real system lets them be drawn; 1 when not given
  --json        one JSON object on stdout
  -h, --help

Ends with 0 when nothing is missing, with 1 when something is, with 2 for a wrong argument.
`;
const CODES = { kept: 0, broken: 1, usage: 2 };
const SHOWN = 20;

const readArguments = (given: string[]) => {
  try {
    const { values } = parseArgs({
      args: given,
      options: {
        kills: { type: 'string', default: '20' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return { ...values, kills: whole('kills', values.kills), seed: whole('seed', values.seed) };
  } catch (error) {
    throw new WrongArgument(error instanceof Error ? error.message : String(error));
  }
};

const counts = ({ orders, changes, events, messages }: Report): string =>
  `${changes} changes of ${orders} orders acknowledged, ${events} events in ${messages} messages`;

const summary = (report: Report, seconds: number): string => {
  const { kills, versions, historyLines, broken, seed } = report;
  const verdict =
    broken.length === 0
      ? 'nothing is missing'
      : [`${broken.length} promises are broken:`, ...broken.slice(0, SHOWN)].join('\n  ');
  return [
    `${kills.engine + kills.runtime + kills.start} kills: ${kills.engine} of the engine, ${kills.runtime} of the runtime, ${kills.start} of its start; seed ${seed}`,
    `${counts(report)}; ${versions} versions in the table, ${historyLines} lines of history`,
    `${seconds.toFixed(0)} s`,
    `${verdict}\n`,
  ].join('\n');
};

type Out = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/** Gives the exit code. */
export const command = async (given: string[], out: Out, err: Out): Promise<number> => {
  let asked: ReturnType<typeof readArguments>;
  try {
    asked = readArguments(given);
  } catch (error) {
    if (!(error instanceof WrongArgument)) throw error;
    err.write(`${error.message}\n\n${USAGE}`);
    return CODES.usage;
  }
  if (asked.help) {
    out.write(USAGE);
    return CODES.kept;
  }
  const { kills, seed, json } = asked;
  const directory = mkdtempSync(path.join(tmpdir(), 'orders-kills-'));
  const bar = progressBar(err);
  const start = performance.now();
  try {
    const report = await campaign({ kills, seed, directory }, (soFar) => {
      const { engine, runtime, start: starts } = soFar.kills;
      bar.show(engine + runtime + starts, kills, `${engine + runtime + starts} kills, ${counts(soFar)}`);
    });
    bar.end();
    const seconds = (performance.now() - start) / 1000;
    out.write(json ? `${JSON.stringify({ ...report, seconds })}\n` : summary(report, seconds));
    if (report.broken.length === 0) {
      rmSync(directory, { recursive: true, force: true });
      return CODES.kept;
    }
  } catch (error) {
    bar.end();
    out.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  err.write(`The data directory is kept: ${directory}\n`);
  return CODES.broken;
};
