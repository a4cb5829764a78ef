const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** The value that `share` of the values do not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
  const all = sorted(values);
  return all[Math.min(all.length - 1, Math.max(0, Math.ceil(all.length * share) - 1))] ?? Number.NaN;
};

const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A figure of several rounds: their median, and the middle half of them as its spread. */
export interface Figure {
  median: number;
  low: number;
  high: number;
}

export const figure = (values: readonly number[]): Figure => ({
  median: median(values),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
});
