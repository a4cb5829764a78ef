import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS_NAMESPACE } from '../src/adapters/config.ts';
import { SERVICE_NAME } from './orders-function.ts';

export const MINUTE = Duration.minutes(1);

/** A metric of the functions' own, under the dimension that Powertools gives each. */
export const ordersMetric = (metricName: string, statistic = 'Sum'): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service: SERVICE_NAME },
    statistic,
    period: MINUTE,
  });

export const mappingMetric = (eventSourceMappingId: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: eventSourceMappingId },
    statistic: 'Sum',
    period: MINUTE,
  });

/** With the rule's name alone, CloudWatch takes the rule for one of the default bus. */
export const ruleMetric = (eventBusName: string, ruleName: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: { EventBusName: eventBusName, RuleName: ruleName },
    statistic: 'Sum',
    period: MINUTE,
  });

export const tableMetric = (tableName: string, metricName: string, indexName?: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: tableName, ...(indexName && { GlobalSecondaryIndexName: indexName }) },
    statistic: 'Sum',
    period: MINUTE,
    ...(indexName && { label: `${metricName} ${indexName}` }),
  });
