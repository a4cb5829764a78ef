import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV, EVENT_TYPES, ORDERS_INDEXES, RECONCILER_PARTITION } from '../src/adapters/names.ts';
import { acknowledge } from './acknowledge.ts';
import { type CodeOf, OrdersFunction } from './orders-function.ts';
import { publishing } from './publishing.ts';
import type { Stage } from './stages.ts';
import { MAX_RECORD_AGE } from './stream.ts';
import type { Tables } from './tables.ts';

// It publishes what an order states last: of one that is gone there is nothing to read it off.
const STATED_BY_ORDERS = Object.entries(EVENT_TYPES).flatMap(([type, order]) =>
  order === 'there' ? [type] : [],
);

const NEXT_HOUR =
  'An alarm tells of what it fails, and the next hour goes on there: to ask again later would do the same work twice.';

export interface ReconcilerProps {
  stage: Stage;
  code: CodeOf;
  tables: Tables;
  eventBus: IEventBus;
}

/** Compares orders with their history, a round a day in hourly pieces, and publishes what never came. */
export class Reconciler extends Construct {
  readonly reconciler: OrdersFunction;

  constructor(scope: Construct, id: string, { stage, code, tables, eventBus }: ReconcilerProps) {
    super(scope, id);
    const { orders, history } = tables;
    this.reconciler = new OrdersFunction(this, 'Reconciler', {
      stage,
      code,
      name: 'orders-reconciler',
      description: 'Publishes events that the history of orders lacks',
      failures: NEXT_HOUR,
      timeout: Duration.minutes(5),
      memorySize: 512,
      environment: {
        [ENV.ordersTable]: orders.tableName,
        [ENV.indexShards]: String(stage.indexShards),
        [ENV.defaultCurrency]: stage.defaultCurrency,
        [ENV.orderRetentionDays]: String(stage.orderRetentionDays),
        [ENV.deletedRetentionDays]: String(stage.deletedRetentionDays),
        [ENV.historyTable]: history.tableName,
        [ENV.historyRetentionDays]: String(stage.historyRetentionDays),
        [ENV.eventBus]: eventBus.eventBusArn,
        [ENV.eventSource]: stage.eventSource,
        // Until the stream has given a record up, an event of ours would come before those of earlier versions.
        [ENV.graceMinutes]: String(MAX_RECORD_AGE.plus(Duration.hours(1)).toMinutes()),
      },
      permissions: [
        new PolicyStatement({
          actions: ['dynamodb:Query'],
          resources: [`${orders.tableArn}/index/${ORDERS_INDEXES.byDay.name}`, history.tableArn],
        }),
        new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [orders.tableArn] }),
        new PolicyStatement({
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          resources: [history.tableArn],
          conditions: {
            'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [RECONCILER_PARTITION] },
            // The condition above also holds where there is no key at all.
            Null: { 'dynamodb:LeadingKeys': 'false' },
          },
        }),
        publishing(eventBus, stage, STATED_BY_ORDERS),
      ],
    });
    // The next hour goes on where this one ended, and where it failed.
    this.reconciler.configureAsyncInvoke({ maxEventAge: Duration.minutes(30), retryAttempts: 0 });
    acknowledge(this.reconciler, { 'Serverless-LambdaAsyncFailureDestination': NEXT_HOUR });
    const hourly = new Rule(this, 'Hourly', {
      ruleName: this.reconciler.name,
      description: 'Goes on comparing orders with their history',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [
        new LambdaFunction(this.reconciler, { event: RuleTargetInput.fromObject({ action: 'round' }) }),
      ],
    });
    acknowledge(hourly, { 'Serverless-EventBusDLQ': NEXT_HOUR });
  }
}
