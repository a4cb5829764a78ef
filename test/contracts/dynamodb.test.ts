import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { OrdersConfig } from '../../src/adapters/config.ts';
import { dynamoDbOrders } from '../../src/adapters/dynamodb/order-repository.ts';
import { dynamoDbUsers } from '../../src/adapters/dynamodb/user-directory.ts';
import { TemporarilyUnavailable } from '../../src/application/ports.ts';
import { startEngine } from '../support/engine.ts';
import { live } from '../support/orders.ts';
import { orderRepositoryContract } from './order-repository.ts';
import { userDirectoryContract } from './other-ports.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let tables = 0;

const config: OrdersConfig = {
  ordersTable: 'Orders',
  indexShards: 4,
  defaultCurrency: 'USD',
  orderRetentionDays: 400,
  deletedRetentionDays: 30,
};

const freshTable = async (): Promise<OrdersConfig> => {
  tables += 1;
  const ordersTable = `Orders-${tables}`;
  await engine.makeTable(ordersTable);
  return { ...config, ordersTable };
};

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
});

describe('the orders in DynamoDB', () => {
  orderRepositoryContract(async () => dynamoDbOrders(engine.documents, await freshTable()));

  it('given more shards than before, then orders of both counts are listed, each once', async () => {
    const few = await freshTable();
    const before = dynamoDbOrders(engine.documents, { ...few, indexShards: 2 });
    const after = dynamoDbOrders(engine.documents, { ...few, indexShards: 8 });
    const names = Array.from({ length: 12 }, (_, n) => `O${100 + n}`);
    for (const [n, orderId] of names.entries())
      await (n % 2 ? before : after).save(live({ orderId }), undefined);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await after.list(
        { by: 'status', status: 'PENDING' },
        { limit: 5, direction: 'asc', ...(cursor !== undefined && { cursor }) },
      );
      if (!page.ok) throw new Error(page.error.code);
      found.push(...page.value.orders.map(({ orderId }) => orderId));
      cursor = page.value.next;
    } while (cursor !== undefined);
    expect(found).toEqual(names);
  });

  it('given an item made by hand, then it reads with defaults, and is in the status index once we have written it', async () => {
    const own = await freshTable();
    const orders = dynamoDbOrders(engine.documents, own);
    const Item = { customerId: 'C101', orderId: 'O5002', amount: 450, status: 'SHIPPED' };
    await engine.documents.send(new PutCommand({ TableName: own.ordersTable, Item }));
    const record = await orders.find({ customerId: 'C101', orderId: 'O5002' }, true);
    expect(record).toMatchObject({ deleted: false, order: { ...Item, currency: 'USD', version: 0 } });
    const selection = { by: 'status', status: 'SHIPPED' } as const;
    expect(await orders.list(selection, { limit: 5, direction: 'asc' })).toMatchObject({
      value: { orders: [] },
    });
    if (!record) throw new Error('not found');
    const next = { deleted: false, order: { ...record.order, version: 1 } };
    expect(await orders.save(next, 0)).toEqual({ saved: true });
    expect(await orders.save(next, 0)).toMatchObject({ saved: false, current: { order: { version: 1 } } });
    expect(await orders.list(selection, { limit: 5, direction: 'asc' })).toMatchObject({
      value: { orders: [{ orderId: 'O5002' }] },
    });
  });

  it('given an item that is no order, then reading it names the attribute', async () => {
    const own = await freshTable();
    const Item = { customerId: 'C101', orderId: 'O1', amount: 'many' };
    await engine.documents.send(new PutCommand({ TableName: own.ordersTable, Item }));
    await expect(
      dynamoDbOrders(engine.documents, own).find({ customerId: 'C101', orderId: 'O1' }, true),
    ).rejects.toThrow('attribute amount');
  });

  it('given an engine that throttles, then it is temporarily unavailable', async () => {
    const error = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const throttled = { send: () => Promise.reject(error) } as unknown as typeof engine.documents;
    await expect(
      dynamoDbOrders(throttled, config).find({ customerId: 'C', orderId: 'O' }, true),
    ).rejects.toThrow(TemporarilyUnavailable);
  });
});

describe('the users in DynamoDB', () => {
  userDirectoryContract(async (users) => {
    await engine.makeUsersTable();
    for (const Item of users) await engine.documents.send(new PutCommand({ TableName: 'Users', Item }));
    return dynamoDbUsers(engine.documents, 'Users');
  });
});
