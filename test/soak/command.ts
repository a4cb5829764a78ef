import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { whole, WrongArgument } from '../support/command-line.ts';
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
const CODES = { kept: 0, broken: 1, usage: 2 };
const SHOWN = 20;
const LINE_MS = 60_000;

const readArguments = (given: string[]) => {
  try {
    const { values } = parseArgs({
      args: given,
      options: {
        minutes: { type: 'string', default: '10' },
        rate: { type: 'string', default: '20' },
        restarts: { type: 'string', default: '2' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
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
  } catch (error) {
    throw new WrongArgument(error instanceof Error ? error.message : String(error));
  }
};

const lineOf = ({ minutes, fault, changes, events, runtimeMb, engineMb, restarts }: Sample): string =>
  `${minutes.toFixed(1).padStart(5)} min  ${fault.padEnd(9)} ${changes} changes, ${events} events, ${restarts} restarts; runtime ${runtimeMb} MB, engine ${engineMb} MB`;

const summary = (report: Report): string => {
  const { orders, changes, versions, events, messages, historyLines, restarts, redriven, broken } = report;
  const verdict =
    broken.length === 0
      ? 'nothing is missing'
      : [`${broken.length} promises are broken:`, ...broken.slice(0, SHOWN)].join('\n  ');
  const strikes = Object.entries(report.struck).filter(([, times]) => times > 0);
  return [
    `${changes} changes of ${orders} orders acknowledged, ${restarts} restarts under load`,
    `struck: ${strikes.map(([name, times]) => `${name} ${times}`).join(', ')}`,
    `${versions} versions in the table, ${events} events in ${messages} messages, ${historyLines} lines of history, ${redriven} letters redriven`,
    `memory of the runtime: ${Math.max(...report.samples.map(({ runtimeMb }) => runtimeMb))} MB at most`,
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
  const { help, ...options } = asked;
  if (help) {
    out.write(USAGE);
    return CODES.kept;
  }
  const directory = mkdtempSync(path.join(tmpdir(), 'orders-soak-'));
  let lastLine = -LINE_MS;
  try {
    const report = await campaign({ ...options, directory }, (sample) => {
      const kept = sample.minutes * 60_000 - lastLine >= LINE_MS || sample.fault === 'none';
      if (kept) lastLine = sample.minutes * 60_000;
      if (err.isTTY) err.write(`\r${lineOf(sample)}\x1b[K${kept ? '\n' : ''}`);
      else if (kept) err.write(`${lineOf(sample)}\n`);
    });
    if (err.isTTY) err.write('\r\x1b[K');
    out.write(summary(report));
    if (report.broken.length === 0) {
      rmSync(directory, { recursive: true, force: true });
      return CODES.kept;
    }
  } catch (error) {
    out.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  err.write(`The data directory is kept: ${directory}\n`);
  return CODES.broken;
};
