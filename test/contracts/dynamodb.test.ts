import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OrdersConfig } from '../../src/adapters/config.ts';
import { HISTORY_KEYS } from '../../src/adapters/names.ts';
import { systemIds } from '../../src/adapters/ids.ts';
import { CLIENT } from '../../src/adapters/container/clients.ts';
import { dynamoDbKeyedOrders } from '../../src/adapters/dynamodb/keyed-orders.ts';
import { dynamoDbHistory } from '../../src/adapters/dynamodb/order-history.ts';
import { dynamoDbOrders } from '../../src/adapters/dynamodb/order-repository.ts';
import { dynamoDbTimeline } from '../../src/adapters/dynamodb/order-timeline.ts';
import { dynamoDbRounds } from '../../src/adapters/dynamodb/rounds.ts';
import { dynamoDbUsers } from '../../src/adapters/dynamodb/user-directory.ts';
import { TemporarilyUnavailable, UnreadableOrder } from '../../src/application/ports.ts';
import { transitionOrder } from '../../src/application/transition-order.ts';
import { startEngine } from '../support/engine.ts';
import { historyEntry } from '../support/history.ts';
import { live } from '../support/orders.ts';
import { user } from '../support/users.ts';
import { keyedOrdersContract } from './keyed-orders.ts';
import { orderRepositoryContract } from './order-repository.ts';
import { orderTimelineContract } from './order-timeline.ts';
import { orderHistoryContract, roundsContract } from './other-ports.ts';
import { userDirectoryContract } from './user-directory.ts';

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
    let next: string | undefined;
    do {
      const page = await after.list(
        { by: 'status', status: 'PENDING' },
        { limit: 5, direction: 'asc', ...(next !== undefined && { after: next }) },
      );
      found.push(...page.orders.map(({ orderId }) => orderId));
      next = page.next;
    } while (next !== undefined);
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
      orders: [],
    });
    if (!record) throw new Error('not found');
    const next = { deleted: false, order: { ...record.order, version: 1 } };
    expect(await orders.save(next, 0)).toEqual({ saved: true });
    expect(await orders.save(next, 0)).toMatchObject({ saved: false, current: { order: { version: 1 } } });
    expect(await orders.list(selection, { limit: 5, direction: 'asc' })).toMatchObject({
      orders: [{ orderId: 'O5002' }],
    });
  });

  it('given an item that is no order, then reading it names the attribute, and lists go on without it', async () => {
    const own = await freshTable();
    const left: string[] = [];
    const orders = dynamoDbOrders(engine.documents, own, ({ message }) => left.push(message));
    const Item = { customerId: 'C101', orderId: 'O1', amount: 'many' };
    await engine.documents.send(new PutCommand({ TableName: own.ordersTable, Item }));
    await orders.save(live({ orderId: 'O2' }), undefined);
    await expect(orders.find({ customerId: 'C101', orderId: 'O1' }, true)).rejects.toThrow(UnreadableOrder);
    await expect(orders.save(live({ orderId: 'O1' }), undefined)).rejects.toThrow('attribute amount');
    const page = await orders.list({ by: 'customer', customerId: 'C101' }, { limit: 9, direction: 'asc' });
    expect(page).toMatchObject({ orders: [{ orderId: 'O2' }] });
    expect(left).toEqual([expect.stringContaining('attribute amount')]);
  });

  it.each([{}, { version: 0 }])(
    'given an item made by hand with %j, then it can be changed like any other',
    async (fields) => {
      const own = await freshTable();
      const orders = dynamoDbOrders(engine.documents, own);
      const Item = { customerId: 'C101', orderId: 'O5001', amount: 1, ...fields };
      await engine.documents.send(new PutCommand({ TableName: own.ordersTable, Item }));
      const confirm = transitionOrder({
        orders,
        clock: () => '2026-11-22T12:00:00.000Z',
        ids: systemIds,
      });
      const by = { actor: 'U1', correlationId: 'c' };
      expect(await confirm({ customerId: 'C101', orderId: 'O5001' }, 'confirm', { by })).toMatchObject({
        value: { status: 'CONFIRMED', version: 1 },
      });
    },
  );

  it('given an item made by hand, when another version than 0 is expected, then nothing is written', async () => {
    const own = await freshTable();
    const orders = dynamoDbOrders(engine.documents, own);
    const Item = { customerId: 'C101', orderId: 'O5001', amount: 1 };
    await engine.documents.send(new PutCommand({ TableName: own.ordersTable, Item }));
    expect(await orders.save(live({ version: 4 }), 3)).toMatchObject({
      saved: false,
      current: { order: { amount: 1, version: 0 } },
    });
  });

  it.each([
    ['that throttles', { name: 'ThrottlingException' }],
    ['that goes on with the first sending of a transaction', { name: 'TransactionInProgressException' }],
    ['that fails in a way of its own', { name: 'Unheard', $metadata: { httpStatusCode: 500 } }],
    ['whose name cannot be looked up', { code: 'ENOTFOUND' }],
  ])(
    'given an engine %s, then reads and writes are temporarily unavailable, and no write is taken for one that lost',
    async (_, what) => {
      const error = Object.assign(new Error('slow down'), what);
      const throttled = { send: () => Promise.reject(error) } as unknown as typeof engine.documents;
      const orders = dynamoDbOrders(throttled, config);
      const users = dynamoDbUsers(throttled, 'Users');
      const history = dynamoDbHistory(throttled, { historyTable: 'OrderHistory', historyRetentionDays: 800 });
      for (const ask of [
        () => orders.find({ customerId: 'C', orderId: 'O' }, true),
        () => orders.save(live(), 1),
        () => orders.list({ by: 'status', status: 'PENDING' }, { limit: 1, direction: 'asc' }),
        () => users.find('U1001'),
        () => users.save(user(), 1),
        () => users.remove('U1001', 1),
        () => history.record(historyEntry(1)),
      ]) {
        await expect(ask()).rejects.toThrow(TemporarilyUnavailable);
      }
    },
  );
});

