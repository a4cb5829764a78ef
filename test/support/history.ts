import type { HistoryEntry } from '../../src/domain/order-history.ts';

const createdAt = '2026-11-22T10:00:00.000Z';

export const historyEntry = (version: number, fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
  customerId: 'C101',
  orderId: 'O5001',
  createdAt,
  version,
  eventId: `e${version}`,
  type: 'OrderAmended',
  at: createdAt,
  actor: 'U1001',
  correlationId: 'c1',
  changed: { amount: { from: null, to: version }, items: { from: [{ sku: 'A' }], to: null } },
  ...fields,
});
