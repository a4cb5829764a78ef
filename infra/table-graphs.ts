import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { ORDERS_INDEXES } from '../src/adapters/names.ts';
import { graph, heading } from './graphs.ts';
import { tableMetric } from './metrics.ts';
import type { Monitored } from './monitored.ts';

export const tableGraphs = ({ orders }: Monitored): IWidget[] => [
  heading('## Table of orders'),
  graph('Throttled', [
    tableMetric(orders, 'ReadThrottleEvents'),
    tableMetric(orders, 'WriteThrottleEvents'),
    ...Object.values(ORDERS_INDEXES).map(({ name: index }) =>
      tableMetric(orders, 'WriteThrottleEvents', { index }),
    ),
  ]),
  graph('Conditions that failed, transactions in conflict', [
    tableMetric(orders, 'ConditionalCheckFailedRequests'),
    tableMetric(orders, 'TransactionConflict'),
  ]),
  graph(
    'Latency p99 (ms)',
    ['GetItem', 'PutItem', 'Query', 'TransactWriteItems'].map((operation) =>
      tableMetric(orders, 'SuccessfulRequestLatency', { operation, statistic: 'p99', label: operation }),
    ),
  ),
];
