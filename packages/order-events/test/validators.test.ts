import { ORDER_EVENT_TYPES } from '../src/index.ts';
import { makeOrderCreated, makeOrderEvent, makeOrderShipped, samples } from '../src/testing/index.ts';
import { InvalidOrderEventError, orderEvent, orderEventOf } from '../src/validators.ts';

type Fields = Record<string, unknown>;

/** A shipped order's event with other values at these paths; without what is undefined. */
const changed = (values: Fields): unknown => {
  const event: unknown = structuredClone(samples.OrderShipped.plain);
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const inner = keys.reduce((outer, key) => outer[key] as Fields, event as Fields);
    inner[last] = value;
  }
  return JSON.parse(JSON.stringify(event));
};
const complaints = (input: unknown): string => {
  const result = orderEvent.safeParse(input);
  return result.success ? '' : result.error.message;
};

describe('the validator of events', () => {
  it.each(ORDER_EVENT_TYPES)('given %s, then it is returned as it is, by its own validator too', (type) => {
    const event = makeOrderEvent(type);
    expect(orderEvent.parse(event)).toBe(event);
    expect(orderEventOf(type).parse(event)).toBe(event);
  });

  it('given what a later release adds, then it passes: fields, statuses and minor versions', () => {
    const later = changed({
      'detail.data.order.giftWrap': { paper: 'red' },
      'detail.data.previous.status': 'PACKED',
      'detail.metadata.schemaVersion': '1.12',
      traceHeader: 'x',
    });
    expect(orderEvent.parse(later)).toEqual(later);
  });

  it.each<[string, string, unknown, string]>([
    ['a missing field', 'detail.data.order.amount', undefined, 'wanted a number, got nothing'],
    ['an amount that is text', 'detail.data.order.amount', '1999', 'got "1999"'],
    ['half a cent', 'detail.data.order.amount', 0.5, 'wanted a whole number, got 0.5'],
    ['less than nothing', 'detail.data.order.amount', -1, 'wanted at least 0, got -1'],
    ['a sequence of 0', 'detail.metadata.sequence', 0, 'wanted at least 1, got 0'],
    ['no time', 'detail.metadata.occurredAt', 'today', 'wanted a datetime, got "today"'],
    ['no UUID', 'detail.metadata.eventId', '1', 'wanted a uuid'],
    ['a currency in words', 'detail.data.order.currency', 'dollars', 'wanted text that matches /^[A-Z]{3}$/'],
    ['a status of another event', 'detail.data.order.status', 'PENDING', 'wanted "SHIPPED", got "PENDING"'],
    ['a type of another event', 'detail.metadata.type', 'OrderCreated', 'wanted "OrderShipped"'],
    ['no status before', 'detail.data.previous.status', undefined, 'got nothing'],
    ['items in no list', 'detail.data.order.items', {}, 'wanted an array, got an object with'],
    ['an item without sku', 'detail.data.order.items.0.sku', undefined, 'wanted a string'],
    ['the next major version', 'detail.metadata.schemaVersion', '2.0', 'got "2.0"'],
  ])('given %s, then it is named with its place', (_, path, value, complaint) => {
    expect(complaints(changed({ [path]: value }))).toMatch(`- ${path}: `);
    expect(complaints(changed({ [path]: value }))).toContain(complaint);
  });

  it.each([
    ['the text of an event', JSON.stringify(samples.OrderShipped.plain), 'wanted an event with detail-type'],
    ['a batch of messages', { Records: [] }, "as a rule's target gets it, got an object with Records"],
    ['its detail alone', samples.OrderShipped.plain.detail, 'got an object with metadata, data'],
    ['nothing', undefined, 'got nothing'],
    [
      'an event that a later release has',
      { 'detail-type': 'OrderReturned' },
      'detail-type: this release knows no event "OrderReturned"',
    ],
    ['a name that every object has', { 'detail-type': 'constructor' }, 'knows no event'],
  ])('given %s, then it says what is wanted', (_, input, complaint) => {
    expect(complaints(input)).toContain(complaint);
  });

  it('given an event of another type, then the validator of one type refuses it', () => {
    expect(() => orderEventOf('OrderCreated').parse(makeOrderShipped())).toThrow(
      'detail-type: wanted OrderCreated, got OrderShipped',
    );
    expect(() => orderEventOf('OrderCreated').parse({})).toThrow(InvalidOrderEventError);
  });

  it('given whoever takes a Standard Schema, then it serves as one', () => {
    const { version, vendor, validate } = orderEvent['~standard'];
    const event = makeOrderCreated();
    expect({ version, vendor }).toEqual({ version: 1, vendor: 'order-events' });
    expect(validate(event)).toEqual({ value: event });
    const refused = validate({ 'detail-type': 'OrderCreated', detail: 1 });
    expect(refused).toHaveProperty(
      'issues',
      expect.arrayContaining([{ path: ['detail'], message: 'wanted an object, got 1' }]),
    );
  });
});
