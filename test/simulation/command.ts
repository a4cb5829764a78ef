import { CODES, commandOf } from '../support/command-line.ts';
import { progressBar } from '../support/progress-bar.ts';
import { readArguments, USAGE } from './arguments.ts';
import { campaign, type Report } from './campaign.ts';
import type { Failure } from './run-seed.ts';

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

export const command = commandOf({
  usage: USAGE,
  read: readArguments,
  run: async (asked, out, err) => {
    const start = performance.now();
    const bar = progressBar(err);
    const report = await campaign(asked, {
      progress: ({ seeds, changes, failures }) => {
        const [done, all] = asked.changes === undefined ? [seeds, asked.seeds] : [changes, asked.changes];
        bar.show(done, all, `${seeds} seeds, ${changes} changes, ${failures.length} failed`);
      },
      failed: (failure) => {
        bar.end();
        if (!asked.json) out.write(described(failure));
      },
    });
    bar.end();
    const seconds = (performance.now() - start) / 1000;
    out.write(asked.json ? `${JSON.stringify({ ...report, seconds })}\n` : summary(report, seconds));
    return report.failures.length === 0 ? CODES.kept : CODES.broken;
  },
});
