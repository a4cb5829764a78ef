import type { Clock } from '../parts.ts';
import { addTo, emptyBucket, merged, sizeOf, type Bucket } from './bucket.ts';

/** What CloudWatch knows a metric by: another set of dimensions is another metric. */
export interface MetricId {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** Adds a value, at the clock's time or at `at` in milliseconds since the epoch. */
export type Measure = (value: number, at?: number) => void;

export interface Metrics {
  /** To add values of one metric; it is listed from its first value on. */
  measure(namespace: string, name: string, dimensions: Readonly<Record<string, string>>): Measure;
  /** The metrics that had a value within the time that is kept. */
  list(): readonly MetricId[];
  /** All values from `from` up to, and without, `to`, both whole minutes in milliseconds; undefined for none. */
  between(metric: MetricId, from: number, to: number): Bucket | undefined;
  /** What is held now: minutes of metrics, and distinct values in them. */
  held(): number;
}

interface Series extends MetricId {
  newest: number;
}

const minute = 60_000;
const keptMinutes = 24 * 60;
/** Measured at 80 to 170 bytes each, so 35 MB at most. */
const mostHeld = 200_000;
const mostMetrics = 2_000;

/** The values of the last 24 hours by minute, or of fewer where they are many. */
export function createMetrics({
  clock,
  warn,
  most = mostHeld,
}: {
  clock: Clock;
  warn: (line: string) => void;
  /** Minutes of metrics and distinct values together. */
  most?: number;
}): Metrics {
  const known = new Map<string, Series>();
  const minutes = new Map<number, Map<Series, Bucket>>();
  let held = 0;
  let newest = 0;
  let refused = false;

  const seriesOf = (key: string, metric: MetricId): Series | undefined => {
    const found = known.get(key);
    if (found) return found;
    if (known.size >= mostMetrics) {
      if (!refused)
        warn(`More than ${mostMetrics} metrics: ${metric.name} and further new ones are not kept.`);
      refused = true;
      return undefined;
    }
    const series = { ...metric, newest: 0 };
    known.set(key, series);
    return series;
  };

  const drop = (start: number) => {
    for (const bucket of minutes.get(start)?.values() ?? []) held -= sizeOf(bucket);
    minutes.delete(start);
  };
  const makeRoom = () => {
    const oldest = newest - (keptMinutes - 1) * minute;
    for (const start of [...minutes.keys()].sort((a, b) => a - b)) {
      if (start >= oldest && (held <= most || start === newest)) break;
      drop(start);
    }
    for (const [key, series] of known) if (series.newest < oldest) known.delete(key);
    refused &&= known.size >= mostMetrics;
  };

  const add = (key: string, metric: MetricId, value: number, at: number) => {
    if (!Number.isFinite(value)) return;
    const start = at - (at % minute);
    if (start <= newest - keptMinutes * minute) return;
    const series = seriesOf(key, metric);
    if (!series) return;
    series.newest = Math.max(series.newest, start);
    let within = minutes.get(start);
    if (!within) {
      within = new Map();
      minutes.set(start, within);
      newest = Math.max(newest, start);
      makeRoom();
    }
    const kept = within.get(series);
    const bucket = kept ?? emptyBucket();
    const before = kept ? sizeOf(kept) : 0;
    addTo(bucket, value);
    held += sizeOf(bucket) - before;
    if (!kept) within.set(series, bucket);
    if (held > most) makeRoom();
  };

  return {
    measure: (namespace, name, dimensions) => {
      const metric = { namespace, name, dimensions };
      const key = keyOf(metric);
      return (value, at = clock.now()) => add(key, metric, value, at);
    },
    list: () =>
      [...known.values()].map(({ namespace, name, dimensions }) => ({ namespace, name, dimensions })),
    between: (metric, from, to) => {
      const series = known.get(keyOf(metric));
      if (!series) return undefined;
      const found: Bucket[] = [];
      for (let start = from; start < to; start += minute) {
        const bucket = minutes.get(start)?.get(series);
        if (bucket) found.push(bucket);
      }
      return found.length < 2 ? found[0] : merged(found);
    },
    held: () => held,
  };
}

export function keyOf({ namespace, name, dimensions }: MetricId): string {
  let key = `${namespace}\0${name}`;
  for (const dimension of Object.keys(dimensions).sort()) key += `\0${dimension}\0${dimensions[dimension]}`;
  return key;
}
