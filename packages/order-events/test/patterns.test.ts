import fc from 'fast-check';
import {
  InvalidPatternError,
  matches,
  ORDER_EVENT_TYPES,
  type OrderEventEnvelope,
  type OrderFilter,
  patterns,
  validate,
} from '../src/index.ts';
import { makeOrderCreated, makeOrderLife, samples } from '../src/testing/index.ts';

const all: OrderEventEnvelope[] = ORDER_EVENT_TYPES.flatMap((type) =>
  Object.values<OrderEventEnvelope>(samples[type]),
);
const typesMatched = (pattern: object) => [
  ...new Set(all.filter((event) => matches(pattern, event)).map((event) => event['detail-type'])),
];

describe('patterns', () => {
  it('given a type, then it is plain JSON for that type alone', () => {
    expect(
      patterns.orderCreated({ amountAtLeast: 100, amountBelow: 5000, currency: ['EUR', 'USD'] }),
    ).toEqual({
      source: ['orders.service'],
      'detail-type': ['OrderCreated'],
      detail: {
        data: { order: { currency: ['EUR', 'USD'], amount: [{ numeric: ['>=', 100, '<', 5000] }] } },
      },
    });
    expect(typesMatched(patterns.orderCreated())).toEqual(['OrderCreated']);
    expect(typesMatched(patterns.orderAmended())).toEqual(['OrderAmended']);
    expect(typesMatched(patterns.orderConfirmed())).toEqual(['OrderConfirmed']);
    expect(typesMatched(patterns.orderShipped())).toEqual(['OrderShipped']);
    expect(typesMatched(patterns.orderDelivered())).toEqual(['OrderDelivered']);
    expect(typesMatched(patterns.orderCancelled())).toEqual(['OrderCancelled']);
    expect(typesMatched(patterns.orderDeleted())).toEqual(['OrderDeleted']);
    expect(typesMatched(patterns.orderRestored())).toEqual(['OrderRestored']);
    expect(typesMatched(patterns.orderExpired())).toEqual(['OrderExpired']);
  });

  it('given all events, some types, or either of two patterns, then these and no others', () => {
    expect(patterns.all()).toEqual({ source: ['orders.service'] });
    expect(typesMatched(patterns.all())).toEqual([...ORDER_EVENT_TYPES]);
    expect(typesMatched(patterns.of(['OrderDeleted', 'OrderExpired']))).toEqual([
      'OrderDeleted',
      'OrderExpired',
    ]);
    expect(typesMatched(patterns.of('OrderDeleted'))).toEqual(['OrderDeleted']);
    expect(
      typesMatched(patterns.anyOf(patterns.orderCreated(), patterns.orderCancelled({ from: 'CONFIRMED' }))),
    ).toEqual(['OrderCreated', 'OrderCancelled']);
  });

  it('given a change of status, then the events that tell it', () => {
    expect(typesMatched(patterns.statusChanged())).toEqual([
      'OrderConfirmed',
      'OrderShipped',
      'OrderDelivered',
      'OrderCancelled',
    ]);
    expect(typesMatched(patterns.statusChanged({ from: 'PENDING' }))).toEqual([
      'OrderConfirmed',
      'OrderCancelled',
    ]);
    expect(
      typesMatched(patterns.statusChanged({ from: ['CONFIRMED', 'SHIPPED'], to: ['SHIPPED', 'DELIVERED'] })),
    ).toEqual(['OrderShipped', 'OrderDelivered']);
    expect(patterns.statusChanged({ from: 'CONFIRMED', to: 'CANCELLED' })).toEqual({
      source: ['orders.service'],
      'detail-type': ['OrderCancelled'],
      detail: { data: { previous: { status: ['CONFIRMED'] } } },
    });
  });

  it('given what was amended, then amendments of any of these, of items that were null too', () => {
    const amended = (changed: Parameters<typeof patterns.orderAmended>[0]) =>
      Object.entries(samples.OrderAmended)
        .filter(([, event]) => matches(patterns.orderAmended(changed), event))
        .map(([name]) => name);
    expect(amended({ changed: 'amount' })).toEqual(['plain']);
    expect(amended({ changed: 'items' })).toEqual(['plain', 'items-added', 'items-removed']);
    expect(amended({ changed: ['note', 'amount'] })).toEqual(['plain', 'note-added']);
  });

  it('given replays, then without them or they alone', () => {
    const event = makeOrderCreated();
    const again = makeOrderCreated({ envelope: { 'replay-name': 'r' } });
    expect([event, again].map((each) => matches(patterns.all({ replays: 'exclude' }), each))).toEqual([
      true,
      false,
    ]);
    expect([event, again].map((each) => matches(patterns.all({ replays: 'only' }), each))).toEqual([
      false,
      true,
    ]);
  });

  it('given an article, an actor and a source, then only what has them', () => {
    expect(matches(patterns.all({ sku: 'PEN-1' }), samples.OrderCreated.plain)).toBe(true);
    expect(matches(patterns.all({ sku: 'PEN-2' }), samples.OrderCreated.plain)).toBe(false);
    expect(typesMatched(patterns.all({ actor: 'system:ttl' }))).toEqual(['OrderExpired']);
    expect(typesMatched(patterns.all({ source: 'orders.test' }))).toEqual([]);
  });

  const text = fc.constantFrom('C101', 'EUR', 'a"b', '\\', 'Zoë 🎁');
  const oneOrMore = fc.oneof(text, fc.tuple(text, text));
  const bound = fc.integer({ min: 0, max: 5e9 });
  const filters: fc.Arbitrary<OrderFilter> = fc.record(
    {
      customerId: oneOrMore,
      orderId: oneOrMore,
      currency: oneOrMore,
      amountAtLeast: bound,
      sku: oneOrMore,
      actor: oneOrMore,
      replays: fc.constantFrom('exclude', 'only'),
      source: oneOrMore,
    },
    { requiredKeys: [] },
  );
  const includes = (given: string | readonly string[] | undefined, value: string) =>
    given === undefined || [given].flat().includes(value);

  it('whatever the filter, EventBridge accepts the pattern, and it matches what the filter says', () => {
    const events = makeOrderLife(['OrderAmended', 'OrderCancelled'], {
      currency: 'EUR',
      amount: 4_000_000_000,
    });
    fc.assert(
      fc.property(filters, fc.constantFrom(...events), (filter, event) => {
        const pattern = patterns.all(filter);
        expect(validate(pattern)).toEqual([]);
        const { order } = event.detail.data;
        const wanted =
          includes(filter.customerId, order.customerId) &&
          includes(filter.orderId, order.orderId) &&
          includes(filter.currency, order.currency) &&
          (filter.amountAtLeast ?? 0) <= order.amount &&
          filter.sku === undefined &&
          includes(filter.actor, event.detail.metadata.actor) &&
          filter.replays !== 'only' &&
          includes(filter.source, 'orders.service') &&
          (filter.source === undefined ? true : [filter.source].flat().includes('orders.service'));
        expect(matches(pattern, event)).toBe(wanted);
      }),
    );
  });

  it('given an amount that EventBridge does not promise to compare, then it is refused', () => {
    for (const amountAtLeast of [5e9 + 1, -1, 0.5, NaN]) {
      expect(() => patterns.orderCreated({ amountAtLeast })).toThrow(RangeError);
    }
    expect(() => patterns.orderCreated({ amountAtLeast: 10, amountBelow: 10 })).toThrow(InvalidPatternError);
  });

  it('given more than fits into a pattern, then it is refused as EventBridge would', () => {
    const many = Array.from({ length: 500 }, (_, n) => `C${n}0000`) as [string, ...string[]];
    expect(() => patterns.all({ customerId: many })).toThrow(InvalidPatternError);
  });

  it('given nonsense, then it does not compile; and run nonetheless, it is refused or matches nothing', () => {
    // @ts-expect-error There is no such event.
    expect(patterns.orderPlaced).toBeUndefined();
    // @ts-expect-error Nor is there such a filter: without it the pattern would match too much.
    expect(() => patterns.orderCreated({ amountOver: 100 })).toThrow('there is no filter amountOver');
    // @ts-expect-error Only amendments change single fields.
    expect(() => patterns.orderShipped({ changed: 'amount' })).toThrow('there is no filter changed');
    // @ts-expect-error Nobody amends a status.
    expect(() => patterns.orderAmended({ changed: 'status' })).toThrow('never changes status');
    // @ts-expect-error No order goes back.
    expect(() => patterns.statusChanged({ from: 'SHIPPED', to: 'CONFIRMED' })).toThrow(
      'no order goes from SHIPPED to CONFIRMED',
    );
    // @ts-expect-error A shipped order is not cancelled.
    expect(typesMatched(patterns.orderCancelled({ from: 'SHIPPED' }))).toEqual([]);
    // @ts-expect-error None of no customers.
    expect(() => patterns.all({ customerId: [] })).toThrow(InvalidPatternError);
    // @ts-expect-error An amount is a number.
    expect(() => patterns.all({ amountAtLeast: '100' })).toThrow(RangeError);
    // @ts-expect-error There is no such type.
    expect(typesMatched(patterns.of(['OrderPlaced']))).toEqual([]);
    // @ts-expect-error One alone needs no "any of".
    expect(() => patterns.anyOf(patterns.all())).toThrow('at least two');
  });
});
