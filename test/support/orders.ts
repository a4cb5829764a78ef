import type { Change, Order, OrderRecord, ShippedOrder } from '../../src/domain/order.ts';

export const change = (fields: Partial<Change> = {}): Change => ({
  at: '2026-11-22T10:00:00.000Z',
  actor: 'U1001',
  correlationId: 'corr-1',
  ...fields,
});

export const order = (fields: Partial<Order> = {}): Order => ({
  customerId: 'C101',
  orderId: 'O5001',
  amount: 199,
  currency: 'USD',
  status: 'PENDING',
  createdAt: '2026-11-22T10:00:00.000Z',
  version: 1,
  createHash: 'hash-1',
  change: change(),
  ...fields,
});

/** Has every field that an order can have: the compiler asks for a new one here, and the tests then ask where it went. */
export const whole: Required<ShippedOrder> = {
  customerId: 'C101',
  orderId: 'O5001',
  amount: Number.MAX_SAFE_INTEGER,
  currency: 'USD',
  status: 'SHIPPED',
  items: [{ sku: 'A ☂', quantity: 1, unitAmount: Number.MAX_SAFE_INTEGER }],
  note: 'Grüße 🎉',
  trackingNumber: 'T1',
  createdAt: '2026-11-22T10:00:00.000Z',
  version: 3,
  firstVersion: 2,
  createHash: 'hash-1',
  change: change({ causationId: 'r1', traceparent: '00-1-2-01', reason: 'why' }),
};

export const live = (fields: Partial<Order> = {}): OrderRecord => ({ deleted: false, order: order(fields) });
export const deleted = (fields: Partial<Order> = {}): OrderRecord => ({
  deleted: true,
  order: order(fields),
});
