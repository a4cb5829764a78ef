import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV, ORDERS_INDEXES, USERS_INDEX } from '../src/adapters/names.ts';
import { CursorKey } from './cursor-key.ts';
import { type CodeOf, OrdersFunction } from './orders-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

export interface FunctionsProps {
  stage: Stage;
  code: CodeOf;
  tables: Tables;
}

/** What callers reach: orders over HTTP and by direct invocation, and the documentation of the first. */
export class Functions extends Construct {
  readonly api: OrdersFunction;
  readonly crudHandler: OrdersFunction;
  readonly docs: OrdersFunction;

  constructor(scope: Construct, id: string, { stage, code, tables }: FunctionsProps) {
    super(scope, id);

    const cursorKey = new CursorKey(this, 'CursorKey');
    const ordersArn = tables.orders.tableArn;
    const ordersPermissions = (indexes: readonly { name: string }[]) => [
      new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [ordersArn] }),
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [ordersArn, ...indexes.map(({ name }) => `${ordersArn}/index/${name}`)],
      }),
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [cursorKey.secretArn] }),
    ];
    const ordersEnvironment = {
      [ENV.ordersTable]: tables.orders.tableName,
      [ENV.indexShards]: String(stage.indexShards),
      [ENV.defaultCurrency]: stage.defaultCurrency,
      [ENV.orderRetentionDays]: String(stage.orderRetentionDays),
      [ENV.deletedRetentionDays]: String(stage.deletedRetentionDays),
      [ENV.cursorKeySecret]: cursorKey.secretArn,
    };
    const common = { stage, code, timeout: Duration.seconds(10), memorySize: 512 };

    this.api = new OrdersFunction(this, 'Api', {
      ...common,
      name: 'orders-api',
      description: 'Answers the HTTP API of orders',
      environment: {
        ...ordersEnvironment,
        [ENV.usersTable]: tables.users.tableName,
        [ENV.historyTable]: tables.history.tableName,
        [ENV.idempotencyTable]: tables.idempotency.tableName,
      },
      permissions: [
        ...ordersPermissions(Object.values(ORDERS_INDEXES)),
        new PolicyStatement({
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
          resources: [tables.users.tableArn],
        }),
        new PolicyStatement({
          actions: ['dynamodb:Query'],
          resources: [`${tables.users.tableArn}/index/${USERS_INDEX.name}`],
        }),
        new PolicyStatement({ actions: ['dynamodb:Query'], resources: [tables.history.tableArn] }),
        new PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [tables.idempotency.tableArn] }),
      ],
    });

    this.crudHandler = new OrdersFunction(this, 'CrudHandler', {
      ...common,
      name: 'orders-crud-handler',
      description: 'Creates, reads, updates, deletes and lists orders by direct invocation',
      environment: ordersEnvironment,
      permissions: ordersPermissions([ORDERS_INDEXES.byStatus]),
    });

    this.docs = new OrdersFunction(this, 'Docs', {
      ...common,
      name: 'orders-docs',
      description: 'Serves the documentation of the HTTP API, and the page to try it out',
      memorySize: 256,
      environment: {},
      permissions: [],
    });
  }
}
