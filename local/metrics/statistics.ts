import { valuesOf, type Bucket } from './bucket.ts';

export type Statistic = (bucket: Bucket) => number;

/** A statistic, function, operator or shape of CloudWatch's that is not evaluated here. */
export class NotEvaluated extends Error {
  override readonly name = 'NotEvaluated';
}

const simple: Record<string, Statistic> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
};

/** As CloudWatch names them: those above, `p99.9`, and `PR(:5000)`, the percentage of values in a range. */
export function statisticOf(name: string): Statistic {
  const found = simple[name];
  if (found) return found;
  const percentile = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name)?.[1];
  if (percentile !== undefined) return percentileOf(Number(percentile));
  const [range, above, upTo] = /^PR\((\d*\.?\d*):(\d*\.?\d*)\)$/.exec(name) ?? [];
  if (range === undefined) {
    throw new NotEvaluated(
      `the statistic ${name} is not evaluated here: ${Object.keys(simple).join(', ')}, pNN and PR are`,
    );
  }
  return rankOf(above === '' ? -Infinity : Number(above), upTo === '' ? Infinity : Number(upTo));
}

/** The smallest value that so many percent of all do not exceed. */
const percentileOf =
  (percentile: number): Statistic =>
  (bucket) => {
    const needed = Math.max(1, Math.ceil((percentile / 100) * bucket.count));
    let seen = 0;
    for (const [value, times] of [...valuesOf(bucket)].sort(([a], [b]) => a - b)) {
      seen += times;
      if (seen >= needed) return Math.min(value, bucket.max);
    }
    return bucket.max;
  };

/** The lower bound is outside of the range, the upper one inside. */
const rankOf =
  (above: number, upTo: number): Statistic =>
  (bucket) => {
    let within = 0;
    for (const [value, times] of valuesOf(bucket)) if (value > above && value <= upTo) within += times;
    return (100 * within) / bucket.count;
  };
