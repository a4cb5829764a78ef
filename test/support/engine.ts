import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
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
} from '../../src/adapters/names.ts';

interface Index {
  name: string;
  partition: string;
  sort: string;
}

const key = (partition: string, sort: string | undefined) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
];

/** The embedded engine on a directory of its own, or the one that DYNAMODB_ENDPOINT names; without tables of ours. */
export const startEngine = async () => {
  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  const directory = mkdtempSync(path.join(tmpdir(), 'orders-engine-'));
  const engine = await openEngine({
    directory,
    clock: systemClock,
    warn: () => undefined,
    ...(endpoint && { endpoint }),
  });
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'local',
    // DynamoDB Local keeps the tables of each access key apart, and so those of each test file.
    credentials: { accessKeyId: `test${randomUUID().replaceAll('-', '')}`, secretAccessKey: 'test' },
  });
  const made: string[] = [];
  const makeTable = async (name: string, [partition = '', sort]: string[], indexes: Index[] = []) => {
    const attributes = new Set(
      [partition, sort ?? partition].concat(indexes.flatMap((index) => [index.partition, index.sort])),
    );
    await client.send(
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
    made.push(name);
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
      if (endpoint) for (const TableName of made) await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
      await engine.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
