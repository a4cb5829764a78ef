import type { Change, Order, OrderRecord } from '../../src/domain/order.ts';

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

export const live = (fields: Partial<Order> = {}): OrderRecord => ({ deleted: false, order: order(fields) });
export const deleted = (fields: Partial<Order> = {}): OrderRecord => ({
  deleted: true,
  order: order(fields),
});
