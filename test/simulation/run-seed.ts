import type { Violation } from './judge.ts';
import { minimise } from './minimise.ts';
import { plantedBug } from './planted-bugs.ts';
import { type Setting, simulate } from './simulation.ts';

/** What the runs of one command have in common. */
export interface RunSetting {
  ops: number;
  /** These faults strike, and no others. */
  faults?: string[];
  /** The number of the bug that is planted. */
  bug?: string;
}

export interface Failure {
  seed: number;
  violations: readonly Violation[];
  /** What has to strike for it; none where it fails without faults. */
  faults: readonly string[];
  /** Repeats it. */
  command: string;
}

export interface SeedResult {
  changes: number;
  events: number;
  /** Publications of events that had been published before. */
  duplicates: number;
  faults: number;
  /** Over the history. */
  hash: string;
  failure?: Failure;
}

const distinct = (events: readonly { detail: string }[]): number =>
  new Set(events.map(({ detail }) => detail)).size;

export const runSeed = async (seed: number, { ops, faults, bug }: RunSetting): Promise<SeedResult> => {
  const planted = bug === undefined ? undefined : plantedBug(bug);
  const setting: Setting = { seed, ops, ...(faults && { only: faults }), ...(planted && { planted }) };
  const { history, changes, struck, violations } = await simulate(setting);
  const events = history.of('published');
  const result: SeedResult = {
    changes,
    events: events.length,
    duplicates: events.length - distinct(events),
    faults: struck.length,
    hash: history.hash(),
  };
  if (violations.length === 0) return result;
  const needed = await minimise(setting, struck);
  const planting = bug === undefined ? '' : ` --bug ${bug}`;
  const command = `npm run simulate -- --seeds 1 --from ${seed} --ops ${ops} --faults ${needed.join(',')}${planting}`;
  return { ...result, failure: { seed, violations, faults: needed, command } };
};
