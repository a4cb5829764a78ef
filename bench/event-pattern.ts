import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { RuleSet } from '../packages/event-pattern/src/index.ts';
import { heapUsed, medianRate } from './measure.ts';
import { orderEvents } from './event-pattern/orders.ts';
import { Random } from './event-pattern/random.ts';
import { KINDS, type Kind } from './event-pattern/rules.ts';

const EVENTS = 1000;
const RULES = [100, 1000] as const;
const RESULTS = new URL('results/event-pattern.json', import.meta.url);

interface Result {
  readonly kind: string;
  readonly rules: number;
  readonly hitsPerEvent: number;
  /** Thousand events a second, the median of the rounds. */
  readonly fromObjects: number;
  readonly fromText: number;
  readonly referenceFromText: number;
  readonly indexMegabytes: number;
}

/** Events a second for each kind of rule, beside the figures of AWS's engine in Java. */
export function run(): void {
  const events = orderEvents(EVENTS);
  const texts = events.map((event) => JSON.stringify(event));
  const bytes = Math.round(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / EVENTS);
  const results = KINDS.flatMap((kind) => RULES.map((_, size) => measure(kind, size, events, texts)));
  console.log(`${String(EVENTS)} events of ${String(bytes)} bytes on average; thousand events a second`);
  console.table(results);
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  };
  const versions = {
    node: process.version,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
  };
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  mkdirSync(new URL('.', RESULTS), { recursive: true });
  const report = {
    machine,
    versions,
    bytesPerEvent: bytes,
    peakMegabytes,
    unit: 'thousand events a second',
    results,
  };
  writeFileSync(RESULTS, `${JSON.stringify(report, undefined, 2)}\n`);
}

function measure(
  kind: Kind,
  size: 0 | 1 | number,
  events: readonly object[],
  texts: readonly string[],
): Result {
  const rules = RULES[size] ?? 0;
  const before = heapUsed();
  const set = ruleSet(kind, rules);
  let hits = 0;
  for (const event of events) hits += set.match(event).length;
  const indexMegabytes = rounded((heapUsed() - before) / 2 ** 20);
  return {
    kind: kind.name,
    rules,
    hitsPerEvent: rounded(hits / EVENTS),
    fromObjects: thousands(events, (event) => set.match(event).length),
    fromText: thousands(texts, (text) => set.match(text).length),
    referenceFromText: kind.reference[size] ?? 0,
    indexMegabytes,
  };
}

function ruleSet(kind: Kind, count: number): RuleSet<number> {
  const random = new Random(2);
  const set = new RuleSet<number>();
  for (let place = 0; place < count; place++) set.add(place, kind.rule(random, place));
  return set;
}

function thousands<Event>(events: readonly Event[], match: (event: Event) => number): number {
  return Math.round((medianRate(events, match) / 1000) * 10) / 10;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
