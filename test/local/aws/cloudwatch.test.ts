import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  type ListMetricsCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { fakeClock } from '../support/clock.ts';
import { answers, startEdges, type Running } from '../support/running.ts';
import { httpApi } from '../support/stack.ts';

const start = Date.parse('2026-11-22T10:00:00Z');
const minute = 60_000;
const metric = {
  Namespace: 'AWS/ApiGateway',
  MetricName: '5xx',
  Dimensions: [{ Name: 'ApiId', Value: 'api1' }],
};
const dashboard = {
  widgets: [
    { type: 'text', properties: { markdown: '# API' } },
    {
      type: 'metric',
      properties: {
        title: 'Errors',
        stat: 'Sum',
        period: 60,
        metrics: [
          ['AWS/ApiGateway', '5xx', 'ApiId', 'api1', { id: 'errors', visible: false }],
          ['.', 'Count', '.', '.', { id: 'calls', stat: 'SampleCount' }],
          ['...', 'api2', { label: 'other' }],
          [{ expression: '100 * errors / calls', label: 'Errors (%)', id: 'rate' }],
        ],
      },
    },
  ],
};
const resources = [
  ...httpApi({ 'GET /': {} }),
  {
    type: 'AWS::CloudWatch::Alarm',
    name: 'errors',
    properties: {
      ...metric,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmDescription: 'Errors.',
    },
  },
  { type: 'AWS::CloudWatch::CompositeAlarm', name: 'all', properties: { AlarmRule: 'ALARM("errors")' } },
  {
    type: 'AWS::CloudWatch::Dashboard',
    name: 'Board',
    properties: { DashboardBody: JSON.stringify(dashboard) },
  },
];

let edges: Running;
let cloudWatch: CloudWatchClient;
const clock = fakeClock(start);
beforeAll(async () => {
  const statuses = [500, 200, 503];
  edges = await startEdges(resources, {
    clock,
    functions: { api: () => answers({ statusCode: statuses.shift() }) },
  });
  edges.monitoring.start(edges.queues);
  cloudWatch = new CloudWatchClient({
    endpoint: `${edges.url}/_aws`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await fetch(edges.url);
  await fetch(edges.url);
  await clock.advance(minute);
  await fetch(edges.url);
  await clock.advance(minute);
});
afterAll(async () => {
  cloudWatch.destroy();
  await Promise.all([edges.monitoring.close(), clock.advance(1)]);
  await edges.stop();
});

test('lists metrics by namespace, name and dimensions', async () => {
  const list = async (input: ListMetricsCommandInput) =>
    (await cloudWatch.send(new ListMetricsCommand(input))).Metrics;
  expect(await list({ Namespace: 'AWS/ApiGateway', MetricName: '5xx' })).toEqual([
    metric,
    { ...metric, Dimensions: [...metric.Dimensions, { Name: 'Stage', Value: '$default' }] },
  ]);
  expect(await list({ Dimensions: [{ Name: 'Stage' }], MetricName: 'Count' })).toHaveLength(1);
  expect(await list({ Dimensions: [{ Name: 'ApiId', Value: 'other' }] })).toEqual([]);
});

test('gives metrics and what is calculated of them, newest first', async () => {
  const stat = (MetricName: string) => ({ Metric: { ...metric, MetricName }, Period: 60, Stat: 'Sum' });
  const { MetricDataResults } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(start),
      EndTime: new Date(start + 2 * minute),
      MetricDataQueries: [
        { Id: 'errors', MetricStat: stat('5xx'), ReturnData: false },
        { Id: 'calls', MetricStat: stat('Count') },
        { Id: 'rate', Expression: '100 * errors / calls', Label: 'Errors (%)' },
      ],
    }),
  );
  const times = [new Date(start + minute), new Date(start)];
  expect(MetricDataResults).toEqual([
    { Id: 'calls', Label: 'calls', Timestamps: times, Values: [1, 2], StatusCode: 'Complete' },
    { Id: 'rate', Label: 'Errors (%)', Timestamps: times, Values: [100, 50], StatusCode: 'Complete' },
  ]);
});

test.each([
  ['a function', [{ Id: 'a', Expression: 'ANOMALY_DETECTION_BAND(b)' }], /ANOMALY_DETECTION_BAND/],
  ['a statistic', [{ Id: 'a', MetricStat: { Metric: metric, Period: 60, Stat: 'IQM' } }], /IQM/],
])('says of %s that is not evaluated here which it is', async (_, MetricDataQueries, words) => {
  const command = new GetMetricDataCommand({
    StartTime: new Date(0),
    EndTime: new Date(60_000),
    MetricDataQueries,
  });
  await expect(cloudWatch.send(command)).rejects.toThrow(words);
});

test('describes alarms by type, state and name, and their history', async () => {
  const described = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
  expect(described.MetricAlarms).toMatchObject([
    {
      AlarmName: 'errors',
      AlarmDescription: 'Errors.',
      StateValue: 'ALARM',
      StateReason: '1 of the last 1 data points (1) is greater than the threshold (0).',
      StateTransitionedTimestamp: new Date(start + minute),
    },
  ]);
  expect(described.CompositeAlarms).toEqual([]);
  const both = new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'], AlarmNamePrefix: 'a' });
  const { MetricAlarms, CompositeAlarms } = await cloudWatch.send(both);
  expect([MetricAlarms, CompositeAlarms]).toMatchObject([[], [{ AlarmName: 'all', StateValue: 'ALARM' }]]);
  const { AlarmHistoryItems } = await cloudWatch.send(
    new DescribeAlarmHistoryCommand({ AlarmName: 'errors' }),
  );
  expect(AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual([
    'Alarm updated from INSUFFICIENT_DATA to ALARM',
  ]);
});

test("gives the dashboard's own JSON, and the runtime the data of its graphs", async () => {
  const { DashboardEntries } = await cloudWatch.send(new ListDashboardsCommand({}));
  expect(DashboardEntries).toMatchObject([{ DashboardName: 'Board' }]);
  const { DashboardBody } = await cloudWatch.send(new GetDashboardCommand({ DashboardName: 'Board' }));
  expect(JSON.parse(DashboardBody ?? '')).toEqual(dashboard);
  await expect(cloudWatch.send(new GetDashboardCommand({ DashboardName: 'x' }))).rejects.toThrow(
    /does not exist/,
  );

  const { metrics, dashboards } = edges.monitoring;
  const [widget, ...others] = dashboards[0]?.widgets ?? [];
  expect([widget?.title, others]).toEqual(['Errors', []]);
  const data = widget?.evaluate(metrics, { from: start, to: start + 2 * minute, periodSeconds: 60 });
  const shown = widget?.queries
    .filter((query) => query.shown)
    .map(({ id, label }) => [label, data?.get(id)?.map((series) => [...series.values()])]);
  expect(shown).toEqual([
    ['Count', [[2, 1]]],
    ['other', [[]]],
    ['Errors (%)', [[50, 100]]],
  ]);
});
