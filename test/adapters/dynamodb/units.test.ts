import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dynamoDbKeyedOrders } from '../../../src/adapters/dynamodb/keyed-orders.ts';
import { dynamoDbOrders } from '../../../src/adapters/dynamodb/order-repository.ts';
import { dynamoDbHistory } from '../../../src/adapters/dynamodb/order-history.ts';
import { dynamoDbTimeline } from '../../../src/adapters/dynamodb/order-timeline.ts';
import { dynamoDbUsers } from '../../../src/adapters/dynamodb/user-directory.ts';
import { systemIds } from '../../../src/adapters/ids.ts';
import { amendOrder } from '../../../src/application/amend-order.ts';
import { createOrder } from '../../../src/application/create-order.ts';
import { createOrderOnce } from '../../../src/application/create-order-once.ts';
import { deleteOrder } from '../../../src/application/delete-order.ts';
import { getOrder } from '../../../src/application/get-order.ts';
import { reconcileDay } from '../../../src/application/reconcile-day.ts';
import { restoreOrder } from '../../../src/application/restore-order.ts';
import { transitionOrder } from '../../../src/application/transition-order.ts';
import { historyEntry } from '../../support/history.ts';
import { startEngine } from '../../support/engine.ts';
import { inMemoryPublisher } from '../../support/in-memory-ports.ts';

/** What each operation costs, as the engine counts it, is what docs/cost.md says. */
const SHARDS = 8;
const key = { customerId: 'C101', orderId: 'O5001' };
const staff = {
  actor: 'U1001',
  correlationId: '0b7e7a55-2f0e-4a43-9d0a-8f3a5d2b7c11',
  causationId: 'JKJaXmPLvHcESHA=',
};
const content = {
  items: [
    { sku: 'SKU-1', quantity: 2, unitAmount: 450 },
    { sku: 'SKU-2', quantity: 1, unitAmount: 199 },
  ],
  note: 'Leave it with the neighbours',
};

let engine: Awaited<ReturnType<typeof startEngine>>;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
});

interface Units {
  table: number;
  index: number;
  read: number;
}

const countUnits = () => {
  let units: Units = { table: 0, index: 0, read: 0 };
  const isWrite = (command = ''): boolean => /Put|Write/.test(command);
  engine.documents.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
        const result = await next(args);
        const { ConsumedCapacity = [] } = result.output as {
          ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
        };
        for (const { CapacityUnits = 0, GlobalSecondaryIndexes = {} } of [ConsumedCapacity].flat()) {
          const index = Object.values(GlobalSecondaryIndexes).reduce(
            (sum, each) => sum + (each.CapacityUnits ?? 0),
            0,
          );
          if (!isWrite(commandName)) units.read += CapacityUnits;
          else {
            units.index += index;
            units.table += CapacityUnits - index;
          }
        }
        return result;
      },
    { step: 'initialize', name: 'countUnits' },
  );
  return async (work: () => Promise<unknown>): Promise<Units> => {
    units = { table: 0, index: 0, read: 0 };
    expect([await work()]).not.toMatchObject([{ ok: false }]);
    return { ...units };
  };
};

const documented = (): Record<string, Units> => {
  const text = readFileSync(path.join(__dirname, '../../../docs/cost.md'), 'utf8');
  const rows = [...text.matchAll(/^\| ([^|]+?) +\| +([\d.]+) \| +([\d.]+) \| +([\d.]+) \|/gm)];
  return Object.fromEntries(
    rows.map(([, name = '', table, index, read]) => [
      name,
      { table: Number(table), index: Number(index), read: Number(read) },
    ]),
  );
};

