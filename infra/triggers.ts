import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { mappingMetric, MINUTE, ordersMetric, ruleMetric } from './metrics.ts';
import type { Monitored } from './monitored.ts';

export interface Trigger {
  name: string;
  metric: IMetric;
  above: number;
  /** Minutes above the threshold, of the last so many: one bad minute of a rate or an age may pass. */
  minutes?: readonly [bad: number, of: number];
  description: string;
}

const perMinute = { period: MINUTE };

/** What raises an alarm, from the stream down to dead letters. */
export const triggers = ({
  api,
  streamReader,
  reconciler,
  mapping,
  eventBus,
  subscriptions,
}: Monitored): Trigger[] => [
  {
    name: 'orders-iterator-age',
    metric: streamReader.metric('IteratorAge', { ...perMinute, statistic: 'Maximum' }),
    above: 60_000,
    minutes: [2, 3],
    description:
      'Events are over a minute late. Look for errors of orders-stream-reader; after 6 h records are given up.',
  },
  {
    name: 'orders-records-dropped',
    metric: mappingMetric(mapping.eventSourceMappingId, 'DroppedEventCount'),
    above: 0,
    description:
      'Changes of orders were given up and their events are missing. Publish the latest of each order again (docs/runbooks/reconcile.md).',
  },
  {
    name: 'orders-records-given-up',
    metric: mappingMetric(mapping.eventSourceMappingId, 'OnFailureDestinationDeliveredEventCount'),
    above: 0,
    description:
      'Changes of orders were given up after all retries. They are in the failure bucket under aws/lambda/.',
  },
  {
    name: 'orders-records-lost',
    metric: streamReader.metric('DestinationDeliveryFailures', { ...perMinute, statistic: 'Sum' }),
    above: 0,
    description:
      'Changes of orders were given up and could not be kept. Publish the latest of each order again (docs/runbooks/reconcile.md).',
  },
  {
    name: 'orders-events-failed',
    metric: ordersMetric('EventsFailed'),
    above: 0,
    description: 'Events could not be published, or were parked in the failure bucket under parked/.',
  },
  {
    name: 'orders-api-errors',
    metric: new MathExpression({
      expression: '100 * errors / requests',
      usingMetrics: {
        errors: api.metricServerError({ ...perMinute, statistic: 'Sum' }),
        requests: api.metricCount({ ...perMinute, statistic: 'Sum' }),
      },
      label: 'Requests answered 5xx (%)',
      ...perMinute,
    }),
    above: 1,
    minutes: [2, 3],
    description:
      'Over 1 % of the requests are answered 5xx. Look at the errors of orders-api and at the table.',
  },
  {
    name: 'orders-events-reemitted',
    metric: ordersMetric('EventsReemitted'),
    above: 0,
    description:
      'Events had never reached the history and were published again. Find out why (docs/runbooks/reconcile.md).',
  },
  {
    name: 'orders-event-gaps',
    metric: ordersMetric('OrdersWithGaps'),
    above: 0,
    description:
      'Events of older versions of orders are missing. See which, and fill them (docs/runbooks/reconcile.md).',
  },
  {
    name: 'orders-reconciler-errors',
    metric: reconciler.metricErrors(perMinute),
    above: 0,
    description:
      'Orders were not compared with their history. The next hour goes on where it failed: look at its log.',
  },
  ...subscriptions.flatMap(({ name, rule, deadLetters }) => [
    {
      name: `${name}-failed-invocations`,
      metric: ruleMetric(eventBus.eventBusName, rule.ruleName, 'FailedInvocations'),
      above: 0,
      description: `The bus could not give events to the target of ${name}. They are in its dead-letter queue.`,
    },
    {
      name: `${name}-dead-letters`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ ...perMinute, statistic: 'Maximum' }),
      above: 0,
      description: `Events wait in ${name}-dlq. Read why (ERROR_CODE), repair, and send them again within 14 days.`,
    },
  ]),
];
