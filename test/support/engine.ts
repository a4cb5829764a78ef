import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../local/clock.ts';
import { openEngine } from '../../local/engine/engine.ts';
import {
  HISTORY_KEYS,
  IDEMPOTENCY_KEYS,
  ORDERS_INDEXES,
  ORDERS_KEYS,
  USERS_INDEX,
  USERS_KEYS,
} from '../../src/adapters/config.ts';

interface Index {
  name: string;
  partition: string;
  sort: string;
}

const key = (partition: string, sort: string | undefined) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
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
  const makeTable = (name: string, [partition = '', sort]: string[], indexes: Index[] = []) => {
    const attributes = new Set(
      [partition, sort ?? partition].concat(indexes.flatMap((index) => [index.partition, index.sort])),
    );
    return client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: key(partition, sort),
        AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        ...(indexes.length > 0 && {
          GlobalSecondaryIndexes: indexes.map((index) => ({
            IndexName: index.name,
            KeySchema: key(index.partition, index.sort),
            Projection: { ProjectionType: 'ALL' },
          })),
        }),
      }),
    );
  };
  return {
    endpoint: engine.endpoint,
    client,
    documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    makeTable: (name: string) =>
      makeTable(name, [ORDERS_KEYS.partition, ORDERS_KEYS.sort], Object.values(ORDERS_INDEXES)),
    makeUsersTable: (name: string) => makeTable(name, [USERS_KEYS.partition], [USERS_INDEX]),
    makeHistoryTable: (name: string) => makeTable(name, [HISTORY_KEYS.partition, HISTORY_KEYS.sort]),
    makeIdempotencyTable: (name: string) => makeTable(name, [IDEMPOTENCY_KEYS.partition]),
    makeSalesTable: (name: string) => makeTable(name, ['day', 'order']),
    makePositionsTable: (name: string) => makeTable(name, ['orderKey']),
    stop: async () => {
      client.destroy();
      await engine.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
