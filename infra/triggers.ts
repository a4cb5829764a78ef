import { ORDERS_INDEXES } from '../src/adapters/names.ts';
import {
  coldStarts,
  mappingMetric,
  MAXIMUM,
  ordersMetric,
  PER_MINUTE,
  SUM,
  tableMetric,
  writes,
} from './metrics.ts';
import type { Monitored } from './monitored.ts';
import { perMinute, type Trigger } from './trigger.ts';

/** What callers and subscribers feel: together these are the alarm that customers are affected. */
export const feltTriggers = ({ api, crudHandler, streamReader, orders }: Monitored): Trigger[] => [
  {
    name: 'orders-api-errors',
    metric: perMinute('Requests answered 5xx (%)', '100 * errors / requests', {
      errors: api.metricServerError(SUM),
      requests: api.metricCount(SUM),
    }),
    above: 1,
    periods: [2, 3],
    calls: 'nobody',
    says: 'Over 1 % of the requests are answered 5xx.',
    runbook: 'api-errors',
  },
  {
    name: 'orders-api-latency',
    metric: api.metricLatency({ ...PER_MINUTE, statistic: 'p99' }),
    above: 1_000,
    periods: [3, 5],
    calls: 'nobody',
    says: 'One request in a hundred takes over a second.',
    runbook: 'api-latency',
  },
  {
    name: 'orders-invoke-errors',
    metric: perMinute(
      'Direct invocations that failed or were throttled (%)',
      // What is throttled is no invocation.
      '100 * (errors + throttles) / (invocations + throttles)',
      {
        errors: crudHandler.metricErrors(SUM),
        throttles: crudHandler.metricThrottles(SUM),
        invocations: crudHandler.metricInvocations(SUM),
      },
    ),
    above: 1,
    periods: [2, 3],
    calls: 'nobody',
    says: 'Over 1 % of the direct invocations of orders-crud-handler fail or are throttled.',
    runbook: 'api-errors',
  },
  {
    name: 'orders-iterator-age',
    metric: streamReader.metric('IteratorAge', MAXIMUM),
    above: 60_000,
    periods: [2, 3],
    calls: 'nobody',
    says: 'Changes of orders are over a minute old when they are read; at 6 h they are given up.',
    runbook: 'iterator-age',
  },
  {
    name: 'orders-publishing-stalled',
    metric: perMinute(
      'Orders were written, and no event was published',
      'IF(FILL(puts, 0) + FILL(transactions, 0) > 0 AND FILL(published, 0) == 0, 1, 0)',
      { ...writes(orders), published: ordersMetric('published') },
    ),
    above: 0,
    // Many minutes to look at, so that it sees a stall where few orders come, and not a write at the end of a minute.
    periods: [5, 15],
    calls: 'nobody',
    says: 'Orders were written in five minutes in which no event at all was published.',
    runbook: 'publishing-stalled',
  },
];

/** What is lost, given up, or on its way there. */
export const otherTriggers = ({
  apiFunction,
  reconciler,
  mapping,
  orders,
  busDeadLetters,
}: Monitored): Trigger[] => [
  ...(busDeadLetters
    ? ([
        {
          name: 'orders-bus-dead-letters',
          metric: busDeadLetters.metricApproximateNumberOfMessagesVisible(MAXIMUM),
          above: 0,
          calls: 'page',
          says: 'Events wait in orders-bus-dlq, which the key of the bus did not encrypt: no subscriber got them.',
          runbook: 'bus-dead-letters',
        },
      ] satisfies Trigger[])
    : []),
  {
    name: 'orders-records-dropped',
    metric: mappingMetric(mapping.eventSourceMappingId, 'DroppedEventCount'),
    above: 0,
    calls: 'page',
    says: 'Changes of orders were given up and kept nowhere: their events are missing.',
    runbook: 'records-dropped',
  },
  {
    name: 'orders-records-given-up',
    metric: mappingMetric(mapping.eventSourceMappingId, 'OnFailureDestinationDeliveredEventCount'),
    above: 0,
    calls: 'ticket',
    says: 'Changes of orders failed for six hours and were given up. They are in the failure bucket under aws/lambda/.',
    runbook: 'records-given-up',
  },
  {
    name: 'orders-records-parked',
    metric: ordersMetric('parked'),
    above: 0,
    calls: 'ticket',
    says: 'Nothing could be made of changes of orders. They are in the failure bucket under parked/.',
    runbook: 'records-parked',
  },
  {
    name: 'orders-stream-failing',
    metric: mappingMetric(mapping.eventSourceMappingId, 'FailedInvokeEventCount'),
    above: 0,
    periods: [4, 5],
    calls: 'ticket',
    says: 'Changes of orders fail, minute after minute, and are tried again.',
    runbook: 'stream-failing',
  },
  {
    name: 'orders-table-throttled',
    metric: perMinute('Reads and writes that were throttled', 'SUM(FILL(METRICS(), 0))', {
      reads: tableMetric(orders, 'ReadThrottleEvents'),
      writes: tableMetric(orders, 'WriteThrottleEvents'),
      ...Object.fromEntries(
        Object.entries(ORDERS_INDEXES).map(([key, { name }]) => [
          key,
          tableMetric(orders, 'WriteThrottleEvents', { index: name }),
        ]),
      ),
    }),
    above: 0,
    periods: [3, 5],
    calls: 'ticket',
    says: 'DynamoDB throttles the Orders table or one of its indexes, minute after minute.',
    runbook: 'table-throttled',
  },
  {
    name: 'orders-conditional-failures',
    metric: perMinute(
      'Writes whose condition failed (%)',
      'IF(FILL(failed, 0) > 10, 100 * failed / (failed + FILL(puts, 0)), 0)',
      { failed: tableMetric(orders, 'ConditionalCheckFailedRequests'), puts: writes(orders).puts },
    ),
    above: 20,
    periods: [3, 5],
    calls: 'ticket',
    says: 'Over a fifth of the writes of orders find another version than they expect: a client repeats them, or many change the same order.',
    runbook: 'conditional-failures',
  },
  {
    name: 'orders-cold-starts',
    metric: perMinute(
      'Requests that met a cold start (%)',
      'IF(calls > 20, 100 * FILL(cold, 0) / calls, 0)',
      {
        cold: coldStarts(apiFunction.name),
        calls: apiFunction.metricInvocations(SUM),
      },
    ),
    above: 10,
    periods: [3, 5],
    calls: 'ticket',
    says: 'One request in ten meets a cold start of orders-api.',
    runbook: 'cold-starts',
  },
  {
    name: 'orders-events-reemitted',
    metric: ordersMetric('reemitted'),
    above: 0,
    calls: 'ticket',
    says: 'Events had never reached the history of orders and were published again.',
    runbook: 'reconcile',
  },
  {
    name: 'orders-event-gaps',
    metric: ordersMetric('gaps'),
    above: 0,
    calls: 'ticket',
    says: 'Events of older versions of orders are missing in their history.',
    runbook: 'reconcile',
  },
  {
    name: 'orders-reconciler-errors',
    metric: reconciler.metricErrors(SUM),
    above: 0,
    calls: 'ticket',
    says: 'Orders were not compared with their history, or what is missing there could not be published; the next hour goes on where this one failed.',
    runbook: 'reconcile',
  },
];
