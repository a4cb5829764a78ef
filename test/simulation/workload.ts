import type { OrderKey } from '../../src/domain/order.ts';
import type { Chance } from './chance.ts';
import { UNACCEPTABLE } from './event-bus.ts';
import type { Action } from './history.ts';

const CUSTOMERS = ['C1', 'C2', 'C3'];
const ORDERS = 12;

/** Notes that the bus measures otherwise than a string's length says; two of the largest are too much for one event. */
const LARGE_NOTES = ['☂'.repeat(30_000), '\u0001'.repeat(95_000), '☂'.repeat(100_000)];

/** Few orders, so that clients meet at them. */
export const someOrder = (chance: Chance): OrderKey => ({
  customerId: chance.pick(CUSTOMERS),
  orderId: `O${chance.between(1, ORDERS)}`,
});

export const largeAmend = (chance: Chance): Action => ({
  does: 'amend',
  patch: { note: chance.happens(0.9) ? UNACCEPTABLE : chance.pick(LARGE_NOTES) },
});

/** What a client asks next; `seen` is the version of the order that somebody saw last. */
export const someAction = (chance: Chance, seen: number | undefined): Action => {
  const ifVersion = seen !== undefined && chance.happens(0.3) ? { ifVersion: seen } : {};
  const amount = chance.between(1, 1_000);
  const what = chance.between(1, 100);
  if (what <= 25 || seen === undefined) {
    return { does: 'create', amount, ...(chance.happens(0.3) && { note: `note ${amount}` }) };
  }
  if (what <= 45) {
    const note = chance.pick([undefined, null, `note ${amount}`]);
    const withAmount = note === undefined || chance.happens(0.5);
    return {
      does: 'amend',
      patch: { ...(withAmount && { amount }), ...(note !== undefined && { note }) },
      ...ifVersion,
    };
  }
  if (what <= 75) {
    const does = chance.pick(['confirm', 'confirm', 'ship', 'ship', 'deliver', 'cancel'] as const);
    return { does, ...ifVersion, ...(does === 'ship' && chance.happens(0.5) && { trackingNumber: `T${amount}` }) };
  }
  if (what <= 85) return { does: 'delete', ...ifVersion };
  return chance.happens(0.4) ? { does: 'restore', ...ifVersion } : { does: 'read' };
};
