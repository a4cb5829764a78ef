import fc from 'fast-check';
import { breaches } from '../src/contract/strict.ts';
import {
  ORDER_EVENT_TYPES,
  type OrderEventEnvelope,
  type OrderEventType,
  SCHEMA_VERSION,
} from '../src/index.ts';
import {
  duplicated,
  InvalidOrderEventError,
  late,
  makeOrderAmended,
  makeOrderCreated,
  makeOrderEvent,
  makeOrderLife,
  makeOrderShipped,
  reordered,
  replayed,
  samples,
} from '../src/testing/index.ts';

const idOf = ({ detail }: OrderEventEnvelope) => detail.metadata.eventId;
const sequences = (events: readonly OrderEventEnvelope[]) =>
  events.map(({ detail }) => detail.metadata.sequence);

describe('the builders', () => {
  it.each(ORDER_EVENT_TYPES)(
    'given %s, then it keeps the contract, with the id that the publisher gives',
    (type) => {
      const event = makeOrderEvent(type);
      expect(event['detail-type']).toBe(type);
      expect(breaches(event)).toEqual([]);
      expect(makeOrderEvent(type)).toEqual(event);
      const { plain } = samples[type];
      const { createdAt, version } = plain.detail.data.order;
      expect(makeOrderEvent(type, { order: { createdAt, version } }).detail.metadata.eventId).toBe(
        idOf(plain),
      );
    },
  );

  it('given overrides, then whatever depends on them follows', () => {
    const items = [{ sku: 'A', quantity: 3, unitAmount: 5 }];
    const event = makeOrderShipped({
      order: { customerId: 'C9', items, trackingNumber: undefined },
      metadata: { sequence: 7 },
    });
    expect(event).toMatchObject({
      time: '2026-11-22T10:06:00Z',
      detail: {
        metadata: { sequence: 7, groupId: 'C9#O5001', occurredAt: '2026-11-22T10:06:00.000Z' },
        data: { order: { amount: 15, version: 7 }, previous: { status: 'CONFIRMED' } },
      },
    });
    expect(event.detail.data.order).not.toHaveProperty('trackingNumber');
    expect(event.detail.data.previous).not.toHaveProperty('trackingNumber');
    expect(idOf(event)).not.toBe(idOf(makeOrderShipped()));
    expect(makeOrderAmended({ order: { amount: 1999 } }).detail.data.previous).toEqual({ amount: 2499 });
    expect(makeOrderCreated({ envelope: { source: 'orders.test' } }).source).toBe('orders.test');
  });

  it.each<[string, () => unknown, string]>([
    [
      'a status of another event',
      () => makeOrderCreated({ order: { status: 'SHIPPED' } }),
      'wanted "PENDING", got "SHIPPED"',
    ],
    [
      'a field that is not told',
      () => makeOrderCreated({ order: { total: 5 } as object }),
      'order.total: the contract has no such field',
    ],
    [
      'a status that does not exist',
      () => makeOrderEvent('OrderDeleted', { order: { status: 'LOST' } }),
      'is no status of the contract',
    ],
    [
      'a sequence that is not the version',
      () => makeOrderCreated({ order: { version: 2 }, metadata: { sequence: 3 } }),
      'sequence: wanted 2',
    ],
    [
      'another contract',
      () => makeOrderCreated({ metadata: { schemaVersion: '1.9' } }),
      `is not ${SCHEMA_VERSION}`,
    ],
    ['half a cent', () => makeOrderCreated({ order: { amount: 0.5 } }), 'wanted a whole number'],
  ])('given %s, then no such event is made', (_, make, complaint) => {
    expect(make).toThrow(InvalidOrderEventError);
    expect(make).toThrow(complaint);
  });
});

const lifeOf = (types: Parameters<typeof makeOrderLife>[0]): OrderEventEnvelope[] | undefined => {
  try {
    return makeOrderLife(types, { customerId: 'C7' });
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return undefined;
  }
};

