import { isRecord, numeric, record, records, text, type Properties } from '../properties.ts';
import { parseExpression } from './expression.ts';
import type { Series, Value } from './math.ts';
import { NotEvaluated, statisticOf, type Statistic } from './statistics.ts';
import type { MetricId, Metrics } from './store.ts';

/** A metric with its statistic, or an expression over others: of an alarm, a dashboard or GetMetricData. */
export type Query = {
  id: string;
  label: string;
  /** Whether its values are asked for, or only needed by others. */
  shown: boolean;
} & ({ metric: MetricId; statistic: string; periodSeconds: number } | { expression: string });

export interface TimeRange {
  /** Whole minutes in milliseconds since the epoch; `to` is not within. */
  from: number;
  to: number;
  periodSeconds: number;
}

/** The values of all queries by id, in the order given; each has one for every period that has any. */
export type Evaluate = (metrics: Metrics, range: TimeRange) => Map<string, Series[]>;

/** Reads what CloudFormation and GetMetricData both call MetricDataQueries. */
export const readQueries = (given: readonly Properties[]): Query[] =>
  given.map((query) => {
    const id = text(query, 'Id') ?? '';
    const label = text(query, 'Label') ?? id;
    const shown = text(query, 'ReturnData') !== 'false';
    const expression = text(query, 'Expression');
    const stat = record(query, 'MetricStat');
    if (expression !== undefined) return { id, label, shown, expression };
    if (!stat) throw new NotEvaluated(`the query ${id} has neither a metric nor an expression`);
    return { id, label, shown, ...metricOf(stat) };
  });

function metricOf(stat: Properties) {
  const metric = record(stat, 'Metric') ?? {};
  return {
    metric: {
      namespace: text(metric, 'Namespace') ?? '',
      name: text(metric, 'MetricName') ?? '',
      dimensions: dimensionsOf(metric),
    },
    statistic: text(stat, 'Stat') ?? 'Average',
    periodSeconds: numeric(stat, 'Period') ?? 60,
  };
}

export const dimensionsOf = (properties: Properties): Record<string, string> =>
  Object.fromEntries(
    records(properties, 'Dimensions')
      .filter(isRecord)
      .map((dimension) => [text(dimension, 'Name') ?? '', text(dimension, 'Value') ?? '']),
  );

/** NotEvaluated for a statistic, function or id that is not known; what it gives cannot fail any more. */
export function compileQueries(queries: readonly Query[]): Evaluate {
  const statistics = new Map<string, Statistic>();
  const expressions = new Map<string, ReturnType<typeof parseExpression>>();
  for (const query of queries) {
    if ('expression' in query) expressions.set(query.id, parseExpression(query.expression));
    else statistics.set(query.id, statisticOf(query.statistic));
  }
  for (const [id, { ids }] of expressions) {
    const unknown = ids.find((named) => !statistics.has(named) && !expressions.has(named));
    if (unknown !== undefined)
      throw new NotEvaluated(`the expression ${id} names ${unknown}, which is no query`);
  }

  const evaluate: Evaluate = (metrics, range) => {
    const { from, to, periodSeconds } = range;
    const starts: number[] = [];
    for (let start = from; start < to; start += periodSeconds * 1000) starts.push(start);
    const found = new Map<string, Value>();
    const under = new Set<string>();

    const seriesOf = (metric: MetricId, statistic: Statistic): Series => {
      const series = new Map<number, number>();
      for (const start of starts) {
        const bucket = metrics.between(metric, start, Math.min(start + periodSeconds * 1000, to));
        if (bucket) series.set(start, statistic(bucket));
      }
      return series;
    };
    const of = (id: string): Value => {
      const known = found.get(id);
      if (known !== undefined) return known;
      if (under.has(id)) throw new NotEvaluated(`the expression ${id} names itself`);
      under.add(id);
      const value = calculated(id);
      found.set(id, value);
      return value;
    };
    const calculated = (id: string): Value => {
      const query = queries.find((candidate) => candidate.id === id);
      const expression = expressions.get(id);
      if (expression) return expression.evaluate({ starts, of, metrics: allMetrics });
      const statistic = statistics.get(id);
      return query && 'metric' in query && statistic
        ? seriesOf(query.metric, statistic)
        : new Map<number, number>();
    };
    const allMetrics = (containing = ''): Series[] =>
      queries
        .filter((query) => 'metric' in query && query.id.includes(containing))
        .map(({ id }) => of(id) as Series);

    return new Map(queries.map(({ id }) => [id, asSeries(id, of(id))]));
  };
  // Shapes that do not fit together show at once, with no data at all.
  evaluate(nothing, { from: 0, to: 60_000, periodSeconds: 60 });
  return evaluate;
}

const nothing: Metrics = {
  measure: () => () => undefined,
  list: () => [],
  between: () => undefined,
  held: () => 0,
};

function asSeries(id: string, value: Value): Series[] {
  if (typeof value === 'number') throw new NotEvaluated(`the expression ${id} gives a number, not a series`);
  return Array.isArray(value) ? value : [value];
}
