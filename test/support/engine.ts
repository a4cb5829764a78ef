import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../local/clock.ts';
import { openEngine } from '../../local/engine/engine.ts';
import { ORDERS_INDEXES, ORDERS_KEYS, USERS_KEYS } from '../../src/adapters/config.ts';

const key = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

/** The embedded engine with an empty Orders table, on a directory of its own. */
export const startEngine = async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'orders-engine-'));
  const engine = await openEngine({ directory, clock: systemClock, warn: () => undefined });
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const indexes = Object.values(ORDERS_INDEXES);
  const attributes = new Set([
    ORDERS_KEYS.partition,
    ORDERS_KEYS.sort,
    ...indexes.flatMap(({ partition, sort }) => [partition, sort]),
  ]);
  const makeTable = (name: string) =>
    client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: key(ORDERS_KEYS.partition, ORDERS_KEYS.sort),
        AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        GlobalSecondaryIndexes: indexes.map(({ name: IndexName, partition, sort }) => ({
          IndexName,
          KeySchema: key(partition, sort),
          Projection: { ProjectionType: 'ALL' },
        })),
      }),
    );
  return {
    documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    makeTable,
    makeUsersTable: () =>
      client.send(
        new CreateTableCommand({
          TableName: 'Users',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: USERS_KEYS.partition, KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: USERS_KEYS.partition, AttributeType: 'S' }],
        }),
      ),
    stop: async () => {
      client.destroy();
      await engine.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