describe('the users in DynamoDB', () => {
  const fresh = async () => {
    tables += 1;
    await engine.makeUsersTable(`Users-${tables}`);
    return `Users-${tables}`;
  };
  userDirectoryContract(async () => dynamoDbUsers(engine.documents, await fresh()));

  it('given a user made by hand, then it reads with defaults, and is in the list once we have written it', async () => {
    const TableName = await fresh();
    const users = dynamoDbUsers(engine.documents, TableName);
    const Item = { userId: 'U1001', name: 'Naveen', role: 'Director' };
    await engine.documents.send(new PutCommand({ TableName, Item }));
    const found = await users.find('U1001');
    expect(found).toMatchObject({ ...Item, active: false, version: 0, updatedBy: 'system:unknown' });
    if (!found) throw new Error('not found');
    const listed = () => users.list({ limit: 9, direction: 'asc' });
    expect(await listed()).toMatchObject({ users: [] });
    expect(await users.save({ ...found, active: true, version: 1 }, 0)).toEqual({ saved: true });
    expect(await listed()).toMatchObject({ users: [{ userId: 'U1001', active: true }] });
  });
});

describe('the keyed orders in DynamoDB', () => {
  const fresh = async () => {
    const own = await freshTable();
    const idempotencyTable = `IdempotencyKeys-${tables}`;
    await engine.makeIdempotencyTable(idempotencyTable);
    return {
      orders: dynamoDbOrders(engine.documents, own),
      keyedOrders: dynamoDbKeyedOrders(engine.documents, { ...own, idempotencyTable }),
    };
  };
  keyedOrdersContract(fresh);

  it('given an order id that is taken, then neither the order nor the key is written, and it is not tried again', async () => {
    const { orders, keyedOrders } = await fresh();
    await orders.save(live({ amount: 1 }), undefined);
    const send = jest.spyOn(engine.documents, 'send');
    await expect(keyedOrders.create(live({ amount: 2 }), 'k1')).rejects.toThrow(TransactionCanceledException);
    expect(send).toHaveBeenCalledTimes(1);
    send.mockRestore();
    expect(await orders.find(live().order, true)).toEqual(live({ amount: 1 }));
    expect(await keyedOrders.create(live({ orderId: 'O2' }), 'k1')).toBeUndefined();
  });
});

const freshHistory = async () => {
  tables += 1;
  const historyTable = `OrderHistory-${tables}`;
  await engine.makeHistoryTable(historyTable);
  return {
    historyTable,
    history: dynamoDbHistory(engine.documents, { historyTable, historyRetentionDays: 800 }),
    timeline: dynamoDbTimeline(engine.documents, historyTable),
    rounds: dynamoDbRounds(engine.documents, historyTable),
  };
};

describe('the history in DynamoDB', () => {
  orderHistoryContract(async () => (await freshHistory()).history);

  it('given an entry, then it expires as many days after its change as is configured', async () => {
    const { history, historyTable } = await freshHistory();
    await history.record(historyEntry(1, { at: '2026-11-22T10:00:00.900Z' }));
    const { Items } = await engine.documents.send(new ScanCommand({ TableName: historyTable }));
    expect(Items).toMatchObject([{ [HISTORY_KEYS.ttl]: Date.UTC(2026, 10, 22 + 800, 10) / 1000 }]);
  });

  it('given versions that one answer of DynamoDB cannot hold, then all are told', async () => {
    const { history } = await freshHistory();
    const changed = { note: { from: null, to: 'x'.repeat(300_000) } };
    for (const version of [1, 2, 3, 4]) await history.record(historyEntry(version, { changed }));
    const { createdAt, ...key } = historyEntry(1);
    const send = jest.spyOn(engine.documents, 'send');
    expect([...(await history.versions(key, createdAt, createdAt))]).toEqual([1, 2, 3, 4]);
    expect(send.mock.calls.length).toBeGreaterThan(1);
    send.mockRestore();
  });
});

describe('the timeline in DynamoDB', () => {
  orderTimelineContract(freshHistory);

  it('given entries that one answer of DynamoDB cannot hold, then the page is short, and has a next one', async () => {
    const { history, timeline } = await freshHistory();
    const key = { customerId: 'C101', orderId: 'O5001' };
    const changed = { note: { from: null, to: 'x'.repeat(300_000) } };
    for (const version of [1, 2, 3, 4]) await history.record(historyEntry(version, { changed }));
    const first = await timeline.read(key, { limit: 10, direction: 'asc' });
    expect(first.entries.length).toBeLessThan(4);
    const rest = await timeline.read(key, { limit: 10, direction: 'asc', after: first.next ?? '' });
    expect([...first.entries, ...rest.entries].map(({ version }) => version)).toEqual([1, 2, 3, 4]);
    expect(rest).not.toHaveProperty('next');
  });
});

describe('the rounds in DynamoDB', () => {
  roundsContract(async () => (await freshHistory()).rounds);
});

describe('the clients of the functions', () => {
  it('given a server that never answers, then an attempt is given up, so that another can be made', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const client = new DynamoDBClient({
      ...CLIENT,
      maxAttempts: 1,
      endpoint: `http://127.0.0.1:${port}`,
      region: 'local',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const orders = dynamoDbOrders(DynamoDBDocumentClient.from(client), config);
    await expect(orders.find({ customerId: 'C', orderId: 'O' }, true)).rejects.toThrow(
      TemporarilyUnavailable,
    );
    client.destroy();
    silent.closeAllConnections();
    silent.close();
  });
});
