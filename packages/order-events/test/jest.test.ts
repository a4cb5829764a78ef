import { InvalidPatternError, misnamed, patterns } from '../src/index.ts';
import { toMatchEventPattern } from '../src/jest.ts';
import { makeOrderCreated, samples } from '../src/testing/index.ts';

const failure = (assertion: () => void): string => {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('expect(event).toMatchEventPattern(pattern)', () => {
  const event = makeOrderCreated({ order: { amount: 80 } });

  it('given an event that the rule matches, then it passes, as text too', () => {
    expect(event).toMatchEventPattern(patterns.orderCreated());
    expect(JSON.stringify(event)).toMatchEventPattern(JSON.stringify(patterns.orderCreated()));
    expect(event).not.toMatchEventPattern(patterns.orderShipped());
  });

  it('given one that it does not match, then the failure names the field and the clause', () => {
    const message = failure(() =>
      expect(event).toMatchEventPattern(patterns.orderCreated({ amountAtLeast: 100 })),
    );
    expect(message).toBe(
      [
        'The rule does not match the event: detail.data.order.amount is 80, wanted numeric [">=",100].',
        '',
        '  + detail-type               equals "OrderCreated"    "OrderCreated"',
        '  - detail.data.order.amount  numeric [">=",100]       80',
        '  + source                    equals "orders.service"  "orders.service"',
      ].join('\n'),
    );
  });

  it('given a field that no event has, then it says which one may be meant', () => {
    const pattern = { detail: { order: { amount: [80] } } };
    expect(failure(() => expect(event).toMatchEventPattern(pattern))).toContain(
      'no event of orders has detail.order.amount: did you mean detail.data.order.amount or detail.data.previous.amount?',
    );
    expect(misnamed('detail.data.order.items')).toBe(
      'detail.data.order.items holds fields of its own: ask for one of them',
    );
    expect(misnamed('detail.total')).toBe('no event of orders has detail.total');
    expect(misnamed('detail.data.order.items.sku')).toBeUndefined();
  });

  it('given a field that this event happens not to have, then no other name is suggested', () => {
    const message = failure(() => expect(event).toMatchEventPattern(patterns.all({ sku: 'PEN-1' })));
    expect(message).toContain('the event has nothing there');
    expect(message).not.toContain('no event of orders');
  });

  it('given a value that no event has there, then it says that none ever will', () => {
    const shipped = { 'detail-type': ['OrderCreated'], detail: { data: { order: { status: ['SHIPPED'] } } } };
    expect(failure(() => expect(event).toMatchEventPattern(shipped))).toContain(
      'No event of orders will ever match: detail.data.order.status is "PENDING"',
    );
    expect(failure(() => expect(event).toMatchEventPattern(patterns.orderShipped()))).not.toContain('ever');
  });

  it('given alternatives, then each way is told', () => {
    const either = patterns.anyOf(patterns.orderShipped(), patterns.orderCancelled());
    expect(failure(() => expect(event).toMatchEventPattern(either))).toMatch(
      /- way 1: detail-type .*"OrderShipped"[^]*- way 2: detail-type .*"OrderCancelled"/,
    );
  });

  it('given a match inside of two different items, then it says so', () => {
    const apart = { detail: { data: { order: { items: { sku: ['BOOK-7'], quantity: [1] } } } } };
    expect(failure(() => expect(samples.OrderCreated.plain).toMatchEventPattern(apart))).toContain(
      'in another element of the array',
    );
  });

  it('given a match that should not be, then the failure shows what matched', () => {
    const message = failure(() => expect(event).not.toMatchEventPattern(patterns.orderCreated()));
    expect(message).toContain('The rule matches the event, and should not.');
    expect(message).toContain('+ detail-type');
  });

  it('given a pattern that EventBridge would refuse, then neither way passes', () => {
    const refused = { source: 'orders.service' };
    expect(() => expect(event).toMatchEventPattern(refused)).toThrow(InvalidPatternError);
    expect(() => expect(event).not.toMatchEventPattern(refused)).toThrow('$.source');
  });

  it('given another runner, then the matcher can be handed to its expect.extend', () => {
    expect(toMatchEventPattern(event, patterns.orderCreated()).pass).toBe(true);
  });
});
