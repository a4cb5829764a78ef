import { createHash } from 'node:crypto';
import type { Arguments } from './arguments.ts';
import type { Failure, SeedResult } from './run-seed.ts';
import { inOrder, startRunners } from './runners.ts';

export interface Report extends Omit<SeedResult, 'hash' | 'failure'> {
  seeds: number;
  ops: number;
  /** Over the histories of all runs: equal for equal arguments, however many ran at a time. */
  trace: string;
  failures: Failure[];
}

export interface Listening {
  progress?: (report: Report) => void;
  failed?: (failure: Failure) => void;
}

const MOST_FAILURES = 10;

/** Runs seed after seed; stops early only when too many fail to be worth more. */
export const campaign = async (
  { seeds, from, changes = Infinity, workers, ...setting }: Arguments,
  { progress, failed }: Listening = {},
): Promise<Report> => {
  const report: Report = {
    seeds: 0,
    ops: setting.ops,
    changes: 0,
    events: 0,
    duplicates: 0,
    faults: 0,
    trace: '',
    failures: [],
  };
  const trace = createHash('sha256');
  const runners = startRunners(workers, setting);
  try {
    const last = changes === Infinity ? from + seeds - 1 : Infinity;
    for await (const result of inOrder(runners, from, last)) {
      report.seeds += 1;
      report.changes += result.changes;
      report.events += result.events;
      report.duplicates += result.duplicates;
      report.faults += result.faults;
      trace.update(result.hash);
      if (result.failure) {
        report.failures.push(result.failure);
        failed?.(result.failure);
      }
      progress?.(report);
      if (report.changes >= changes || report.failures.length === MOST_FAILURES) break;
    }
  } finally {
    for (const { end } of runners) end();
  }
  return { ...report, trace: trace.digest('hex') };
};
