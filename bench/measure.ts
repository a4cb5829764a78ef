import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const ROUNDS = 9;
const ROUND_MILLISECONDS = 150;
const WARM_UP_MILLISECONDS = 400;

/** Items a second: the median of several rounds, after the compiler has settled. */
export function medianRate<Item>(items: readonly Item[], work: (item: Item) => number): number {
  rate(items, work, WARM_UP_MILLISECONDS);
  const rates = Array.from({ length: ROUNDS }, () => rate(items, work, ROUND_MILLISECONDS));
  return rates.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}

/** Bytes of live objects. */
export function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** What the work gives is added up here, so that none of it can be left out. */
export let done = 0;

/** Time of the processor, not of the clock: what else the machine does is not to count. */
function rate<Item>(items: readonly Item[], work: (item: Item) => number, milliseconds: number): number {
  const start = process.cpuUsage();
  let passes = 0;
  let elapsed: number;
  do {
    for (const item of items) done += work(item);
    passes++;
    const { user, system } = process.cpuUsage(start);
    elapsed = (user + system) / 1000;
  } while (elapsed < milliseconds);
  return (passes * items.length * 1000) / elapsed;
}
