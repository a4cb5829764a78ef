import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { ENV } from '../../src/adapters/names.ts';
import { startEngine } from '../../test/support/engine.ts';

const SEED_TABLE = 'SeedOrders';
const IDEMPOTENCY_TABLE = 'Idempotency';

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' as const });
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' as const });

/** The embedded engine with our tables, the seed's table with its one index, and Powertools' table of idempotency. */
export const startTables = async () => {
  const engine = await startEngine();
  await engine.makeTable('Orders');
  await engine.makeUsersTable('Users');
  await engine.makeHistoryTable('OrderHistory');
  await engine.makeIdempotencyTable('IdempotencyKeys');
  await engine.documents.send(
    new CreateTableCommand({
      TableName: SEED_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [hash('customerId'), range('orderId')],
      AttributeDefinitions: [text('customerId'), text('orderId'), text('status')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'GSI1',
          KeySchema: [hash('status'), range('orderId')],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await engine.documents.send(
    new CreateTableCommand({
      TableName: IDEMPOTENCY_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [hash('id')],
      AttributeDefinitions: [text('id')],
    }),
  );
  return engine;
};

/** What Lambda would set, and the configuration of every contestant: each reads what it knows. */
export const environment = (endpoint: string): Record<string, string> => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_ENDPOINT_URL: endpoint,
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  POWERTOOLS_SERVICE_NAME: 'orders',
  POWERTOOLS_METRICS_NAMESPACE: 'Orders',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  [ENV.ordersTable]: 'Orders',
  [ENV.usersTable]: 'Users',
  [ENV.historyTable]: 'OrderHistory',
  [ENV.idempotencyTable]: 'IdempotencyKeys',
  [ENV.indexShards]: '8',
  [ENV.defaultCurrency]: 'USD',
  [ENV.orderRetentionDays]: '400',
  [ENV.deletedRetentionDays]: '30',
  [ENV.cursorKeySecret]: 'cursor-key',
  TABLE_NAME: SEED_TABLE,
  PEER_IDEMPOTENCY_TABLE: IDEMPOTENCY_TABLE,
});
