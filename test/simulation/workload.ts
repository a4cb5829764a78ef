import type { OrderKey, OrderStatus } from '../../src/domain/order.ts';
import type { Chance } from './chance.ts';
import { UNACCEPTABLE } from './event-bus.ts';
import type { Action } from './history.ts';
import type { Seen } from './requests.ts';

const CUSTOMERS = ['C1', 'C2', 'C3'];
const ORDERS = Array.from({ length: 12 }, (_, n) => `O${n + 1}`);

/** Notes whose bytes are many times their characters, so that a few are too much for one call and two for one event. */
const LARGE_NOTES = ['☂'.repeat(60_000), '☂'.repeat(100_000), '\u0001'.repeat(95_000)];

/** Few orders, so that clients meet at them. */
export const someOrder = (chance: Chance): OrderKey => ({
  customerId: chance.pick(CUSTOMERS),
  orderId: chance.pick(ORDERS),
});

export interface Step {
  key: OrderKey;
  action: Action;
}

const amendNote = (key: OrderKey, note: string | null): Step => ({
  key,
  action: { does: 'amend', patch: { note } },
});

/** An order whose event the bus never takes, or several at once whose events are large, and a moment later small again. */
export const hardToPublish = (chance: Chance, seen: (key: OrderKey) => Seen | undefined): Step[][] => {
  if (!chance.happens(0.1)) return [[amendNote(someOrder(chance), UNACCEPTABLE)]];
  const note = chance.pick(LARGE_NOTES);
  const keys = CUSTOMERS.flatMap((customerId) => ORDERS.map((orderId) => ({ customerId, orderId })))
    .filter((key) => seen(key)?.status === 'PENDING')
    .slice(0, 8);
  return [keys.map((key) => amendNote(key, note)), keys.map((key) => amendNote(key, null))];
};

const LIKELY: Record<OrderStatus, readonly Action['does'][]> = {
  PENDING: ['amend', 'amend', 'confirm', 'confirm', 'confirm', 'cancel', 'delete'],
  CONFIRMED: ['ship', 'ship', 'ship', 'cancel', 'delete'],
  SHIPPED: ['deliver', 'deliver', 'delete'],
  DELIVERED: ['delete'],
  CANCELLED: ['delete'],
};
const ANY = ['create', 'amend', 'confirm', 'ship', 'deliver', 'cancel', 'delete', 'restore', 'read'] as const;

const patchOf = (chance: Chance, amount: number) => {
  const note = chance.pick([undefined, null, `note ${amount}`]);
  const withAmount = note === undefined || chance.happens(0.5);
  return { ...(withAmount && { amount }), ...(note !== undefined && { note }) };
};

/** What a client asks next: mostly what goes with what somebody saw of the order last, which may be stale. */
export const someAction = (chance: Chance, seen: Seen | undefined): Action => {
  const sensible = !seen
    ? (['create'] as const)
    : seen.deleted
      ? (['create', 'create', 'restore'] as const)
      : LIKELY[seen.status];
  const does = chance.happens(0.85) ? chance.pick(sensible) : chance.pick(ANY);
  const ifVersion = seen && chance.happens(0.3) ? { ifVersion: seen.version } : {};
  const amount = chance.between(1, 1_000);
  switch (does) {
    case 'create':
      return { does, amount, ...(chance.happens(0.3) && { note: `note ${amount}` }) };
    case 'amend':
      return { does, patch: patchOf(chance, amount), ...ifVersion };
    case 'ship':
      return { does, ...ifVersion, ...(chance.happens(0.5) && { trackingNumber: `T${amount}` }) };
    case 'read':
      return { does };
    default:
      return { does, ...ifVersion };
  }
};
