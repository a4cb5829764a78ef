import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { eventBytes, itemBytes, MAX_ITEM_BYTES } from '../../../src/adapters/dynamodb/item-size.ts';
import { dynamoDbOrders } from '../../../src/adapters/dynamodb/order-repository.ts';
import { fromItem, toItem } from '../../../src/adapters/dynamodb/order-item.ts';
import { toPublished } from '../../../src/adapters/eventbridge/published-event.ts';
import { OrderTooLarge } from '../../../src/application/ports.ts';
import type { OrderRecord } from '../../../src/domain/order.ts';
import { lastEvent, stating } from '../../../src/domain/order-events.ts';
import { unicodeText } from '../../support/unicode-text.ts';
import { config } from '../../support/api.ts';
import { startEngine } from '../../support/engine.ts';
import { change, live } from '../../support/orders.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
beforeAll(async () => {
  engine = await startEngine();
  await engine.makeTable('Orders');
});
afterAll(() => engine.stop());

const orders = () => dynamoDbOrders(engine.documents, config);
const noted = (note: string): OrderRecord => stating(undefined, live({ note }));
const room = MAX_ITEM_BYTES - itemBytes(toItem(noted(''), config));

it.each<[object, number]>([
  [{}, 0],
  [{ ab: undefined }, 3],
  [{ a: 'x' }, 3],
  [{ ä: '€' }, 6],
  [{ a: 1 }, 23],
  [{ a: true, b: null }, 6],
  [{ a: [] }, 5],
  [{ a: ['xy', 1] }, 30],
  [{ a: { b: 'x' } }, 8],
])('%j takes %i bytes at the most: names and values in UTF-8, and what holds them', (item, bytes) => {
  expect(itemBytes(item)).toBe(bytes);
});

describe('an item near the limit', () => {
  it.each(['x', '€', '🎉'])(
    'given a note of %s that fits, then the table takes it; one byte more is refused',
    async (letter) => {
      const most = Math.floor(room / Buffer.byteLength(letter));
      const fits = noted(letter.repeat(most));
      expect(
        await orders().save(
          { ...fits, order: { ...fits.order, orderId: letter.charCodeAt(0).toString() } },
          undefined,
        ),
      ).toEqual({
        saved: true,
      });
      await expect(orders().save(noted(letter.repeat(most + 1)), undefined)).rejects.toThrow(OrderTooLarge);
      expect(await orders().find(live().order, true)).toBeUndefined();
    },
  );

  it('given an order made by hand that has no room for what a change adds, then the change is refused', async () => {
    const Item = { customerId: 'C101', orderId: 'big', amount: 1, note: 'x'.repeat(MAX_ITEM_BYTES - 120) };
    await engine.documents.send(new PutCommand({ TableName: 'Orders', Item }));
    const record = await orders().find({ customerId: 'C101', orderId: 'big' }, true);
    if (!record) throw new Error('not found');
    const next = { deleted: false, order: { ...record.order, version: 1 } };
    await expect(orders().save(next, 0)).rejects.toThrow(/^It would take \d+ bytes/);
  });

  it('given a note that fits the table and not an event, then it is refused', async () => {
    await expect(orders().save(noted('\u0001'.repeat(200_000)), undefined)).rejects.toThrow(
      /^Its event would take/,
    );
  });
});

it('whatever the order and its change say, then its event takes no more than was counted', () => {
  const text = unicodeText({ maxLength: 40 });
  const items = fc.array(fc.record({ sku: text, quantity: fc.nat(), unitAmount: fc.maxSafeNat() }), {
    maxLength: 4,
  });
  const content = fc.record({ amount: fc.maxSafeNat(), note: text, items }, { requiredKeys: ['amount'] });
  const context = fc.record(
    { actor: text, correlationId: text, causationId: text, traceparent: text, reason: text },
    { requiredKeys: ['actor', 'correlationId'] },
  );
  fc.assert(
    fc.property(content, content, context, (old, now, by) => {
      const before = live({ ...old, amount: 1 });
      const after = live({ ...now, amount: 2, version: 2, change: change(by) });
      const record = stating(before, after);
      const event = lastEvent(record);
      if (!event) throw new Error('no event');
      const told = Buffer.byteLength(JSON.stringify(toPublished(event)) + event.type + 'orders.service') + 14;
      const item = toItem(record, config);
      expect(told).toBeLessThanOrEqual(eventBytes(item));
      expect(fromItem(item, 'USD')).toEqual(record);
    }),
  );
});
