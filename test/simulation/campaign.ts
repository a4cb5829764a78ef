import { createHash } from 'node:crypto';
import type { Arguments } from './arguments.ts';
import type { Violation } from './judge.ts';
import { minimise } from './minimise.ts';
import { type Setting, simulate } from './simulation.ts';

export interface Failure {
  seed: number;
  violations: readonly Violation[];
  /** What has to strike for it; none where it fails without faults. */
  faults: readonly string[];
  /** Repeats it. */
  command: string;
}

export interface Report {
  seeds: number;
  ops: number;
  changes: number;
  events: number;
  /** Publications of events that had been published before. */
  duplicates: number;
  faults: number;
  /** Over the histories of all runs: equal for equal arguments. */
  trace: string;
  failures: Failure[];
}

export interface Listening {
  progress?: (report: Report) => void;
  failed?: (failure: Failure) => void;
}

const MOST_FAILURES = 10;

const distinct = (events: readonly { detail: string }[]): number =>
  new Set(events.map(({ detail }) => detail)).size;

/** Runs seed after seed; stops early only when too many fail to be worth more. */
export const campaign = async (
  { seeds, ops, from, changes = Infinity, faults, bug, planted }: Arguments,
  { progress, failed }: Listening = {},
): Promise<Report> => {
  const report: Report = {
    seeds: 0,
    ops,
    changes: 0,
    events: 0,
    duplicates: 0,
    faults: 0,
    trace: '',
    failures: [],
  };
  const trace = createHash('sha256');
  const last = changes === Infinity ? from + seeds - 1 : Infinity;
  for (let seed = from; seed <= last && report.changes < changes; seed += 1) {
    const setting: Setting = { seed, ops, ...(faults && { only: faults }), ...(planted && { planted }) };
    const outcome = await simulate(setting);
    const events = outcome.history.of('published');
    report.seeds += 1;
    report.changes += outcome.changes;
    report.events += events.length;
    report.duplicates += events.length - distinct(events);
    report.faults += outcome.struck.length;
    trace.update(outcome.history.hash());
    if (outcome.violations.length > 0) {
      const needed = await minimise(setting, outcome.struck);
      const planting = bug === undefined ? '' : ` --bug ${bug}`;
      const failure: Failure = {
        seed,
        violations: outcome.violations,
        faults: needed,
        command: `npm run simulate -- --seeds 1 --from ${seed} --ops ${ops} --faults ${needed.join(',')}${planting}`,
      };
      report.failures.push(failure);
      failed?.(failure);
      if (report.failures.length === MOST_FAILURES) break;
    }
    progress?.(report);
    // Lets Node do what it owes to signals and the terminal: a run leaves it no time.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...report, trace: trace.digest('hex') };
};
