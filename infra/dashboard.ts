import { Dashboard, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { graph, heading, percentiles } from './graphs.ts';
import { LAG_OBJECTIVE, WITHIN } from './lag-triggers.ts';
import { mappingMetric, MAXIMUM, ordersMetric, PER_MINUTE, ruleMetric, SUM, writes } from './metrics.ts';
import type { Monitored } from './monitored.ts';
import { functionGraphs } from './function-graphs.ts';
import { tableGraphs } from './table-graphs.ts';

const STEPS = ['created', 'confirmed', 'shipped', 'delivered', 'cancelled'] as const;

const orderGraphs = ({ orders }: Monitored): IWidget[] => [
  heading('## Orders'),
  graph(
    'Orders by step',
    STEPS.map((step) => ordersMetric(step)),
  ),
  graph('Orders written, events published', Object.values(writes(orders)), [ordersMetric('published')]),
  graph('Events that failed, or were parked', [ordersMetric('failed'), ordersMetric('parked')]),
];

const freshnessGraphs = ({ streamReader, eventBus, subscriptions }: Monitored): IWidget[] => [
  heading(`## Freshness: ${LAG_OBJECTIVE.percent} % of events within ${LAG_OBJECTIVE.withinMs / 1_000} s`),
  graph(
    'Change to publication (ms)',
    percentiles((options) => ordersMetric('lag', options), ['p50', 'p90', 'p99', 'p99.9']),
  ),
  graph(
    `Events within ${LAG_OBJECTIVE.withinMs / 1_000} s (%)`,
    [ordersMetric('lag', { statistic: WITHIN, label: 'within' })],
    [],
    { leftAnnotations: [{ value: LAG_OBJECTIVE.percent, label: 'promised' }], leftYAxis: { max: 100 } },
  ),
  graph(
    'Age of what is read (ms); publication to target (ms)',
    [streamReader.metric('IteratorAge', MAXIMUM)],
    subscriptions.map(({ name }) =>
      // Spelled as EventBridge sends it.
      ruleMetric(eventBus.eventBusName, name, 'IngestiontoInvocationStartLatency', { statistic: 'p99' }),
    ),
  ),
];

const apiGraphs = ({ api }: Monitored): IWidget[] => [
  heading('## API'),
  graph('Requests', [api.metricCount(SUM)]),
  graph('Errors', [api.metricClientError(SUM), api.metricServerError(SUM)]),
  graph(
    'Latency (ms)',
    percentiles((options) => api.metricLatency({ ...PER_MINUTE, ...options })),
  ),
];

const streamGraphs = ({ mapping }: Monitored): IWidget[] => {
  const counted = (...names: string[]) =>
    names.map((name) => mappingMetric(mapping.eventSourceMappingId, name));
  return [
    heading('## Stream'),
    graph('Records read, and sent to the function', counted('PolledEventCount', 'InvokedEventCount')),
    graph('Records that failed, to be tried again', counted('FailedInvokeEventCount')),
    graph(
      'Records given up: kept, lost',
      counted('OnFailureDestinationDeliveredEventCount', 'DroppedEventCount'),
    ),
  ];
};

const busGraphs = ({ eventBus, subscriptions }: Monitored): IWidget[] => {
  const byRule = (metricName: string) =>
    subscriptions.map(({ name }) => ruleMetric(eventBus.eventBusName, name, metricName));
  return [
    heading('## Bus, by rule'),
    graph('Events that matched; given to the target', byRule('TriggeredRules'), byRule('Invocations')),
    graph('Given up', byRule('FailedInvocations')),
    graph('Given up: kept, lost', byRule('InvocationsSentToDlq'), byRule('InvocationsFailedToBeSentToDlq')),
  ];
};

const deadLetterGraphs = ({ subscriptions }: Monitored): IWidget[] => [
  heading('## Dead letters, and orders compared with their history'),
  graph(
    'Dead letters waiting',
    subscriptions.map(({ name: label, deadLetters }) =>
      deadLetters.metricApproximateNumberOfMessagesVisible({ ...MAXIMUM, label }),
    ),
  ),
  graph(
    'Oldest dead letter (s)',
    subscriptions.map(({ name: label, deadLetters }) =>
      deadLetters.metricApproximateAgeOfOldestMessage({ ...MAXIMUM, label }),
    ),
  ),
  graph(
    'Orders compared; published again, with gaps',
    [ordersMetric('reconciled')],
    [ordersMetric('reemitted'), ordersMetric('gaps')],
  ),
];

/** From what the business sees down to the machinery. */
export class OrdersDashboard extends Dashboard {
  readonly name: string;

  constructor(scope: Construct, id: string, monitored: Monitored) {
    const name = 'Orders';
    super(scope, id, { dashboardName: name });
    this.name = name;
    const rows = [
      orderGraphs,
      freshnessGraphs,
      apiGraphs,
      functionGraphs,
      streamGraphs,
      busGraphs,
      tableGraphs,
      deadLetterGraphs,
    ];
    for (const row of rows) this.addWidgets(...row(monitored));
  }
}
