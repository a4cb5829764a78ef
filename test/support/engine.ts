import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../local/clock.ts';
import { openEngine } from '../../local/engine/engine.ts';
import { HISTORY_KEYS, ORDERS_INDEXES, ORDERS_KEYS, USERS_KEYS } from '../../src/adapters/config.ts';

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
  const makePlainTable = (name: string, [partition = '', sort]: string[]) =>
    client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
        ],
        AttributeDefinitions: [partition, sort ?? partition]
          .slice(0, sort === undefined ? 1 : 2)
          .map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      }),
    );
  return {
    documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    makeTable,
    makeUsersTable: () => makePlainTable('Users', [USERS_KEYS.partition]),
    makeHistoryTable: (name: string) => makePlainTable(name, [HISTORY_KEYS.partition, HISTORY_KEYS.sort]),
    stop: async () => {
      client.destroy();
      await engine.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
