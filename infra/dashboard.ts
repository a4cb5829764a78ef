import { Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { ORDERS_INDEXES } from '../src/adapters/config.ts';
import { mappingMetric, MINUTE, ordersMetric, ruleMetric, tableMetric } from './metrics.ts';
import type { Monitored } from './monitored.ts';

const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
  new GraphWidget({ title, left, right, width: 8, height: 6 });

const percentiles = (metric: (statistic: string) => IMetric): IMetric[] => ['p50', 'p90', 'p99'].map(metric);

/** From what the business sees down to the machinery. */
export class OrdersDashboard extends Dashboard {
  readonly name: string;

  constructor(scope: Construct, id: string, monitored: Monitored) {
    const name = 'Orders';
    super(scope, id, { dashboardName: name });
    this.name = name;

    const { api, functions, streamReader, mapping, eventBus, subscriptions, orders } = monitored;
    const perMinute = { period: MINUTE };
    const sum = { ...perMinute, statistic: 'Sum' };

    this.addWidgets(
      graph('Orders created, events published', [
        ordersMetric('OrdersCreated'),
        ordersMetric('EventsPublished'),
      ]),
      graph('Events failed', [ordersMetric('EventsFailed')]),
      graph(
        'Change to publication (ms)',
        percentiles((statistic) => ordersMetric('PublishLag', statistic)),
      ),
    );
    this.addWidgets(
      graph('API requests', [api.metricCount(sum)]),
      graph('API errors', [api.metricClientError(sum), api.metricServerError(sum)]),
      graph(
        'API latency (ms)',
        percentiles((statistic) => api.metricLatency({ ...perMinute, statistic })),
      ),
    );
    this.addWidgets(
      graph(
        'Function errors',
        functions.map((each) => each.metricErrors({ ...sum, label: each.name })),
      ),
      graph(
        'Function duration p99 (ms)',
        functions.map((each) => each.metricDuration({ ...perMinute, statistic: 'p99', label: each.name })),
      ),
      graph(
        'Function throttles',
        functions.map((each) => each.metricThrottles({ ...sum, label: each.name })),
      ),
    );
    this.addWidgets(
      graph('Stream: age of what is read (ms)', [
        streamReader.metric('IteratorAge', { ...perMinute, statistic: 'Maximum' }),
      ]),
      graph(
        'Stream: records polled, given up',
        [mappingMetric(mapping.eventSourceMappingId, 'PolledEventCount')],
        ['DroppedEventCount', 'OnFailureDestinationDeliveredEventCount'].map((metricName) =>
          mappingMetric(mapping.eventSourceMappingId, metricName),
        ),
      ),
      graph('Table: throttled and refused writes', [
        tableMetric(orders.tableName, 'WriteThrottleEvents'),
        tableMetric(orders.tableName, 'ReadThrottleEvents'),
        ...Object.values(ORDERS_INDEXES).map(({ name }) =>
          tableMetric(orders.tableName, 'WriteThrottleEvents', name),
        ),
        tableMetric(orders.tableName, 'ConditionalCheckFailedRequests'),
      ]),
    );
    this.addWidgets(
      ...['Invocations', 'FailedInvocations'].map((metricName) =>
        graph(
          `Bus: ${metricName} per rule`,
          subscriptions.map(({ name, rule }) =>
            ruleMetric(eventBus.eventBusName, rule.ruleName, metricName).with({ label: name }),
          ),
        ),
      ),
      graph(
        'Orders compared with their history; re-emitted, with gaps',
        [ordersMetric('OrdersReconciled')],
        [ordersMetric('EventsReemitted'), ordersMetric('OrdersWithGaps')],
      ),
      graph(
        'Dead letters waiting',
        subscriptions.map(({ name, deadLetters }) =>
          deadLetters.metricApproximateNumberOfMessagesVisible({
            ...perMinute,
            statistic: 'Maximum',
            label: name,
          }),
        ),
      ),
    );
  }
}
