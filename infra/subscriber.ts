import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface SampleSubscriberProps {
  bus: IEventBus;
  eventSource: string;
}

/** What a team does to hear of orders: a rule of its own, a queue, and a place for what could not be delivered. */
export class SampleSubscriber extends Construct {
  readonly rule: Rule;
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { bus, eventSource }: SampleSubscriberProps) {
    super(scope, id);

    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', 'order-notifications-dlq');
    this.queue = new Queue(this, 'Queue', {
      queueName: 'order-notifications',
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });

    this.rule = new Rule(this, 'Rule', {
      ruleName: 'order-notifications',
      description: 'Every event of orders, for the notifications team',
      eventBus: bus,
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
