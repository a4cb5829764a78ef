import { RuleSet } from '../../packages/event-pattern/src/index.ts';
import { orderEvents } from './orders.ts';
import { Random } from './random.ts';
import { KINDS, type Kind } from './rules.ts';

/** What one kind and number of rules does with one form of events. */
export interface Measurement {
  /** Thousand events a second. */
  readonly rate: number;
  readonly hitsPerEvent: number;
  readonly bytesPerEvent: number;
  readonly rulesMegabytes: number;
  readonly peakMegabytes: number;
}

const EVENTS = 1000;
const ROUNDS = 9;
const ROUND_MILLISECONDS = 100;
const WARM_UP_MILLISECONDS = 400;

const [name = '', size = '', source = ''] = process.argv.slice(2);
const kind = KINDS.find((each) => each.name === name);
if (kind === undefined) throw new Error(`no kind ${name}`);
console.log(JSON.stringify(measure(kind, Number(size), source === 'text')));

function measure(measuredKind: Kind, rules: number, asText: boolean): Measurement {
  const events = orderEvents(EVENTS);
  const texts = events.map((event) => JSON.stringify(event));
  const items: readonly unknown[] = asText ? texts : events;
  const before = heapUsed();
  const set = ruleSet(measuredKind, rules);
  const hits = items.reduce<number>((sum, item) => sum + set.match(item).length, 0);
  const rulesMegabytes = rounded((heapUsed() - before) / 2 ** 20);
  return {
    rate: rounded(medianRate(items, set)),
    hitsPerEvent: rounded(hits / EVENTS),
    bytesPerEvent: Math.round(texts.reduce((sum, text) => sum + text.length, 0) / EVENTS),
    rulesMegabytes,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function ruleSet(measuredKind: Kind, count: number): RuleSet<number> {
  const random = new Random(2);
  const set = new RuleSet<number>();
  for (let place = 0; place < count; place++) set.add(place, measuredKind.rule(random, place));
  return set;
}

/** Thousand events a second: the median of several rounds, once the compiler has settled. */
function medianRate(items: readonly unknown[], set: RuleSet<number>): number {
  rate(items, set, WARM_UP_MILLISECONDS);
  const rates = Array.from({ length: ROUNDS }, () => rate(items, set, ROUND_MILLISECONDS));
  return rates.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}

/** By the time of the processor, not of the clock: what else the machine does is not to count. */
function rate(items: readonly unknown[], set: RuleSet<number>, milliseconds: number): number {
  const start = process.cpuUsage();
  let passes = 0;
  let hits = 0;
  let elapsed: number;
  do {
    for (const item of items) hits += set.match(item).length;
    passes++;
    const { user, system } = process.cpuUsage(start);
    elapsed = (user + system) / 1000;
  } while (elapsed < milliseconds);
  // Every pass hits the same, which also keeps the matches from being left out as of no use.
  if (hits % passes !== 0) throw new Error('passes differ');
  return (passes * items.length) / elapsed;
}

/** Bytes of live objects; the process is run with --expose-gc. */
function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
