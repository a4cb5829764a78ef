import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import type { Monitored } from './monitored.ts';
import type { Stage } from './stages.ts';
import { type Trigger, triggers } from './triggers.ts';

export class Alarms extends Construct {
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, stage: Stage, monitored: Monitored) {
    super(scope, id);
    this.action = new SnsAction(new AlarmTopic(this, 'Topic', stage));
    for (const trigger of triggers(monitored)) this.raise(trigger);
  }

  private raise({ name, metric, above, minutes: [bad, of] = [1, 1], description }: Trigger): void {
    const alarm = new Alarm(this, name, {
      alarmName: name,
      alarmDescription: description,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      datapointsToAlarm: bad,
      evaluationPeriods: of,
      // EventBridge and Lambda send many of these metrics only when they are not zero.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.action);
  }
}
