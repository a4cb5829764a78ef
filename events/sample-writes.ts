import {
  amend,
  create,
  type CreateOrder,
  remove,
  restore,
  transition,
} from '../src/domain/order-decisions.ts';
import type { Change, Order, OrderEventType, OrderRecord, Transition } from '../src/domain/order.ts';
import type { Result } from '../src/domain/result.ts';
import type { Write } from './emitted.ts';

export interface SampleWrite extends Write {
  type: OrderEventType;
  name: string;
  /** What is special about it. */
  shows: string;
}

const OWNER = 'U1001';
const STAFF = 'U1003';

const by = (actor: string, minute: number, more: Partial<Change> = {}): Change => ({
  at: new Date(Date.UTC(2026, 10, 22, 10, minute)).toISOString(),
  actor,
  correlationId: 'a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f',
  ...more,
});

const decided = <T>(result: Result<T, unknown>): T => {
  if (result.ok) return result.value;
  throw new Error(`a sample is refused: ${JSON.stringify(result.error)}`);
};

const live = (order: Order): OrderRecord => ({ deleted: false, order });

const placed = (fields: Partial<CreateOrder> = {}, before?: OrderRecord): OrderRecord =>
  live(
    decided(
      create(
        { customerId: 'C101', orderId: 'O5001', currency: 'USD', change: by(OWNER, 0), ...fields },
        before,
      ),
    ),
  );

const moved = ({ order }: OrderRecord, name: Transition, change: Change, trackingNumber?: string) =>
  live(decided(transition(order, name, change, trackingNumber)));

const amended = ({ order }: OrderRecord, patch: Parameters<typeof amend>[1]): OrderRecord =>
  live(decided(amend(order, patch, by(OWNER, 1))));

const items = [
  { sku: 'BOOK-7', quantity: 2, unitAmount: 750 },
  { sku: 'PEN-1', quantity: 1, unitAmount: 499 },
];
const one = placed({ items, note: 'Leave it at the door' });
const bare = placed({ amount: 1999 });
const confirmed = moved(one, 'confirm', by(STAFF, 5));
const shipped = moved(confirmed, 'ship', by(STAFF, 65), 'TRK-7781');
const delivered = moved(shipped, 'deliver', by(STAFF, 1500));
const deleted = decided(remove(one, 'staff', by(STAFF, 5, { reason: 'Placed twice' })));

const traced = {
  causationId: 'b7c1d8e4-2f5a-4f0e-8a65-7e9d0c3b1a2f',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};

const write = (type: OrderEventType, name: string, shows: string, states: Write): SampleWrite => ({
  type,
  name,
  shows,
  ...states,
});

/** The plain case of each event and its edges: what the domain decided, before and after. */
export const SAMPLE_WRITES: readonly SampleWrite[] = [
  write('OrderCreated', 'plain', 'items and a note', { after: one }),
  write('OrderCreated', 'no-items', 'an amount alone', { after: bare }),
  write('OrderCreated', 'largest-amount', 'the largest amount, 2^53 - 1', {
    after: placed({ amount: Number.MAX_SAFE_INTEGER }),
  }),
  write(
    'OrderCreated',
    'unicode-note',
    'euros, and a note in several scripts, with quotes and a line break',
    {
      after: placed({ amount: 12_500, currency: 'EUR', note: 'Für Zoë 🎁: “東京へ”,\n\\ and "quotes"' }),
    },
  ),
  write('OrderCreated', 'traced', 'a cause and a trace', {
    after: placed({ amount: 1999, change: by(OWNER, 0, traced) }),
  }),
  write('OrderCreated', 'anew', 'in place of a deleted one: its sequence goes on, its createdAt is later', {
    before: deleted,
    after: placed({ amount: 2500, change: by(OWNER, 30) }, deleted),
  }),
  write('OrderAmended', 'plain', 'fewer items', {
    before: one,
    after: amended(one, { items: items.slice(0, 1) }),
  }),
  write('OrderAmended', 'items-added', 'items where there were none: the previous are null', {
    before: bare,
    after: amended(bare, { items }),
  }),
  write('OrderAmended', 'items-removed', 'no items any more, the amount stays', {
    before: one,
    after: amended(one, { items: null, amount: 1999 }),
  }),
  write('OrderAmended', 'note-added', 'a note where there was none: the previous one is null', {
    before: bare,
    after: amended(bare, { note: 'Ring twice' }),
  }),
  write('OrderConfirmed', 'plain', 'by staff', { before: one, after: confirmed }),
  write('OrderShipped', 'plain', 'a tracking number, which was absent before', {
    before: confirmed,
    after: shipped,
  }),
  write('OrderShipped', 'no-tracking-number', 'no tracking number', {
    before: confirmed,
    after: moved(confirmed, 'ship', by(STAFF, 65)),
  }),
  write('OrderDelivered', 'plain', 'by staff', { before: shipped, after: delivered }),
  write('OrderCancelled', 'plain', 'by the owner, from PENDING', {
    before: one,
    after: moved(one, 'cancel', by(OWNER, 3)),
  }),
  write('OrderCancelled', 'from-confirmed', 'by staff, for a reason, from CONFIRMED', {
    before: confirmed,
    after: moved(confirmed, 'cancel', by(STAFF, 10, { reason: 'Out of stock' })),
  }),
  write('OrderDeleted', 'plain', 'by staff, for a reason', { before: one, after: deleted }),
  write('OrderDeleted', 'by-hand', 'somebody removed the item from the table: the actor is not known', {
    before: one,
    removedByHandAt: '2026-11-22T11:00:00.000Z',
  }),
  write('OrderRestored', 'plain', 'the state that was deleted', {
    before: deleted,
    after: restore(deleted, by(STAFF, 20)),
  }),
  write('OrderExpired', 'plain', 'after its retention, in the last state', { before: delivered }),
];
