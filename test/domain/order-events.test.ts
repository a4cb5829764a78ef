import fc from 'fast-check';
import { amend, create, remove, restore, transition } from '../../src/domain/order-decisions.ts';
import { lastEvent, orderEvents, stating } from '../../src/domain/order-events.ts';
import type { OrderRecord, Transition } from '../../src/domain/order.ts';
import { change, deleted, live, order } from '../support/orders.ts';

const types = (...args: Parameters<typeof orderEvents>) => {
  const events = orderEvents(...args);
  return events.ok ? events.value.map(({ type }) => type) : events.error.reason;
};

describe('the events that a change of an order states', () => {
  it('given a new order, then OrderCreated with the state and nothing previous', () => {
    expect(orderEvents(undefined, live())).toEqual({
      ok: true,
      value: [{ type: 'OrderCreated', sequence: 1, order: order(), previous: {}, change: change() }],
    });
  });

  it('given an amended order, then OrderAmended with the old values, null where there was none', () => {
    const after = live({ version: 2, amount: 250, note: 'n' });
    expect(orderEvents(live(), after)).toMatchObject({
      value: [{ type: 'OrderAmended', sequence: 2, previous: { amount: 199, note: null } }],
    });
  });

  it.each([
    ['PENDING', 'CONFIRMED', 'OrderConfirmed'],
    ['CONFIRMED', 'SHIPPED', 'OrderShipped'],
    ['SHIPPED', 'DELIVERED', 'OrderDelivered'],
    ['PENDING', 'CANCELLED', 'OrderCancelled'],
    ['CONFIRMED', 'CANCELLED', 'OrderCancelled'],
  ] as const)('given %s to %s, then %s', (from, to, type) => {
    expect(orderEvents(live({ status: from }), live({ status: to, version: 2 }))).toMatchObject({
      value: [{ type, previous: { status: from } }],
    });
  });

  it('given a deletion, its undoing, and a new order in its place, then each says so', () => {
    expect(types(live(), deleted({ version: 2 }))).toEqual(['OrderDeleted']);
    expect(types(deleted({ version: 2 }), live({ version: 3 }))).toEqual(['OrderRestored']);
    const anew = live({ version: 3, createdAt: '2026-11-23T00:00:00.000Z' });
    expect(types(deleted({ version: 2 }), anew)).toEqual(['OrderCreated']);
  });

  it('given a live order removed by its retention, then OrderExpired at that time, a version further', () => {
    const removal = { cause: 'expiry', at: '2027-12-27T10:00:00.000Z' } as const;
    expect(orderEvents(live({ version: 3 }), undefined, removal)).toMatchObject({
      value: [
        {
          type: 'OrderExpired',
          sequence: 4,
          change: { at: removal.at, actor: 'system:ttl', correlationId: 'corr-1' },
        },
      ],
    });
  });

  it('given a live order removed by hand, then OrderDeleted; given a deleted one, then nothing', () => {
    const removal = { cause: 'hand', at: '2026-11-23T00:00:00.000Z' } as const;
    expect(orderEvents(live(), undefined, removal)).toMatchObject({
      value: [{ type: 'OrderDeleted', change: { at: removal.at, actor: 'system:unknown' } }],
    });
    expect(types(deleted(), undefined, removal)).toEqual([]);
  });

  it('given a write that changes nothing, then nothing', () => {
    expect(types(live(), live())).toEqual([]);
  });

  it.each<[string, OrderRecord | undefined, OrderRecord | undefined, RegExp]>([
    ['an item made by hand', undefined, live({ version: 0 }), /version 0/],
    ['a new order that is shipped', undefined, live({ status: 'SHIPPED' }), /SHIPPED/],
    ['a deletion out of nothing', undefined, deleted(), /out of nothing/],
    ['a change without a new version', live(), live({ amount: 1 }), /version did not/],
    ['a gap in versions', live(), live({ version: 3, amount: 1 }), /version 3 follows version 1/],
    ['a version that falls', live({ version: 2 }), live({ version: 1 }), /version 1 follows version 2/],
    ['a forbidden transition', live(), live({ version: 2, status: 'DELIVERED' }), /no transition/],
    [
      'a shipped order amended',
      live({ status: 'SHIPPED' }),
      live({ status: 'SHIPPED', version: 2, amount: 1 }),
      /amended/,
    ],
    ['a version without a change', live(), live({ version: 2 }), /nothing else changed/],
    ['another createdAt', live(), live({ version: 2, createdAt: '2026-01-01T00:00:00.000Z' }), /createdAt/],
    ['a deleted order changed', deleted(), deleted({ version: 2 }), /deleted order was changed/],
    [
      'created anew as shipped',
      deleted(),
      live({ version: 2, status: 'SHIPPED', createdAt: '2026-11-23T00:00:00.000Z' }),
      /created anew/,
    ],
    ['no state at all', undefined, undefined, /neither/],
    ['an order that is gone, and nothing of how', live(), undefined, /neither/],
  ])('given %s, then it is not explained, and not guessed', (_, before, after, reason) => {
    expect(types(before, after)).toMatch(reason);
  });

  it('given a change that states nothing, then it cannot be recorded as one', () => {
    expect(() => stating(live(), live())).toThrow('states no event');
    expect(() => stating(live(), live({ version: 5 }))).toThrow('version 5 follows');
    expect(lastEvent(live({ version: 0 }))).toBeUndefined();
  });

  it('given a version that somebody raised by hand, then what the one before stated is not taken for its event', () => {
    const record = stating(undefined, live());
    expect(lastEvent(record)).toMatchObject({ type: 'OrderCreated', sequence: 1 });
    expect(lastEvent({ ...record, order: { ...record.order, version: 2 } })).toBeUndefined();
  });

  it('whatever commands are given, every version has exactly one event, in order, and each can be explained', () => {
    const verb = fc.constantFrom(
      'create',
      'amend',
      'confirm',
      'ship',
      'deliver',
      'cancel',
      'delete',
      'restore',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(verb, fc.nat(3)), { maxLength: 30 }), (commands) => {
        let record: OrderRecord | undefined;
        const sequences: number[] = [];
        for (const [index, [name, amount]] of commands.entries()) {
          const now = change({ at: new Date(Date.UTC(2026, 0, 1) + index).toISOString() });
          const next = decide(name, record, amount, now);
          if (!next || next === record) continue;
          const events = orderEvents(record, next);
          expect(events).toMatchObject({ ok: true, value: [{ sequence: next.order.version }] });
          expect(lastEvent(stating(record, next))).toEqual(events.ok && events.value[0]);
          sequences.push(next.order.version);
          record = next;
        }
        expect(sequences).toEqual(sequences.map((_, index) => index + 1));
      }),
    );
  });
});

const decide = (
  name: string,
  record: OrderRecord | undefined,
  amount: number,
  now: ReturnType<typeof change>,
) => {
  if (name === 'create') {
    const made = create({ customerId: 'C', orderId: 'O', currency: 'USD', amount, change: now }, record);
    return made.ok ? { deleted: false, order: made.value } : undefined;
  }
  if (!record) return undefined;
  if (name === 'delete') {
    const removed = remove(record, 'staff', now);
    return removed.ok ? removed.value : undefined;
  }
  if (name === 'restore') return restore(record, now);
  if (record.deleted) return undefined;
  const result =
    name === 'amend'
      ? amend(record.order, { amount }, now)
      : transition(record.order, name as Transition, now);
  if (!result.ok) return undefined;
  return result.value === record.order ? record : { deleted: false, order: result.value };
};
