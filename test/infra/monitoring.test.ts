import { stageNamed } from '../../infra/stages.ts';
import { synthesized } from './synthesized.ts';

interface MetricStat {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: unknown }[];
}

interface AlarmProperties extends MetricStat {
  AlarmName: string;
  AlarmDescription: string;
  Statistic?: string;
  Threshold: number;
  TreatMissingData: string;
  AlarmActions?: unknown[];
  Metrics?: { Id: string; Expression?: string; MetricStat?: { Metric: MetricStat; Stat: string } }[];
}

const template = synthesized();
const alarmsOf = (from: typeof template) =>
  from.ofType('AWS::CloudWatch::Alarm').map(({ properties }) => properties as unknown as AlarmProperties);
const alarms = alarmsOf(template);

const line = (statistic: string, { Namespace, MetricName, Dimensions }: MetricStat) =>
  `${statistic} ${Namespace} ${MetricName} {${Dimensions.map(({ Name, Value }) => `${Name}: ${template.text(Value)}`).join(', ')}}`;

const watched = ({ Metrics, Statistic, ...metric }: AlarmProperties): string[] =>
  Metrics
    ? Metrics.map(({ Expression, MetricStat }) =>
        MetricStat ? line(MetricStat.Stat, MetricStat.Metric) : String(Expression),
      )
    : [line(Statistic ?? '', metric)];

describe('given the alarms', () => {
  test('then each watches a metric that something emits, under the dimensions it is emitted with', () => {
    const [mapping] = template.ofType('AWS::Lambda::EventSourceMapping');
    const mappingDimensions = `{EventSourceMappingUUID: ${template.text({ Ref: mapping!.id })}}`;
    const ruleDimensions = (rule: string) => `{EventBusName: orders, RuleName: ${rule}}`;
    const depth = (queue: string) =>
      `Maximum AWS/SQS ApproximateNumberOfMessagesVisible {QueueName: ${queue}.QueueName}`;
    expect(Object.fromEntries(alarms.map((alarm) => [alarm.AlarmName, watched(alarm)]))).toEqual({
      'orders-iterator-age': ['Maximum AWS/Lambda IteratorAge {FunctionName: orders-stream-reader}'],
      'orders-records-dropped': [`Sum AWS/Lambda DroppedEventCount ${mappingDimensions}`],
      'orders-records-given-up': [
        `Sum AWS/Lambda OnFailureDestinationDeliveredEventCount ${mappingDimensions}`,
      ],
      'orders-records-lost': [
        'Sum AWS/Lambda DestinationDeliveryFailures {FunctionName: orders-stream-reader}',
      ],
      'orders-events-failed': ['Sum Orders EventsFailed {service: orders}'],
      'orders-api-errors': [
        '100 * errors / requests',
        'Sum AWS/ApiGateway 5xx {ApiId: orders}',
        'Sum AWS/ApiGateway Count {ApiId: orders}',
      ],
      'orders-events-reemitted': ['Sum Orders EventsReemitted {service: orders}'],
      'orders-event-gaps': ['Sum Orders OrdersWithGaps {service: orders}'],
      'orders-reconciler-errors': ['Sum AWS/Lambda Errors {FunctionName: orders-reconciler}'],
      'orders-audit-failed-invocations': [
        `Sum AWS/Events FailedInvocations ${ruleDimensions('orders-audit')}`,
      ],
      'orders-audit-dead-letters': [depth('orders-audit-dlq')],
      'orders-history-failed-invocations': [
        `Sum AWS/Events FailedInvocations ${ruleDimensions('orders-history')}`,
      ],
      'orders-history-dead-letters': [depth('orders-history-dlq')],
      'order-notifications-failed-invocations': [
        `Sum AWS/Events FailedInvocations ${ruleDimensions('order-notifications')}`,
      ],
      'order-notifications-dead-letters': [depth('order-notifications-dlq')],
    });
  });

  test('then each says what it means, and is silent where there is nothing to measure', () => {
    for (const { AlarmDescription, TreatMissingData } of alarms) {
      expect(AlarmDescription).toMatch(/^.{20,}\.$/);
      expect(TreatMissingData).toBe('notBreaching');
    }
  });

  test('1.6 what to watch: then whatever is lost or undelivered alarms at the first', () => {
    const thresholds = Object.fromEntries(alarms.map(({ AlarmName, Threshold }) => [AlarmName, Threshold]));
    const { 'orders-iterator-age': age, 'orders-api-errors': errors, ...others } = thresholds;
    expect([age, errors]).toEqual([60_000, 1]);
    expect(new Set(Object.values(others))).toEqual(new Set([0]));
  });
});

describe('given the addresses for alarms', () => {
  test('when a stage has none, then every alarm goes to a topic that nobody has subscribed to yet', () => {
    const [topic] = template.ofType('AWS::SNS::Topic');
    expect(alarms.map(({ AlarmActions }) => AlarmActions)).toEqual(alarms.map(() => [{ Ref: topic!.id }]));
    expect(template.ofType('AWS::SNS::Subscription')).toEqual([]);
  });

  test('when a stage has two, then every alarm is mailed to both', () => {
    const alarmEmails = ['orders@example.com', 'night@example.com'];
    const mailed = synthesized({ ...stageNamed('dev'), alarmEmails });
    const subscriptions = mailed.ofType('AWS::SNS::Subscription').map(({ properties }) => properties);
    expect(subscriptions).toMatchObject(alarmEmails.map((Endpoint) => ({ Protocol: 'email', Endpoint })));
  });

  test('when a stage wants no alarms, then there are none', () => {
    expect(synthesized({ ...stageNamed('dev'), alarms: false }).ofType('AWS::CloudWatch::Alarm')).toEqual([]);
  });
});

describe('given the dashboard', () => {
  interface Widget {
    properties: { title: string; metrics: unknown[][] };
  }
  const body = template.named('Orders', 'AWS::CloudWatch::Dashboard').properties['DashboardBody'];
  const { widgets } = JSON.parse(template.text(body)) as { widgets: Widget[] };

  test('then it goes from orders down to dead letters', () => {
    expect(widgets.map(({ properties }) => properties.title)).toEqual([
      'Orders created, events published',
      'Events failed',
      'Change to publication (ms)',
      'API requests',
      'API errors',
      'API latency (ms)',
      'Function errors',
      'Function duration p99 (ms)',
      'Function throttles',
      'Stream: age of what is read (ms)',
      'Stream: records polled, given up',
      'Table: throttled and refused writes',
      'Bus: Invocations per rule',
      'Bus: FailedInvocations per rule',
      'Orders compared with their history; re-emitted, with gaps',
      'Dead letters waiting',
    ]);
  });

  test('then no graph is empty', () => {
    expect(widgets.filter(({ properties }) => properties.metrics.length === 0)).toEqual([]);
  });
});
