import { amendBody, createBody, shipBody } from '../../src/adapters/api-gateway/schemas.ts';
import { toPublished } from '../../src/adapters/eventbridge/published-event.ts';
import { entryBytes, MAX_REQUEST_BYTES } from '../../src/adapters/eventbridge/put-events-calls.ts';
import { isId, ORDER_EVENT_TYPES } from '../../src/domain/order.ts';
import { change, order } from '../support/orders.ts';

// Six bytes as JSON, \u0001: no other character takes more of them for its length.
const text = (length: number) => '\u0001'.repeat(length);
const item = { sku: text(64), quantity: 1_000_000, unitAmount: Number.MAX_SAFE_INTEGER };
const largest = {
  amount: Number.MAX_SAFE_INTEGER,
  items: Array<typeof item>(100).fill(item),
  note: text(1000),
};
const id = 'i'.repeat(64);
const shipping = { reason: text(500), trackingNumber: text(100) };
// All headers of a request, the token among them, have no more than this at API Gateway.
const HEADER_BYTES = 10_240;

describe('the largest order that the API accepts', () => {
  it('is bounded by the input: nothing more of anything is accepted', () => {
    const accepted = (schema: typeof createBody | typeof amendBody | typeof shipBody, body: object) =>
      schema.safeParse(body).success;
    for (const schema of [createBody, amendBody]) {
      expect(accepted(schema, largest)).toBe(true);
      expect(accepted(schema, { ...largest, note: text(1001) })).toBe(false);
      expect(accepted(schema, { ...largest, items: Array(101).fill(item) })).toBe(false);
      expect(accepted(schema, { ...largest, items: [{ ...item, sku: text(65) }] })).toBe(false);
      expect(accepted(schema, { ...largest, more: 1 })).toBe(false);
    }
    expect(accepted(shipBody, shipping)).toBe(true);
    expect(accepted(shipBody, { ...shipping, trackingNumber: text(101) })).toBe(false);
    expect(accepted(shipBody, { ...shipping, reason: text(501) })).toBe(false);
    expect([isId(id), isId(`${id}i`)]).toEqual([true, false]);
  });

  it('7.0 #14 an order too large to tell: has an event that fits four times into a call', () => {
    const told = toPublished({
      type: 'OrderAmended',
      sequence: Number.MAX_SAFE_INTEGER,
      order: order({ ...largest, customerId: id, orderId: id, trackingNumber: shipping.trackingNumber }),
      previous: { ...largest, status: 'DELIVERED', currency: 'USD', trackingNumber: shipping.trackingNumber },
      change: change({ actor: text(HEADER_BYTES), correlationId: 'c'.repeat(128), reason: shipping.reason }),
    });
    const bytes = entryBytes({
      Source: 'orders.service',
      DetailType: told.metadata.type,
      Detail: JSON.stringify(told),
      Time: new Date(0),
    });
    expect(told.data.order.items).toHaveLength(100);
    expect(bytes * 4).toBeLessThan(MAX_REQUEST_BYTES);
    for (const type of ORDER_EVENT_TYPES) expect(type.length).toBeLessThanOrEqual(128);
  });
});
