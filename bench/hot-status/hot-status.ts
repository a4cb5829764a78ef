import { readMerged } from '../../src/adapters/dynamodb/merged-pages.ts';
import { statusPartition } from '../../src/adapters/dynamodb/order-item.ts';
import { readingOf } from '../../src/adapters/dynamodb/selections.ts';
import { shardOf } from '../../src/adapters/dynamodb/shards.ts';
import { writeResults } from '../results.ts';

/** DynamoDB's limits of one partition, a second. */
const WRITE_UNITS = 1000;
const READ_UNITS = 3000;
const SECONDS = 20;
const SHARDS = [1, 4, 8, 16, 32] as const;
const PAGE = 25;

export interface HotStatus {
  shards: number;
  /** A second, of all partitions together, before the first one throttles. */
  creates: number;
  statusChanges: number;
  /** Orders that are created and then confirmed: PENDING is written for both. */
  lifecycles: number;
  /** Read units of a page of 25 orders by status, of 500 bytes each, and pages a second until the first throttle. */
  pageUnits: number;
  pages: number;
}

// Every order of a load has another id, as the API makes them: the real hash spreads them, not an even model.
const orderIds = function* (seed: number): Generator<string> {
  let state = seed;
  for (let n = 0; ; n += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield `O${n.toString(36)}-${state.toString(36)}`;
  }
};

/** No more than the limit in any one second: what bursts may lend is left out, as nobody may count on it. */
const holds = (perSecond: number, shards: number, touched: (shard: number) => readonly string[]): boolean => {
  const ids = orderIds(perSecond);
  for (let second = 0; second < SECONDS; second += 1) {
    const used = new Map<string, number>();
    for (let n = 0; n < perSecond; n += 1) {
      const { value: id } = ids.next() as { value: string };
      for (const partition of touched(shardOf(id, shards))) {
        const units = (used.get(partition) ?? 0) + 1;
        if (units > WRITE_UNITS) return false;
        used.set(partition, units);
      }
    }
  }
  return true;
};

const most = (holdsAt: (perSecond: number) => boolean): number => {
  let [low, high] = [0, 65_536];
  while (high - low > 10) {
    const middle = Math.floor((low + high) / 2);
    if (holdsAt(middle)) low = middle;
    else high = middle;
  }
  return low;
};

/** A create writes one item of 500 bytes into its status; a change takes it out of one and puts it into another. */
const created = (shard: number) => [statusPartition('PENDING', shard)];
const changed = (shard: number) => [statusPartition('PENDING', shard), statusPartition('CONFIRMED', shard)];
const createdAndChanged = (shard: number) => [...created(shard), ...changed(shard)];

const READ_UNIT_BYTES = 4096;
const ORDER_BYTES = 500;

/** What the real merge asks of full shards, in units of an eventually consistent Query: half of one for each 4 KB. */
const pageUnits = async (shards: number): Promise<number> => {
  let [units, order] = [0, 0];
  const reading = readingOf({ by: 'status', status: 'PENDING' }, shards);
  const run = (input: { Limit?: number | undefined }) => {
    const { Limit: limit = 0 } = input;
    units += Math.ceil((limit * ORDER_BYTES) / READ_UNIT_BYTES) / 2;
    const items = Array.from({ length: limit }, () => ({
      orderId: `O${String((order += 1)).padStart(9, '0')}`,
    }));
    return Promise.resolve({ items, last: items.at(-1) ?? {} });
  };
  await readMerged(run, reading, 'asc', PAGE, undefined);
  return units;
};

/** A model of partitions over the real key function: what one status takes before anything throttles. */
export const hotStatus = async (): Promise<void> => {
  const found: HotStatus[] = [];
  for (const shards of SHARDS) {
    const units = await pageUnits(shards);
    found.push({
      shards,
      creates: most((perSecond) => holds(perSecond, shards, created)),
      statusChanges: most((perSecond) => holds(perSecond, shards, changed)),
      lifecycles: most((perSecond) => holds(perSecond, shards, createdAndChanged)),
      pageUnits: units,
      pages: Math.floor((READ_UNITS * shards) / units),
    });
  }
  writeResults('hot-status', found);
};
