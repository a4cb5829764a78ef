import type { OrderEventEnvelope } from 'order-events';
import { inMemoryStore, orderedConsumer, sqsHandler } from 'order-events/consumer';
import { duplicated, late, makeOrderLife, makeOrderShipped, reordered, replayed } from 'order-events/testing';
import { recordIn, totalsOn } from '../src/sales.ts';
import { inMemorySales } from './in-memory-sales.ts';

const DAY = '2026-11-22';
const chair = { sku: 'chair', quantity: 2, unitAmount: 4500 };

const day: OrderEventEnvelope[] = [
  ...makeOrderLife(['OrderConfirmed', 'OrderShipped'], { orderId: 'O1', amount: 1999 }),
  ...makeOrderLife(['OrderAmended', 'OrderConfirmed'], { orderId: 'O2', items: [chair], amount: 9000 }),
  ...makeOrderLife(['OrderConfirmed', 'OrderCancelled'], { orderId: 'O3', amount: 500 }),
  ...makeOrderLife(['OrderConfirmed', 'OrderDeleted'], { orderId: 'O4', amount: 700 }),
  ...makeOrderLife(['OrderConfirmed', 'OrderDeleted', 'OrderRestored'], { orderId: 'O5', amount: 300 }),
  ...makeOrderLife([], { orderId: 'O6', amount: 80 }),
  ...makeOrderLife(['OrderConfirmed'], { customerId: 'C102', orderId: 'O1', amount: 1250, currency: 'EUR' }),
];
const totals = { USD: { orders: 3, amount: 1999 + 9000 + 300 }, EUR: { orders: 1, amount: 1250 } };

const projection = () => {
  const sales = inMemorySales();
  const consumer = orderedConsumer({ store: inMemoryStore(), onEvent: recordIn(sales) });
  return { ...consumer, handler: sqsHandler(consumer), totals: () => totalsOn(DAY, sales) };
};
const batches = (events: readonly OrderEventEnvelope[], size: number) =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, n) => ({
    Records: events
      .slice(n * size, (n + 1) * size)
      .map((event, place) => ({ messageId: `${n}.${place}`, body: JSON.stringify(event) })),
  }));

test('given a day of orders, then what was sold is what is confirmed and neither cancelled nor deleted', async () => {
  const { handle, totals: sold } = projection();
  for (const event of day) await handle(event);
  expect(await sold()).toEqual(totals);
});

describe.each([1, 2, 3, 4, 5])('given seed %i', (seed) => {
  test.each([
    ['duplicates', duplicated],
    ['disorder', reordered],
    ['lateness', late],
    ['a replay', replayed],
    [
      'all of it',
      (events: readonly OrderEventEnvelope[], options: { seed: number }) =>
        replayed(duplicated(reordered(events, options), options), options),
    ],
  ])('and %s, then the totals are the same', async (_, scenario) => {
    const { handle, totals: sold } = projection();
    for (const event of scenario(day, { seed })) await handle(event);
    expect(await sold()).toEqual(totals);
  });

  test('and batches from the queue, several at a time, then the totals are the same', async () => {
    const { handler, totals: sold } = projection();
    const answers = await Promise.all(
      batches(duplicated(reordered(day, { seed }), { seed }), 7).map(handler),
    );
    expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
    expect(await sold()).toEqual(totals);
  });
});

test('given that only the last event of an order came, then it counts all the same', async () => {
  const { handle, totals: sold } = projection();
  await handle(makeOrderShipped({ order: { amount: 450 } }));
  expect(await sold()).toEqual({ USD: { orders: 1, amount: 450 } });
});
