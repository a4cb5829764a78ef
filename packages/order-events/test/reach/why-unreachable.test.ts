import fc from 'fast-check';
import { matches, ORDER_EVENT_TYPES, patterns } from 'order-events';
import { makeOrderEvent, makeOrderLife } from 'order-events/testing';
import { whyUnreachable } from '../../src/reach/why-unreachable.ts';

const order = (fields: object) => ({ detail: { data: { order: fields } } });
const previous = (type: string, fields: object) => ({
  'detail-type': [type],
  detail: { data: { previous: fields } },
});

test.each<[string, object, string]>([
  ['another source', { source: ['order.service'] }, 'source is "orders.service", wanted "order.service"'],
  [
    'a field at another place',
    { detail: { order: { amount: [1] } } },
    'no event of orders has detail.order.amount: did you mean detail.data.order.amount or detail.data.previous.amount?',
  ],
  [
    'the whole of a rule',
    { EventPattern: { source: ['orders.service'] } },
    'no event of orders has EventPattern.source: did you mean source?',
  ],
  ['a field that is none', { detail: { colour: ['red'] } }, 'no event of orders has detail.colour'],
  [
    'an amount as text',
    order({ amount: ['1999'] }),
    'detail.data.order.amount is a whole number, wanted "1999"',
  ],
  [
    'an amount between two',
    order({ amount: [{ numeric: ['>', 5, '<', 6] }] }),
    'detail.data.order.amount is a whole number, wanted numeric [">",5,"<",6]',
  ],
  [
    'an amount below all',
    order({ amount: [{ numeric: ['<', 0] }] }),
    'detail.data.order.amount is a whole number, wanted numeric ["<",0]',
  ],
  [
    'a customer as a number',
    order({ customerId: [101] }),
    'detail.data.order.customerId is text, wanted 101',
  ],
  [
    'a currency that is none',
    order({ currency: ['EURO'] }),
    'detail.data.order.currency is text that matches ^[A-Z]{3}$, wanted "EURO"',
  ],
  [
    'a status that is none',
    order({ status: ['SHIPED'] }),
    'detail.data.order.status is "PENDING" or "CONFIRMED" or "SHIPPED" or "DELIVERED" or "CANCELLED", wanted "SHIPED"',
  ],
  [
    'what is always there, absent',
    order({ orderId: [{ exists: false }] }),
    'detail.data.order.orderId is text, wanted exists false',
  ],
  [
    'an object where values are asked for',
    { detail: { data: [{ exists: true }] } },
    'detail.data holds fields of its own: ask for one of them',
  ],
  [
    'a status that another event has',
    { 'detail-type': ['OrderShipped'], ...order({ status: ['PENDING'] }) },
    'detail.data.order.status is "SHIPPED" in OrderShipped, wanted "PENDING"',
  ],
  [
    'what an event never has',
    previous('OrderCreated', { amount: [{ exists: true }] }),
    'no OrderCreated has detail.data.previous.amount',
  ],
  [
    'ways that all lead nowhere',
    { $or: [{ source: ['x'] }, { ...order({ amount: [true] }), source: ['y'] }] },
    'source is "orders.service", wanted "x"',
  ],
])('given %s, then it says what stands against it', (_, pattern, why) => {
  expect(whyUnreachable(pattern)).toBe(why);
});

test('given a type that is none, then it names those that there are', () => {
  expect(whyUnreachable({ 'detail-type': ['OrderShiped'] })).toBe(
    `detail-type is ${ORDER_EVENT_TYPES.map((type) => `"${type}"`).join(' or ')}, wanted "OrderShiped"`,
  );
});

test.each<[string, object]>([
  ['every event', { source: ['orders.service'] }],
  ['a prefix of types', { 'detail-type': [{ prefix: 'Order' }] }],
  ['a prefix of a form', order({ currency: [{ prefix: 'E' }] })],
  ['an item', order({ items: { sku: ['chair'] } })],
  ['what may be absent', order({ note: [{ exists: false }] })],
  ['items that were added', previous('OrderAmended', { items: [null] })],
  ['no replays', { 'replay-name': [{ exists: false }] }],
  ['one way of two', { $or: [{ source: ['x'] }, order({ amount: [{ numeric: ['>=', 0] }] })] }],
  ['JSON text', JSON.parse('{"detail":{"metadata":{"actor":[{"wildcard":"U*"}]}}}') as object],
])('given a pattern for %s, then it may match', (_, pattern) => {
  expect(whyUnreachable(pattern)).toBeUndefined();
});

