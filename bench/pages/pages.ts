import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { toItem } from '../../src/adapters/dynamodb/order-item.ts';
import { dynamoDbOrders } from '../../src/adapters/dynamodb/order-repository.ts';
import type { OrderSelection } from '../../src/application/ports.ts';
import { create } from '../../src/domain/order-decisions.ts';
import { startEngine } from '../../test/support/engine.ts';
import { writeResults } from '../results.ts';
import { type Figure, figure } from '../statistics.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
const PAGE = 25;
const ROUNDS = 100;
const WARMING = 200;
const DAYS = 10;
const ORDERS_OF_A_CUSTOMER = 50;
const BATCH = 25;
const WRITERS = 8;
const CONFIG = {
  ordersTable: 'Orders',
  indexShards: 8,
  defaultCurrency: 'USD',
  orderRetentionDays: 400,
  deletedRetentionDays: 30,
};

export interface PageFigures {
  orders: number;
  list: string;
  units: number;
  ms: Figure;
}

export interface Growth {
  pages: PageFigures[];
  /** Orders a second, by eight writers in batches, until there were so many, each with its record in the stream. */
  writes: { orders: number; perSecond: number }[];
}

const LISTS: readonly [name: string, selection: OrderSelection][] = [
  ['by customer', { by: 'customer', customerId: 'C3' }],
  ['by status', { by: 'status', status: 'PENDING' }],
  ['by day', { by: 'date', date: '2026-11-03' }],
];

/** Orders over ten days, fifty to a customer, as the API would have made them. */
const itemOf = (n: number): Record<string, unknown> => {
  const day = String((n % DAYS) + 1).padStart(2, '0');
  const time = new Date(Math.floor(n / DAYS) * 37).toISOString().slice(11);
  const created = create({
    customerId: `C${Math.floor(n / ORDERS_OF_A_CUSTOMER)}`,
    orderId: `O${String(n).padStart(8, '0')}`,
    currency: 'USD',
    items: [
      { sku: 'SKU-1', quantity: 2, unitAmount: 450 },
      { sku: 'SKU-2', quantity: 1, unitAmount: 199 },
    ],
    note: 'Leave it with the neighbours',
    change: { at: `2026-11-${day}T${time}`, actor: 'bench', correlationId: 'bench' },
  });
  if (!created.ok) throw new Error('refused');
  return toItem({ order: created.value, deleted: false }, CONFIG);
};

/** The same pages of tables a thousand times as large: what they read, and how long they take. */
export const pages = async (): Promise<void> => {
  const largest = Number(process.env['BENCH_ORDERS'] ?? SIZES.at(-1));
  const engine = await startEngine();
  try {
    await engine.makeTable('Orders');
    await engine.client.send(
      new UpdateTableCommand({
        TableName: 'Orders',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
    let units = 0;
    engine.documents.middlewareStack.add(
      (next) => async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const result = await next(args);
        const { ConsumedCapacity } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
        units += ConsumedCapacity?.CapacityUnits ?? 0;
        return result;
      },
      { step: 'initialize', name: 'countUnits' },
    );
    const write = async (from: number): Promise<void> => {
      const Orders = Array.from({ length: BATCH }, (_, n) => ({ PutRequest: { Item: itemOf(from + n) } }));
      await engine.documents.send(new BatchWriteCommand({ RequestItems: { Orders } }));
    };
    const orders = dynamoDbOrders(engine.documents, CONFIG);
    const found: PageFigures[] = [];
    const writes: Growth['writes'] = [];
    let written = 0;
    for (const size of SIZES.filter((each) => each <= largest)) {
      console.error(`${size} orders`);
      const [filling, before] = [performance.now(), written];
      while (written < size) {
        await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(written + n * BATCH)));
        written += WRITERS * BATCH;
        if (written % 100_000 === 0) console.error(`${written} written`);
      }
      writes.push({ orders: size, perSecond: ((written - before) * 1000) / (performance.now() - filling) });
      const measured = LISTS.map(([list, selection]) => {
        const page = () => orders.list(selection, { limit: PAGE, direction: 'asc' });
        return { list, page, times: [] as number[], units: 0 };
      });
      // By turns, so that a disturbance meets all lists; warmed, or the last and largest table would have the warmest code.
      for (let round = -WARMING; round < ROUNDS; round += 1) {
        for (const each of measured) {
          units = 0;
          const start = performance.now();
          const { orders: listed } = await each.page();
          if (listed.length !== PAGE) throw new Error(`${each.list}: ${listed.length} orders in a page`);
          if (round < 0) continue;
          each.times.push(performance.now() - start);
          each.units += units;
        }
      }
      for (const { list, times, units: read } of measured) {
        found.push({ orders: size, list, units: read / ROUNDS, ms: figure(times) });
      }
    }
    const growth: Growth = { pages: found, writes };
    writeResults('pages', growth);
  } finally {
    await engine.stop();
  }
};
