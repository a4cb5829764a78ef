import { readArguments, USAGE, WrongArgument } from './arguments.ts';
import { campaign, type Failure, type Report } from './campaign.ts';
import { progressBar } from './progress-bar.ts';

const CODES = { kept: 0, broken: 1, usage: 2 };
const SHOWN = 5;

const described = ({ seed, violations, faults, command }: Failure): string => {
  const shown = violations.slice(0, SHOWN).map(({ promise, what }) => `  ${promise}: ${what}`);
  const more = violations.length > SHOWN ? [`  and ${violations.length - SHOWN} more`] : [];
  const needs = faults.length > 0 ? `needs ${faults.join(' ')}` : 'needs no fault';
  return [`seed ${seed} breaks a promise and ${needs}`, ...shown, ...more, `  ${command}`, ''].join('\n');
};

const summary = (report: Report, seconds: number): string => {
  const { seeds, changes, events, duplicates, faults, failures, trace } = report;
  const rate = Math.round(changes / Math.max(seconds, 0.001));
  const verdict =
    failures.length === 0 ? 'every promise was kept' : `${failures.length} seeds break a promise`;
  return [
    `${seeds} seeds, ${changes} changes, ${events} publications (${duplicates} repeated), ${faults} faults struck`,
    `${seconds.toFixed(1)} s, ${rate} changes/s, trace ${trace.slice(0, 16)}`,
    `${verdict}\n`,
  ].join('\n');
};

const main = async (given: string[]): Promise<number> => {
  const asked = readArguments(given);
  if (asked.help) {
    process.stdout.write(USAGE);
    return CODES.kept;
  }
  // Thousands of simulated errors a second, each with a stack that nobody reads.
  if (asked.seeds > 1) Error.stackTraceLimit = 0;
  const start = performance.now();
  const bar = progressBar(process.stderr);
  const report = await campaign(asked, {
    progress: ({ seeds, changes, failures }) => {
      const [done, all] = asked.changes === undefined ? [seeds, asked.seeds] : [changes, asked.changes];
      bar.show(done, all, `${seeds} seeds, ${changes} changes, ${failures.length} failed`);
    },
    failed: (failure) => {
      bar.end();
      if (!asked.json) process.stdout.write(described(failure));
    },
  });
  bar.end();
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(asked.json ? `${JSON.stringify({ ...report, seconds })}\n` : summary(report, seconds));
  return report.failures.length === 0 ? CODES.kept : CODES.broken;
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof WrongArgument)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = CODES.usage;
}
