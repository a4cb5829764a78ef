import { fileURLToPath } from 'node:url';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import { EVENT_BUS_NAME, patterns } from 'order-events';
import { OrderEventsSubscription } from 'order-events/cdk';

const string = AttributeType.STRING;

/** The stack of a team of its own: it shares the bus with orders, and nothing else. */
export class DailySalesStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    const sales = new Table(this, 'Sales', {
      partitionKey: { name: 'day', type: string },
      sortKey: { name: 'order', type: string },
      billingMode: BillingMode.PAY_PER_REQUEST,
    });
    const positions = new Table(this, 'Positions', {
      partitionKey: { name: 'orderKey', type: string },
      billingMode: BillingMode.PAY_PER_REQUEST,
    });
    const timeout = Duration.seconds(30);
    const handler = new NodejsFunction(this, 'Handler', {
      functionName: 'daily-sales',
      entry: fileURLToPath(new URL('../src/handler.ts', import.meta.url)),
      runtime: Runtime.NODEJS_22_X,
      timeout,
      environment: { SALES_TABLE: sales.tableName, POSITIONS_TABLE: positions.tableName },
    });
    sales.grant(handler, 'dynamodb:PutItem', 'dynamodb:DeleteItem');
    positions.grant(handler, 'dynamodb:UpdateItem');

    const { queue } = new OrderEventsSubscription(this, 'Subscription', {
      name: 'daily-sales',
      description: 'Every event of orders, for what was sold each day',
      eventBus: EventBus.fromEventBusName(this, 'Orders', EVENT_BUS_NAME),
      pattern: patterns.all(),
      // Six times the function's timeout, as Lambda asks for.
      target: { queue: { visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()) } },
    });
    if (queue) handler.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
  }
}