test('given the source of another stage, then that is the one', () => {
  const pattern = { source: ['orders.staging'] };
  expect(whyUnreachable(pattern)).toContain('source is "orders.service"');
  expect(whyUnreachable(pattern, { source: 'orders.staging' })).toBeUndefined();
});

test('given what is no pattern, then it is refused as EventBridge would', () => {
  expect(() => whyUnreachable({ detail: 'x' })).toThrow('$.detail: a field takes');
});

test('given patterns of the builders, then none is held to be unreachable', () => {
  const built = [
    patterns.all({ replays: 'exclude' }),
    patterns.of(['OrderShipped', 'OrderDelivered'], { sku: 'chair' }),
    patterns.orderAmended({ changed: ['amount', 'items', 'note'] }),
    patterns.orderCancelled({ from: 'CONFIRMED', amountAtLeast: 10_000 }),
    patterns.statusChanged({ from: 'PENDING', currency: ['EUR', 'USD'] }),
    patterns.anyOf(patterns.orderCreated(), patterns.orderExpired({ actor: 'system:ttl' })),
  ];
  for (const pattern of built) expect([pattern, whyUnreachable(pattern)]).toEqual([pattern, undefined]);
});

describe('given any event, and any pattern that matches it', () => {
  type Leaf = [path: string[], value: string | number | null];
  const leavesOf = (value: unknown, path: string[] = []): Leaf[] => {
    if (Array.isArray(value)) return value.flatMap((one) => leavesOf(one, path));
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([name, one]) => leavesOf(one, [...path, name]));
    return [[path, value as string | number | null]];
  };
  const events = [
    ...ORDER_EVENT_TYPES.map((type) => makeOrderEvent(type)),
    ...makeOrderLife(['OrderAmended', 'OrderDeleted', 'OrderRestored', 'OrderCancelled'], {
      items: [{ sku: 'chair', quantity: 2, unitAmount: 4500 }],
    }),
  ];
  const alternativesFor = (value: string | number | null): fc.Arbitrary<unknown> => {
    const common = [value, { exists: true }, { 'anything-but': ['no such value'] }];
    if (typeof value === 'number')
      return fc.constantFrom<unknown>(
        ...common,
        { numeric: ['>=', value] },
        { numeric: ['>', value - 0.5, '<', value + 0.5] },
      );
    if (value === null) return fc.constantFrom<unknown>(null, { exists: true });
    return fc.constantFrom<unknown>(
      ...common,
      { prefix: value.slice(0, 3) || value },
      { suffix: value.slice(-2) },
      { 'equals-ignore-case': value.toLowerCase() },
      { wildcard: `${value.slice(0, 2)}*` },
    );
  };
  const nested = ([first = '', ...rest]: string[], value: unknown): object => ({
    [first]: rest.length === 0 ? value : nested(rest, value),
  });
  const merged = (into: Record<string, unknown>, from: object): Record<string, unknown> => {
    for (const [name, value] of Object.entries(from)) {
      into[name] =
        Array.isArray(value) || !(name in into)
          ? value
          : merged(into[name] as Record<string, unknown>, value as object);
    }
    return into;
  };

  test('then it may match', () => {
    const pairs = fc.constantFrom(...events).chain((event) =>
      fc
        .subarray(leavesOf(event), { minLength: 1, maxLength: 5 })
        .chain((leaves) =>
          fc.tuple(
            ...leaves.map(([path, value]) => alternativesFor(value).map((one) => nested(path, [one]))),
          ),
        )
        .map((parts) => ({ event, pattern: parts.reduce<Record<string, unknown>>(merged, {}) })),
    );
    fc.assert(
      fc.property(pairs, ({ event, pattern }) => {
        fc.pre(matches(pattern, event));
        expect(whyUnreachable(pattern)).toBeUndefined();
      }),
      { numRuns: 500 * Number(process.env['PROPERTY_TIMES'] ?? 1) },
    );
  });
});
