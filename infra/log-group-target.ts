import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IRuleRef, IRuleTarget, RuleTargetConfig } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StageLogGroup } from './log-group.ts';

/** CDK's own log group target sets the resource policy by a custom resource; CloudFormation has a type for it now. */
export class LogGroupTarget implements IRuleTarget {
  constructor(
    private readonly logGroup: StageLogGroup,
    private readonly deadLetterQueue: IQueue,
  ) {}

  bind({ ruleRef }: IRuleRef): RuleTargetConfig {
    const onlyThisRule = { ArnEquals: { 'aws:SourceArn': ruleRef.ruleArn } };
    const logWriters = ['events.amazonaws.com', 'delivery.logs.amazonaws.com'];
    this.logGroup.addToResourcePolicy(
      new PolicyStatement({
        principals: logWriters.map((service) => new ServicePrincipal(service)),
        actions: ['logs:CreateLogStream'],
        resources: [this.logGroup.logGroupArn],
      }),
    );
    this.logGroup.addToResourcePolicy(
      new PolicyStatement({
        principals: logWriters.map((service) => new ServicePrincipal(service)),
        actions: ['logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
        conditions: onlyThisRule,
      }),
    );
    this.deadLetterQueue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetterQueue.queueArn],
        conditions: onlyThisRule,
      }),
    );
    return {
      // Without the ":*" that the log group's own ARN attribute ends in: a rule refuses it.
      arn: Stack.of(this.logGroup).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: this.logGroup.name,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      deadLetterConfig: { arn: this.deadLetterQueue.queueArn },
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
      targetResource: this.logGroup,
    };
  }
}
