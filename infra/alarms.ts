import { Aws } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Monitored } from './monitored.ts';
import type { Stage } from './stages.ts';
import { type Trigger, triggers } from './triggers.ts';

export class Alarms extends Construct {
  private readonly action: SnsAction | undefined;

  constructor(scope: Construct, id: string, stage: Stage, monitored: Monitored) {
    super(scope, id);
    this.action = stage.alarmEmail === undefined ? undefined : this.mailing(stage.alarmEmail);
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
