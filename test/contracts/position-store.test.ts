import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, type UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { inMemoryStore } from 'order-events/consumer';
import { dynamoDbStore } from 'order-events/consumer/dynamodb';
import { startEngine } from '../support/engine.ts';
import { positionStoreContract } from './position-store.ts';

describe('positions in memory', () => {
  positionStoreContract((now) => inMemoryStore({ now }));
});

describe('positions in DynamoDB', () => {
  const order = { customerId: 'C101', orderId: 'O5001' };
  const position = { createdAt: '2026-11-22T10:00:00.000Z', sequence: 1 };
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let tables = 0;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(async () => {
    await engine.stop();
  });
  const freshTable = async () => {
    tables += 1;
    const tableName = `Positions-${tables}`;
    await engine.makePositionsTable(tableName);
    return tableName;
  };
  /** Answers of the engine get lost: the SDK sends each call again. */
  const losingAnswers = (): DynamoDBDocumentClient => {
    const { documents } = engine;
    return new Proxy(documents, {
      get: (client, name) =>
        name === 'send'
          ? (command: UpdateCommand) =>
              client
                .send(command)
                .catch(() => undefined)
                .then(() => client.send(command))
          : (Reflect.get(client, name) as unknown),
    });
  };

  positionStoreContract(async (now) =>
    dynamoDbStore({ client: engine.documents, tableName: await freshTable(), now }),
  );

  it('given days to keep, then the item says when TTL may remove it', async () => {
    const tableName = await freshTable();
    const now = () => Date.parse('2026-11-24T10:00:00Z');
    const store = dynamoDbStore({ client: engine.documents, tableName, keepDays: 30, now });
    const Key = { orderKey: 'C101#O5001' };
    const item = async () =>
      (await engine.documents.send(new GetCommand({ TableName: tableName, Key }))).Item;
    const expiresAt = Date.parse('2026-12-24T10:00:00Z') / 1000;
    const claim = await store.claim(order, position, 1_000);
    expect(await item()).toMatchObject({ claim: expect.any(String) as string, expiresAt });
    await store.advance(order, 'token' in claim ? claim.token : '', position);
    expect(await item()).toEqual({ ...Key, ...position, expiresAt });
  });

  it('given answers that get lost, so that each call is sent twice, then a claim and a move count once', async () => {
    const store = dynamoDbStore({ client: losingAnswers(), tableName: await freshTable() });
    const claim = await store.claim(order, position, 60_000);
    expect(claim).toMatchObject({ outcome: 'claimed', last: undefined });
    expect(await store.advance(order, 'token' in claim ? claim.token : '', position)).toBe(true);
    expect(await store.claim(order, position, 60_000)).toEqual({ outcome: 'passed', last: position });
  });

  it('given a table that is not there, then it says so', async () => {
    const store = dynamoDbStore({ client: engine.documents, tableName: 'nowhere' });
    await expect(store.claim(order, position, 1_000)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
