import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface SampleSubscriberProps {
  eventBus: IEventBus;
  eventSource: string;
}

/** What a team does to hear of orders: a rule of its own, a queue, and a place for what could not be delivered. */
export class SampleSubscriber extends Construct {
  readonly name = 'order-notifications';
  readonly rule: Rule;
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { eventBus, eventSource }: SampleSubscriberProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', `${this.name}-dlq`);
    this.queue = new Queue(this, 'Queue', {
      queueName: this.name,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.rule = new Rule(this, 'Rule', {
      ruleName: this.name,
      description: 'Every event of orders, for the notifications team',
      eventBus,
      eventPattern: { source: [eventSource], detailType: Match.prefix('Order') },
    });
    this.rule.addTarget(
      new SqsQueue(this.queue, {
        deadLetterQueue: this.deadLetters,
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
      }),
    );
  }
}
