import { Aws } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { mappingMetric, MINUTE, ordersMetric, ruleMetric } from './metrics.ts';
import type { Monitored } from './monitored.ts';
import type { Stage } from './stages.ts';

interface Trigger {
  metric: IMetric;
  above: number;
  /** Minutes above the threshold, of the last so many: one bad minute of a rate or an age may pass. */
  minutes?: readonly [bad: number, of: number];
  description: string;
}

export class Alarms extends Construct {
  private readonly action: SnsAction | undefined;

  constructor(scope: Construct, id: string, stage: Stage, monitored: Monitored) {
    super(scope, id);
    this.action = stage.alarmEmail === undefined ? undefined : this.mailing(stage.alarmEmail);
    const { api, streamReader, mapping, eventBus, subscriptions } = monitored;
    const perMinute = { period: MINUTE };

    this.raise('orders-iterator-age', {
      metric: streamReader.metric('IteratorAge', { ...perMinute, statistic: 'Maximum' }),
      above: 60_000,
      minutes: [2, 3],
      description:
        'Events are over a minute late. Look for errors of orders-stream-reader; after 6 h records are given up.',
    });
    this.raise('orders-records-dropped', {
      metric: mappingMetric(mapping.eventSourceMappingId, 'DroppedEventCount'),
      above: 0,
      description:
        'Changes of orders were given up and their events are missing. The table still has the orders: republish.',
    });
    this.raise('orders-records-given-up', {
      metric: mappingMetric(mapping.eventSourceMappingId, 'OnFailureDestinationDeliveredEventCount'),
      above: 0,
      description:
        'Changes of orders were given up after all retries. They are in the failure bucket under aws/lambda/.',
    });
    this.raise('orders-records-lost', {
      metric: streamReader.metric('DestinationDeliveryFailures', { ...perMinute, statistic: 'Sum' }),
      above: 0,
      description:
        'Changes of orders were given up and could not be kept. Look at the failure bucket, then republish.',
    });
    this.raise('orders-events-failed', {
      metric: ordersMetric('EventsFailed'),
      above: 0,
      description: 'Events could not be published, or were parked in the failure bucket under parked/.',
    });
    this.raise('orders-api-errors', {
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
    });
    for (const { name, rule, deadLetters } of subscriptions) {
      this.raise(`${name}-failed-invocations`, {
        metric: ruleMetric(eventBus.eventBusName, rule.ruleName, 'FailedInvocations'),
        above: 0,
        description: `The bus could not give events to the target of ${name}. They are in its dead-letter queue.`,
      });
      this.raise(`${name}-dead-letters`, {
        metric: deadLetters.metricApproximateNumberOfMessagesVisible({ ...perMinute, statistic: 'Maximum' }),
        above: 0,
        description: `Events wait in ${name}-dlq. Read why (ERROR_CODE), repair, and send them again within 14 days.`,
      });
    }
  }

  private raise(
    alarmName: string,
    { metric, above, minutes: [bad, of] = [1, 1], description }: Trigger,
  ): void {
    const alarm = new Alarm(this, alarmName, {
      alarmName,
      alarmDescription: description,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      datapointsToAlarm: bad,
      evaluationPeriods: of,
      // EventBridge and Lambda send many of these metrics only when they are not zero.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.action) alarm.addAlarmAction(this.action);
  }

  private mailing(address: string): SnsAction {
    const topic = new Topic(this, 'Topic', { topicName: 'orders-alarms', enforceSSL: true });
    topic.addSubscription(new EmailSubscription(address));
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return new SnsAction(topic);
  }
}
