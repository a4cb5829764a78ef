import { MAXIMUM, ordersMetric, PER_MINUTE, SUM, writes } from './metrics.ts';
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
