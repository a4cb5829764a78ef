import { type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { graph, heading } from './graphs.ts';
import { coldStarts, MAXIMUM, PER_MINUTE, SUM } from './metrics.ts';
import type { Monitored } from './monitored.ts';
import type { OrdersFunction } from './orders-function.ts';

export const functionGraphs = ({ functions, counting }: Monitored): IWidget[] => {
  const each = (metric: (one: OrdersFunction) => IMetric) => functions.map(metric);
  return [
    heading('## Functions'),
    graph(
      'Share of invocations that failed',
      // The average of what is 1 for an invocation that failed, and 0 for another.
      each((one) => one.metricErrors({ ...PER_MINUTE, statistic: 'Average', label: one.name })),
      [],
      { leftYAxis: { max: 1 } },
    ),
    graph(
      'Duration p99 (ms)',
      each((one) => one.metricDuration({ ...PER_MINUTE, statistic: 'p99', label: one.name })),
    ),
    graph(
      'Throttles',
      each((one) => one.metricThrottles({ ...SUM, label: one.name })),
    ),
    graph(
      'Copies at the same time',
      each((one) => one.metric('ConcurrentExecutions', { ...MAXIMUM, label: one.name })),
    ),
    graph(
      'Cold starts',
      counting.map(({ name }) => coldStarts(name)),
    ),
    graph(
      'Invocations',
      each((one) => one.metricInvocations({ ...SUM, label: one.name })),
    ),
  ];
};
