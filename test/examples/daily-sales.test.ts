import type { OrderEventEnvelope } from 'order-events';
import { duplicated, makeOrderLife, reordered } from 'order-events/testing';
import type { handler } from '../../examples/daily-sales/src/handler.ts';
import { dynamoDbSales } from '../../examples/daily-sales/src/dynamodb-sales.ts';
import { totalsOn } from '../../examples/daily-sales/src/sales.ts';
import { startEngine } from '../support/engine.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let handle: typeof handler;

beforeAll(async () => {
  engine = await startEngine();
  await engine.makeSalesTable('Sales');
  await engine.makePositionsTable('Positions');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    SALES_TABLE: 'Sales',
    POSITIONS_TABLE: 'Positions',
  });
  ({ handler: handle } = await import('../../examples/daily-sales/src/handler.ts'));
});
afterAll(async () => {
  await engine.stop();
});

const batch = (events: readonly OrderEventEnvelope[]) => ({
  Records: events.map((event, place) => ({ messageId: String(place), body: JSON.stringify(event) })),
});

test('given repeated events out of order, in batches at the same time, then the function keeps the sales of the day', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const orders = [
    makeOrderLife(['OrderConfirmed', 'OrderShipped'], { orderId: 'O1', amount: 1999 }),
    makeOrderLife(['OrderConfirmed', 'OrderCancelled'], { orderId: 'O2', amount: 500 }),
    makeOrderLife(['OrderConfirmed', 'OrderDeleted', 'OrderRestored'], {
      orderId: 'O3',
      amount: 300,
      currency: 'EUR',
    }),
  ].flat();
  const deliveries = duplicated(reordered(orders, { seed: 7 }), { seed: 7 });
  const half = Math.ceil(deliveries.length / 2);
  const answers = await Promise.all(
    [deliveries.slice(0, half), deliveries.slice(half)].map((part) => handle(batch(part))),
  );
  expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
  const sales = dynamoDbSales(engine.documents, 'Sales');
  expect(await totalsOn('2026-11-22', sales)).toEqual({
    USD: { orders: 1, amount: 1999 },
    EUR: { orders: 1, amount: 300 },
  });
  expect(await totalsOn('2026-11-23', sales)).toEqual({});
  warn.mockRestore();
});

test('given a table that cannot be reached, then every message comes again', async () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const { orderedConsumer, sqsHandler } = await import('order-events/consumer');
  const { dynamoDbStore } = await import('order-events/consumer/dynamodb');
  const { recordIn } = await import('../../examples/daily-sales/src/sales.ts');
  const nowhere = recordIn(dynamoDbSales(engine.documents, 'nowhere'));
  const store = dynamoDbStore({ client: engine.documents, tableName: 'Positions' });
  const failing = sqsHandler(orderedConsumer({ store, onEvent: nowhere }));
  const events = makeOrderLife(['OrderConfirmed'], { orderId: 'O9' });
  expect(await failing(batch(events))).toEqual({
    batchItemFailures: [{ itemIdentifier: '0' }, { itemIdentifier: '1' }],
  });
  expect(await handle(batch(events))).toEqual({ batchItemFailures: [] });
  error.mockRestore();
});
