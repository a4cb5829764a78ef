import type { Duration } from 'aws-cdk-lib';
import type { IRuleRef, IRuleTarget, RuleTargetConfig } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

export interface QueueDelivery {
  deadLetterQueue: IQueue;
  retryAttempts: number;
  maxEventAge: Duration;
}

export const retryPolicyOf = ({ retryAttempts, maxEventAge }: QueueDelivery) => ({
  maximumRetryAttempts: retryAttempts,
  maximumEventAgeInSeconds: maxEventAge.toSeconds(),
});

const letSend = (queue: IQueue, { ruleRef }: IRuleRef): void => {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': ruleRef.ruleArn } },
    }),
  );
};

/** CDK's own target for queues also lets EventBridge read what the queue is like. */
export class QueueTarget implements IRuleTarget {
  constructor(
    private readonly queue: IQueue,
    private readonly delivery: QueueDelivery,
  ) {}

  bind(rule: IRuleRef): RuleTargetConfig {
    const { deadLetterQueue } = this.delivery;
    letSend(this.queue, rule);
    letSend(deadLetterQueue, rule);
    return {
      arn: this.queue.queueArn,
      deadLetterConfig: { arn: deadLetterQueue.queueArn },
      retryPolicy: retryPolicyOf(this.delivery),
      targetResource: this.queue,
    };
  }
}