test('given an order of 500 bytes, then each operation costs what docs/cost.md says', async () => {
  await engine.makeTable('Orders');
  await engine.makeIdempotencyTable('IdempotencyKeys');
  await engine.makeHistoryTable('OrderHistory');
  await engine.makeUsersTable('Users');
  const config = {
    ordersTable: 'Orders',
    idempotencyTable: 'IdempotencyKeys',
    indexShards: SHARDS,
    defaultCurrency: 'USD',
    orderRetentionDays: 400,
    deletedRetentionDays: 30,
  };
  const orders = dynamoDbOrders(engine.documents, config);
  const keyedOrders = dynamoDbKeyedOrders(engine.documents, config);
  const history = dynamoDbHistory(engine.documents, {
    historyTable: 'OrderHistory',
    historyRetentionDays: 800,
  });
  const timeline = dynamoDbTimeline(engine.documents, 'OrderHistory');
  const users = dynamoDbUsers(engine.documents, 'Users');
  const use = {
    orders,
    keyedOrders,
    ids: { ...systemIds, newOrderId: () => 'O9999' },
    clock: () => '2026-11-22T10:00:00.000Z',
    defaultCurrency: 'USD',
  };
  const create = createOrder(use);
  const move = transitionOrder(use);
  const asking = { by: staff };
  const page = { limit: 20, direction: 'asc' } as const;

  const measured: Record<string, Units> = {};
  const cost = countUnits();
  const measure = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    measured[name] = await cost(work);
  };
  await measure('create (PUT, or POST without a key)', () => create({ ...key, ...content }, staff));
  const keyed = { customerId: 'C102', ...content };
  await measure('POST under an Idempotency-Key', () => createOrderOnce(use)(keyed, 'key-1', staff));
  await measure('what a request of staff adds', () => users.find('U1001'));
  await measure('read', () => getOrder(use)(key));
  await measure('read, consistent', () => getOrder(use)(key, true));
  await measure('amend', () => amendOrder(use)(key, { note: 'Ring twice' }, { ...asking, ifVersions: [1] }));
  await measure('confirm, ship, deliver, cancel', () => move(key, 'confirm', asking));
  await measure('delete', () => deleteOrder(use)(key, 'staff', asking));
  await measure('restore', () => restoreOrder(use)(key, asking));
  for (let n = 100; n < 140; n += 1) await create({ ...key, orderId: `O${n}`, ...content }, staff);
  await measure("a customer's page of 20", () => orders.list({ by: 'customer', customerId: 'C101' }, page));
  await measure('a page of 20 by status', () => orders.list({ by: 'status', status: 'PENDING' }, page));
  await measure('a page of 20 of a day', () => orders.list({ by: 'date', date: '2026-11-22' }, page));
  await measure('by order id alone', () => orders.list({ by: 'orderId', orderId: 'O5001' }, page));
  await measure('one line of history, per event', () => history.record(historyEntry(1)));
  for (let version = 2; version <= 8; version += 1) await history.record(historyEntry(version));
  await measure('a history of eight versions', () => timeline.read(key, page));

  const many = Array.from({ length: 260 }, (_, n) => ({
    ...key,
    customerId: 'C104',
    orderId: `O${1000 + n}`,
  }));
  await Promise.all(many.map((each) => create({ ...each, ...content }, staff)));
  const inStatus = (status: 'PENDING' | 'SHIPPED') => () =>
    orders.list({ by: 'customer', customerId: 'C104', status }, page);
  await measure("a customer's page of 20 in the status of all", inStatus('PENDING'));
  await measure("a customer's page of 20 in a status of none", inStatus('SHIPPED'));

  const yesterday = createOrder({ ...use, clock: () => '2026-11-21T10:00:00.000Z' });
  const named = Array.from({ length: 20 }, (_, n) => ({ customerId: 'C103', orderId: `O${200 + n}` }));
  for (const each of named) {
    await yesterday({ ...each, ...content }, staff);
    await history.record(historyEntry(1, { ...each, createdAt: '2026-11-21T10:00:00.000Z' }));
  }
  const published = inMemoryPublisher();
  const reconcile = reconcileDay({
    ...use,
    history,
    publisher: published,
    clock: () => '2026-11-22T10:00:00.000Z',
    historyRetentionDays: 800,
  });
  const day = { day: '2026-11-21', until: '2026-11-22T03:00:00.000Z' };
  await measure('reconcile a day of 20 orders', () => reconcile(day, Date.now() + 20_000));
  expect(published.published).toEqual([]);
  await yesterday({ customerId: 'C103', orderId: 'O300', ...content }, staff);
  await measure('the same, and publish one again', () => reconcile(day, Date.now() + 20_000));
  expect(published.published).toHaveLength(1);
  expect(measured).toEqual(documented());
});