describe("an order's life", () => {
  const LATER = ORDER_EVENT_TYPES.filter((type) => type !== 'OrderCreated');

  it('given all that can happen, then one event a version, each with what it replaced', () => {
    const life = makeOrderLife([
      'OrderAmended',
      'OrderAmended',
      'OrderConfirmed',
      'OrderShipped',
      'OrderDelivered',
      'OrderDeleted',
      'OrderRestored',
      'OrderExpired',
    ]);
    expect(life.map(({ detail }) => detail.data.previous)).toEqual([
      {},
      { note: null },
      { note: 'Amended in version 2' },
      { status: 'PENDING' },
      { status: 'CONFIRMED', trackingNumber: null },
      { status: 'SHIPPED' },
      {},
      {},
      {},
    ]);
    expect(sequences(life)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('whatever types are given, then the life is one that the contract allows, or it is refused', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LATER), { maxLength: 6 }), (types) => {
        const life = lifeOf(types);
        if (!life) return;
        expect(life.map((event) => event['detail-type'])).toEqual(['OrderCreated', ...types]);
        expect(new Set(life.map(idOf)).size).toBe(life.length);
        for (const [index, { detail }] of life.entries()) {
          const before = life[index - 1]?.detail.data.order;
          for (const [field, value] of Object.entries(detail.data.previous)) {
            expect(before?.[field as 'note'] ?? null).toEqual(value);
            expect(detail.data.order[field as 'note'] ?? null).not.toEqual(value);
          }
        }
      }),
    );
  });

  it.each<[string, Exclude<OrderEventType, 'OrderCreated'>[], string]>([
    [
      'shipped before it is confirmed',
      ['OrderShipped'],
      'OrderShipped does not follow: the order is PENDING',
    ],
    ['amended when it is confirmed', ['OrderConfirmed', 'OrderAmended'], 'the order is CONFIRMED'],
    ['restored when it is not deleted', ['OrderRestored'], 'the order is live'],
    ['confirmed when it is deleted', ['OrderDeleted', 'OrderConfirmed'], 'the order is deleted'],
    ['restored when it has expired', ['OrderExpired', 'OrderRestored'], 'the order is expired'],
  ])('given an order that is %s, then it is refused', (_, types, reason) => {
    expect(() => makeOrderLife(types)).toThrow(reason);
  });
});

describe('the scenarios', () => {
  const lives = fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.integer())
    .map(([length, seed]) => ({ seed, events: makeOrderLife(Array(length).fill('OrderAmended')) }));
  const given = (check: (events: OrderEventEnvelope[], seed: number) => void) =>
    fc.assert(fc.property(lives, ({ events, seed }) => check(events, seed)));
  const sorted = (events: readonly OrderEventEnvelope[]) => [...events].map(idOf).sort();

  it('duplicated: each comes again in its own bytes, one at the least, none before its first time', () => {
    given((events, seed) => {
      const delivered = duplicated(events, { seed });
      expect(delivered.length).toBeGreaterThan(events.length);
      expect(
        delivered.filter(
          (event, place) => delivered.findIndex((other) => idOf(other) === idOf(event)) === place,
        ),
      ).toEqual(events);
      for (const { detail } of delivered) {
        expect(JSON.stringify(detail)).toBe(
          JSON.stringify(events.find((event) => idOf(event) === detail.metadata.eventId)?.detail),
        );
      }
    });
    const ids = (seed: number) => new Set(duplicated(makeOrderLife([]), { seed }).map(({ id }) => id)).size;
    expect([1, 2, 3, 4, 5, 6].map(ids)).toEqual(expect.arrayContaining([1, 2]));
  });

  it('reordered: the same events in another order', () => {
    given((events, seed) => {
      const delivered = reordered(events, { seed });
      expect(sorted(delivered)).toEqual(sorted(events));
      if (events.length > 1) expect(sequences(delivered)).not.toEqual(sequences(events));
    });
  });

  it('late: one comes after all others', () => {
    given((events, seed) => {
      const delivered = late(events, { seed });
      expect(sorted(delivered)).toEqual(sorted(events));
      const rest = sequences(delivered.slice(0, -1));
      expect(rest).toEqual([...rest].sort((a, b) => a - b));
      if (events.length > 1) expect(delivered.at(-1)).not.toBe(events.at(-1));
    });
  });

  it('replayed: all come again, named so, with the ids that they had', () => {
    given((events, seed) => {
      const delivered = replayed(events, { seed, name: 'r' });
      expect(delivered.slice(0, events.length)).toEqual(events);
      const again = delivered.slice(events.length);
      expect(sorted(again)).toEqual(sorted(events));
      expect(again.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
      expect(again.every((event) => event['replay-name'] === 'r')).toBe(true);
    });
  });

  it('given the same seed, then the same deliveries; given no events, then none', () => {
    const events = makeOrderLife(['OrderAmended', 'OrderAmended', 'OrderCancelled']);
    for (const scenario of [duplicated, reordered, late, replayed]) {
      expect(scenario(events, { seed: 7 })).toEqual(scenario(events, { seed: 7 }));
      expect(scenario([])).toEqual([]);
    }
    expect(
      new Set([1, 2, 3, 4].map((seed) => String(sequences(reordered(events, { seed }))))).size,
    ).toBeGreaterThan(1);
  });
});
