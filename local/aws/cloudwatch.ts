import type { Alarm, Alarms } from '../alarms/alarms.ts';
import type { Dashboard } from '../metrics/dashboards.ts';
import { compileQueries, dimensionsOf, readQueries } from '../metrics/queries.ts';
import { NotEvaluated } from '../metrics/statistics.ts';
import type { Metrics } from '../metrics/store.ts';
import { records, numeric, text, texts, type Properties } from '../properties.ts';
import { AwsError, jsonService, type AwsService } from './service.ts';

const minute = 60;
const mostPoints = 100_800;

/** Metrics, alarms and dashboards, to be read; what is in them comes from the runtime alone. */
export function cloudWatchService(parts: {
  metrics: Metrics;
  alarms: Alarms;
  dashboards: readonly Dashboard[];
}): AwsService {
  const { metrics, alarms, dashboards } = parts;

  const chosen = (input: Properties): Alarm[] => {
    const names = texts(input, 'AlarmNames');
    const prefix = text(input, 'AlarmNamePrefix') ?? '';
    const state = text(input, 'StateValue');
    const asked = alarms.list().filter(({ name }) => names.length === 0 || names.includes(name));
    return asked.filter(
      (alarm) => alarm.name.startsWith(prefix) && (state === undefined || alarm.state === state),
    );
  };

  return jsonService({
    name: 'monitoring',
    contentType: 'application/x-amz-json-1.0',
    errorPrefix: 'com.amazonaws.cloudwatch.v2010_08_01#',
    operations: {
      DescribeAlarms: (input) => {
        // As CloudWatch has it: without the types, alarms of metrics only.
        const types = texts(input, 'AlarmTypes');
        const ofType = (kind: Alarm['kind'], type: string) =>
          types.includes(type) || (types.length === 0 && kind === 'metric')
            ? chosen(input).filter((alarm) => alarm.kind === kind)
            : [];
        return {
          MetricAlarms: ofType('metric', 'MetricAlarm').map(described),
          CompositeAlarms: ofType('composite', 'CompositeAlarm').map(described),
        };
      },
      DescribeAlarmHistory: (input) => {
        const name = text(input, 'AlarmName');
        const items = alarms.history().filter(({ alarm }) => name === undefined || alarm === name);
        return {
          AlarmHistoryItems: [...items].reverse().map(({ alarm, from, to, at, reason }) => ({
            AlarmName: alarm,
            Timestamp: at / 1000,
            HistoryItemType: 'StateUpdate',
            HistorySummary: `Alarm updated from ${from} to ${to}`,
            HistoryData: JSON.stringify({
              oldState: { stateValue: from },
              newState: { stateValue: to, stateReason: reason },
            }),
          })),
        };
      },
      ListMetrics: (input) => {
        const namespace = text(input, 'Namespace');
        const wanted = text(input, 'MetricName');
        const dimensions = Object.entries(dimensionsOf(input));
        const found = metrics
          .list()
          .filter(
            (metric) =>
              (namespace === undefined || metric.namespace === namespace) &&
              (wanted === undefined || metric.name === wanted) &&
              dimensions.every(
                ([name, value]) =>
                  name in metric.dimensions && (value === '' || metric.dimensions[name] === value),
              ),
          );
        return {
          Metrics: found.map((metric) => ({
            Namespace: metric.namespace,
            MetricName: metric.name,
            Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
          })),
        };
      },
      GetMetricData: (input) => ({
        MetricDataResults: refusing(() => metricData(input, metrics)),
        Messages: [],
      }),
      ListDashboards: () => ({ DashboardEntries: dashboards.map(({ name }) => ({ DashboardName: name })) }),
      GetDashboard: (input) => {
        const dashboard = dashboards.find(({ name }) => name === text(input, 'DashboardName'));
        if (!dashboard) throw new AwsError('ResourceNotFound', 'The dashboard does not exist.', 404);
        return { DashboardName: dashboard.name, DashboardBody: JSON.stringify(dashboard.body) };
      },
    },
  });
}

const described = ({ name, arn, description, state, reason, since }: Alarm) => ({
  AlarmName: name,
  AlarmArn: arn,
  AlarmDescription: description,
  StateValue: state,
  StateReason: reason,
  StateUpdatedTimestamp: since / 1000,
  StateTransitionedTimestamp: since / 1000,
});

/** Newest first, as CloudWatch answers when it is not asked otherwise. */
function metricData(input: Properties, metrics: Metrics) {
  const queries = readQueries(records(input, 'MetricDataQueries'));
  const periods = queries.flatMap((query) => ('metric' in query ? [query.periodSeconds] : []));
  const periodSeconds = Math.max(minute, ...periods);
  if (periods.some((period) => period !== periodSeconds)) {
    throw new NotEvaluated('queries of different periods are not evaluated together here');
  }
  const aligned = (name: string, round: (value: number) => number) =>
    round((numeric(input, name) ?? 0) / periodSeconds) * periodSeconds;
  const [from, to] = [aligned('StartTime', Math.floor), aligned('EndTime', Math.ceil)];
  if ((to - from) / periodSeconds > mostPoints)
    throw new NotEvaluated(`more than ${mostPoints} data points are asked for`);
  const series = compileQueries(queries)(metrics, { from: from * 1000, to: to * 1000, periodSeconds });
  const ascending = text(input, 'ScanBy') === 'TimestampAscending';
  return queries
    .filter(({ shown }) => shown)
    .flatMap(({ id, label }) =>
      (series.get(id) ?? []).map((points) => {
        const sorted = [...points].sort(([a], [b]) => (ascending ? a - b : b - a));
        return {
          Id: id,
          Label: label,
          Timestamps: sorted.map(([start]) => start / 1000),
          Values: sorted.map(([, value]) => value),
          StatusCode: 'Complete',
        };
      }),
    );
}

function refusing<T>(of: () => T): T {
  try {
    return of();
  } catch (error) {
    if (error instanceof NotEvaluated) throw new AwsError('ValidationError', error.message);
    throw error;
  }
}
