/**
 * The values of a metric within a time: enough for CloudWatch's statistics, not the values themselves. A bare record,
 * since there are hundreds of thousands.
 */
export interface Bucket {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** The one distinct value, where there is one: most metrics count, and all their values in a minute are the same. */
  only: number;
  /** How often each of several distinct values came. */
  several: Map<number, number> | undefined;
}

export const emptyBucket = (): Bucket => ({
  count: 0,
  sum: 0,
  min: Infinity,
  max: -Infinity,
  only: 0,
  several: undefined,
});

/** Distinct values, and how often each came. */
export const valuesOf = ({
  count,
  only,
  several,
}: Bucket): Iterable<readonly [value: number, times: number]> =>
  several ?? (count === 0 ? [] : [[only, count]]);

/** One for itself and one for each of several distinct values: what it takes of the store's bound. */
export const sizeOf = ({ several }: Bucket): number => 1 + (several?.size ?? 0);

export function addTo(bucket: Bucket, value: number): void {
  distribute(bucket, value, 1);
  bucket.sum += value;
  bucket.min = Math.min(bucket.min, value);
  bucket.max = Math.max(bucket.max, value);
}

export function merged(buckets: readonly Bucket[]): Bucket {
  const all = emptyBucket();
  for (const bucket of buckets) {
    for (const [value, times] of valuesOf(bucket)) distribute(all, value, times);
    all.sum += bucket.sum;
    all.min = Math.min(all.min, bucket.min);
    all.max = Math.max(all.max, bucket.max);
  }
  return all;
}

function distribute(bucket: Bucket, value: number, times: number): void {
  const rounded = threeDigits(value);
  if (bucket.count === 0) bucket.only = rounded;
  else if (!bucket.several && rounded !== bucket.only)
    bucket.several = new Map([[bucket.only, bucket.count]]);
  bucket.several?.set(rounded, (bucket.several.get(rounded) ?? 0) + times);
  bucket.count += times;
}

/** Bounds how many distinct values there are, at an error below one in a hundred; CloudWatch rounds percentiles too. */
const threeDigits = (value: number): number =>
  Number.isInteger(value) && Math.abs(value) < 1_000 ? value : Number(value.toPrecision(3));
