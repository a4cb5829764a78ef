import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV } from '../src/adapters/names.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { type CodeOf, OrdersFunction } from './orders-function.ts';
import type { Stage } from './stages.ts';

export interface OrderHistoryProps {
  stage: Stage;
  code: CodeOf;
  eventBus: IEventBus;
  table: ITable;
}

/** Keeps of each event one line in the history of its order. */
export class OrderHistory extends Construct {
  readonly name = 'orders-history';
  readonly rule: Rule;
  readonly deadLetters: DeadLetterQueue;
  readonly recorder: OrdersFunction;

  constructor(scope: Construct, id: string, { stage, code, eventBus, table }: OrderHistoryProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', `${this.name}-dlq`);
    this.recorder = new OrdersFunction(this, 'Recorder', {
      stage,
      code,
      name: this.name,
      description: 'Keeps what happened to each order',
      failures: 'What Lambda gives up goes to its destination, the dead-letter queue of its rule.',
      timeout: Duration.seconds(10),
      memorySize: 256,
      environment: {
        [ENV.historyTable]: table.tableName,
        [ENV.historyRetentionDays]: String(stage.historyRetentionDays),
      },
      permissions: [
        new PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [table.tableArn] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
      ],
    });
    // Lambda takes the event at once and retries the function by itself: what it gives up goes to the same queue.
    this.recorder.configureAsyncInvoke({
      maxEventAge: Duration.hours(6),
      retryAttempts: 2,
      // Not CDK's SqsDestination, which grants reading the queue's attributes too.
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
    this.rule = new Rule(this, 'Rule', {
      ruleName: this.name,
      description: 'Every event of orders, for their history',
      eventBus,
      eventPattern: { source: [stage.eventSource] },
    });
    this.rule.addTarget(
      new LambdaFunction(this.recorder, {
        deadLetterQueue: this.deadLetters,
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
      }),
    );
  }
}
