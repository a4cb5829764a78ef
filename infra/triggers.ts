import { ORDERS_INDEXES } from '../src/adapters/names.ts';
import { coldStarts, mappingMetric, MAXIMUM, ordersMetric, SUM, tableMetric, writes } from './metrics.ts';
import type { Monitored } from './monitored.ts';
import { perMinute, type Trigger } from './trigger.ts';

/** What is lost, given up, or on its way there. */
export const otherTriggers = ({
  apiFunction,
  reconciler,
  mapping,
  orders,
  busDeadLetters,
  tokenClaims,
}: Monitored): Trigger[] => [
  ...(tokenClaims
    ? ([
        {
          name: 'orders-sign-in-failing',
          metric: perMinute('Sign-ins that failed', 'errors + throttles', {
            errors: tokenClaims.metricErrors(SUM),
            throttles: tokenClaims.metricThrottles(SUM),
          }),
          above: 0,
          periods: [3, 5],
          calls: 'page',
          says: 'Minute after minute people cannot sign in or renew their tokens: orders-token-claims fails or is throttled.',
          runbook: 'sign-in-failing',
        },
      ] satisfies Trigger[])
    : []),
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
