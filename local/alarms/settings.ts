import { compileQueries, dimensionsOf, readQueries, type Evaluate, type Query } from '../metrics/queries.ts';
import { NotEvaluated } from '../metrics/statistics.ts';
import type { Resource } from '../parts.ts';
import { numeric, records, text, texts, UnsupportedResource, type Properties } from '../properties.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmBase {
  name: string;
  arn: string;
  description: string;
  /** The ARNs that hear of a change to the state. */
  actions: Readonly<Record<AlarmState, readonly string[]>>;
}

export interface MetricAlarm extends AlarmBase {
  queries: readonly Query[];
  /** The id of the query that is compared with the threshold. */
  watched: string;
  evaluate: Evaluate;
  periodSeconds: number;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  threshold: number;
  breaches: (value: number) => boolean;
  /** As in a sentence: "greater than the threshold (5.0)". */
  comparison: string;
  missing: MissingData;
}

export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

const comparisons: Record<
  string,
  { words: string; breaches: (value: number, threshold: number) => boolean }
> = {
  GreaterThanThreshold: { words: 'greater than', breaches: (value, threshold) => value > threshold },
  GreaterThanOrEqualToThreshold: {
    words: 'greater than or equal to',
    breaches: (value, threshold) => value >= threshold,
  },
  LessThanThreshold: { words: 'less than', breaches: (value, threshold) => value < threshold },
  LessThanOrEqualToThreshold: {
    words: 'less than or equal to',
    breaches: (value, threshold) => value <= threshold,
  },
};

/** What the template says of an alarm of metrics; UnsupportedResource for what is not evaluated here. */
export function metricAlarmOf(resource: Resource): MetricAlarm {
  const { properties } = resource;
  try {
    const queries = queriesOf(properties);
    const watched = queries.filter(({ shown }) => shown);
    if (watched.length !== 1) throw new NotEvaluated(`it watches ${watched.length} series, and not one`);
    const threshold = numeric(properties, 'Threshold') ?? 0;
    const comparison = comparisons[text(properties, 'ComparisonOperator') ?? ''];
    if (!comparison)
      throw new NotEvaluated(
        `the comparison ${text(properties, 'ComparisonOperator') ?? ''} is not made here`,
      );
    const evaluationPeriods = numeric(properties, 'EvaluationPeriods') ?? 1;
    return {
      ...alarmBaseOf(resource),
      queries,
      watched: watched[0]?.id ?? '',
      evaluate: compileQueries(queries),
      periodSeconds: periodOf(queries),
      evaluationPeriods,
      datapointsToAlarm: numeric(properties, 'DatapointsToAlarm') ?? evaluationPeriods,
      threshold,
      breaches: (value) => comparison.breaches(value, threshold),
      comparison: `${comparison.words} the threshold (${threshold})`,
      missing: missingData(properties, queries),
    };
  } catch (error) {
    if (error instanceof NotEvaluated) throw new UnsupportedResource(resource, error.message);
    throw error;
  }
}

export function alarmBaseOf({ ref, arn, properties }: Resource): AlarmBase {
  const enabled = text(properties, 'ActionsEnabled') !== 'false';
  const to = (name: string) => (enabled ? texts(properties, name) : []);
  return {
    name: ref,
    arn,
    description: text(properties, 'AlarmDescription') ?? '',
    actions: {
      ALARM: to('AlarmActions'),
      OK: to('OKActions'),
      INSUFFICIENT_DATA: to('InsufficientDataActions'),
    },
  };
}

function queriesOf(properties: Properties): Query[] {
  const several = records(properties, 'Metrics');
  if (several.length > 0) return readQueries(several);
  return [
    {
      id: 'm1',
      label: text(properties, 'MetricName') ?? '',
      shown: true,
      metric: {
        namespace: text(properties, 'Namespace') ?? '',
        name: text(properties, 'MetricName') ?? '',
        dimensions: dimensionsOf(properties),
      },
      statistic: text(properties, 'ExtendedStatistic') ?? text(properties, 'Statistic') ?? 'Average',
      periodSeconds: numeric(properties, 'Period') ?? 60,
    },
  ];
}

function periodOf(queries: readonly Query[]): number {
  const periods = new Set(queries.flatMap((query) => ('metric' in query ? [query.periodSeconds] : [])));
  const [period = 60] = periods;
  if (periods.size > 1) throw new NotEvaluated('its metrics have different periods');
  if (period % 60 !== 0) throw new NotEvaluated(`its period of ${period} s is not made of whole minutes`);
  return period;
}

/** CloudWatch leaves an alarm on DynamoDB's metrics as it is while they are missing, whatever the template says. */
function missingData(properties: Properties, queries: readonly Query[]): MissingData {
  const ofTables = queries.some((query) => 'metric' in query && query.metric.namespace === 'AWS/DynamoDB');
  return ofTables ? 'ignore' : ((text(properties, 'TreatMissingData') ?? 'missing') as MissingData);
}
