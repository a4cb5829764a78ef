import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS, METRICS_NAMESPACE } from '../src/adapters/names.ts';
import type { FunctionName } from './bundle.ts';
import { SERVICE_NAME } from './orders-function.ts';

const MINUTE = Duration.minutes(1);
export const PER_MINUTE = { period: MINUTE };
export const SUM = { ...PER_MINUTE, statistic: 'Sum' };
export const MAXIMUM = { ...PER_MINUTE, statistic: 'Maximum' };

/** A metric of the functions' own, under the dimension that Powertools gives each. */
export const ordersMetric = (name: keyof typeof METRICS, options: MetricOptions = {}): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: METRICS[name],
    dimensionsMap: { service: SERVICE_NAME },
    ...SUM,
    ...options,
  });

/** As Powertools counts them: the first invocation of each copy of a function. */
export const coldStarts = (functionName: FunctionName): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: 'ColdStart',
    dimensionsMap: { service: SERVICE_NAME, function_name: functionName },
    ...SUM,
    label: functionName,
  });

export const mappingMetric = (eventSourceMappingId: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: eventSourceMappingId },
    ...SUM,
  });

/**
 * Of a rule by its own name: what `Ref` gives of a rule has the bus in front of it, and no metric bears that. Those of the
 * default bus's rules bear the rule's name alone.
 */
export const ruleMetric = (
  eventBusName: string,
  ruleName: string,
  metricName: string,
  options: MetricOptions = {},
): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: {
      ...(eventBusName !== 'default' && { EventBusName: eventBusName }),
      RuleName: ruleName,
    },
    ...SUM,
    label: ruleName,
    ...options,
  });

export const tableMetric = (
  { tableName }: ITable,
  metricName: string,
  { index, operation, ...options }: MetricOptions & { index?: string; operation?: string } = {},
): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: {
      TableName: tableName,
      ...(index && { GlobalSecondaryIndexName: index }),
      ...(operation && { Operation: operation }),
    },
    ...SUM,
    ...((index ?? operation) && { label: `${metricName} ${index ?? operation ?? ''}` }),
    ...options,
  });

/** Successful writes of orders, which no code of ours has to count. */
export const writes = (orders: ITable): Record<'puts' | 'transactions', Metric> => {
  const successful = (operation: string) =>
    tableMetric(orders, 'SuccessfulRequestLatency', {
      operation,
      statistic: 'SampleCount',
      label: operation,
    });
  return { puts: successful('PutItem'), transactions: successful('TransactWriteItems') };
};
