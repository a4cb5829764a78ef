import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IAlarmAction,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Waiting } from './target.ts';

export interface SubscriptionAlarms {
  /** How old what waits to be handled may become; 15 minutes when not given. */
  oldest?: Duration;
  /** Such as `new SnsAction(topic)`. */
  actions?: readonly IAlarmAction[];
}

/** NAME-dead-letters, at the first one; NAME-age, when something waits too long for three minutes. */
export function watch(
  scope: Construct,
  { name, deadLetters, waiting }: { name: string; deadLetters: IQueue; waiting: Waiting | undefined },
  { oldest = Duration.minutes(15), actions = [] }: SubscriptionAlarms,
): void {
  const raise = (id: string, props: Omit<AlarmProps, 'comparisonOperator' | 'treatMissingData'>): void => {
    const alarm = new Alarm(scope, id, {
      ...props,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      // SQS and Lambda send nothing where there is nothing to measure.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...actions);
  };
  raise('DeadLettersAlarm', {
    alarmName: `${name}-dead-letters`,
    alarmDescription: `Events wait in ${name}-dlq. Read why, repair, and send them again within 14 days.`,
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(1),
      statistic: 'Maximum',
    }),
    threshold: 0,
    evaluationPeriods: 1,
  });
  if (!waiting) return;
  raise('AgeAlarm', {
    alarmName: `${name}-age`,
    alarmDescription: `Events for ${name} wait for over ${oldest.toMinutes({ integral: false })} minutes. Look at what handles them.`,
    metric: waiting.age,
    threshold: waiting.unit === 'seconds' ? oldest.toSeconds() : oldest.toMilliseconds(),
    evaluationPeriods: 3,
  });
}
