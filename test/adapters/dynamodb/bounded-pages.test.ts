import { BatchWriteCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { dynamoDbOrders } from '../../../src/adapters/dynamodb/order-repository.ts';
import { toItem } from '../../../src/adapters/dynamodb/order-item.ts';
import type { OrderRepository, OrderSelection } from '../../../src/application/ports.ts';
import type { Order } from '../../../src/domain/order.ts';
import { startEngine } from '../../support/engine.ts';
import { live } from '../../support/orders.ts';

const SHARDS = 8;
const LIMIT = 25;
const FEW = 200;
const MANY = 2000;
const day = '2026-11-22';

let engine: Awaited<ReturnType<typeof startEngine>>;
let few: OrderRepository;
let many: OrderRepository;
/** What the Queries since it was emptied say they read. */
let read: { items: number; units: number }[] = [];

/** Half of the orders are C101's, each tenth of them is confirmed, and each five have one time of creation. */
const ordersOf = (count: number): Order[] =>
  Array.from({ length: count }, (_, n) => {
    const createdAt = new Date(Date.parse(day) + Math.floor(n / 5) * 1000).toISOString();
    const customerId = n % 2 ? 'C101' : `C${200 + n}`;
    const status = n % 20 === 1 ? 'CONFIRMED' : 'PENDING';
    return live({ customerId, orderId: `O${10_000 + n}`, createdAt, status }).order;
  });

const filled = async (count: number): Promise<OrderRepository> => {
  const ordersTable = `Orders-${count}`;
  await engine.makeTable(ordersTable);
  const retention = { indexShards: SHARDS, orderRetentionDays: 400, deletedRetentionDays: 30 };
  const requests = ordersOf(count).map((order) => ({
    PutRequest: { Item: toItem({ order, deleted: false }, retention) },
  }));
  for (let at = 0; at < requests.length; at += 25) {
    const RequestItems = { [ordersTable]: requests.slice(at, at + 25) };
    await engine.documents.send(new BatchWriteCommand({ RequestItems }));
  }
  return dynamoDbOrders(engine.documents, { ...retention, ordersTable, defaultCurrency: 'USD' });
};

beforeAll(async () => {
  engine = await startEngine();
  engine.documents.middlewareStack.add(
    (next) => async (args) => {
      const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' };
      const answer = await next({ ...args, input: input });
      const { ScannedCount, ConsumedCapacity } = answer.output as Partial<QueryCommandOutput>;
      if (ScannedCount !== undefined)
        read.push({ items: ScannedCount, units: ConsumedCapacity?.CapacityUnits ?? NaN });
      return answer;
    },
    { step: 'initialize', name: 'readUnits' },
  );
  [few, many] = [await filled(FEW), await filled(MANY)];
}, 120_000);
afterAll(async () => {
  await engine.stop();
});

/** The most that one of the first pages read. */
const mostRead = async (orders: OrderRepository, selection: OrderSelection, direction: 'asc' | 'desc') => {
  const most = { items: 0, units: 0 };
  let after: string | undefined;
  for (let page = 0; page < 12; page += 1) {
    read = [];
    const answer = await orders.list(selection, { limit: LIMIT, direction, ...(after && { after }) });
    most.items = Math.max(
      most.items,
      read.reduce((sum, { items }) => sum + items, 0),
    );
    most.units = Math.max(
      most.units,
      read.reduce((sum, { units }) => sum + units, 0),
    );
    after = answer.next;
    if (after === undefined) break;
  }
  return most;
};

/** What the merge promises: of each shard, no more than was returned of it and one chunk. */
const MERGED = LIMIT + SHARDS * (Math.ceil(LIMIT / SHARDS) + 3);

/** A page that finds little looks at so many orders, and leaves the rest to the next one. */
const FILTERED = 10 * (LIMIT + 1);

describe('a page', () => {
  const mine = { by: 'customer', customerId: 'C101' } as const;
  it.each<[string, OrderSelection, items: number, units: number]>([
    ['a customer', mine, LIMIT + 1, 1],
    ['a customer, consistent', { ...mine, consistent: true }, LIMIT + 1, 2],
    ['a customer in a frequent status', { ...mine, status: 'PENDING' }, FILTERED, 2],
    ['a customer in a rare status', { ...mine, status: 'CONFIRMED' }, FILTERED, 10],
    ['a customer in a status of none', { ...mine, status: 'SHIPPED' }, FILTERED, 10],
    ['a status', { by: 'status', status: 'PENDING' }, MERGED, 4],
    ['a day', { by: 'date', date: day }, MERGED, 4],
    ['a part of a day', { by: 'date', date: day, from: `${day}T00:00:10.000Z` }, MERGED, 4],
    ['an order id', { by: 'orderId', orderId: 'O10001' }, LIMIT + 1, 0.5],
  ])('of %s reads no more in a table ten times as large', async (_, selection, items, units) => {
    for (const direction of ['asc', 'desc'] as const) {
      const large = await mostRead(many, selection, direction);
      expect(large.items).toBeLessThanOrEqual(items);
      expect(large.units).toBe(units);
      const small = await mostRead(few, selection, direction);
      expect(small.items).toBeLessThanOrEqual(large.items);
      expect(small.units).toBeLessThanOrEqual(units);
    }
  });

  it.each([
    [LIMIT, FILTERED],
    [1, 250],
  ])('given a status of none, then pages of %i are empty, and lead to the end', async (limit, looked) => {
    const selection: OrderSelection = { ...mine, status: 'SHIPPED' };
    let [pages, after]: [number, string | undefined] = [0, undefined];
    do {
      const page = await many.list(selection, { limit, direction: 'asc', ...(after && { after }) });
      expect(page.orders).toEqual([]);
      [pages, after] = [pages + 1, page.next];
    } while (after !== undefined);
    expect(pages).toBe(Math.floor(MANY / 2 / looked) + 1);
  });
});
