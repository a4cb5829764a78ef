import { ORDER_EVENT_TYPES } from 'order-events';
import { orderEvent as validator } from 'order-events/validators';
import { run } from './support.ts';

/** Nothing is asked of it. */
const nowhere = 'http://127.0.0.1:9';
const sample = (...args: string[]) => run(nowhere, ['events', 'sample', ...args]);

describe('orders events sample', () => {
  test.each(ORDER_EVENT_TYPES)('given %s, then an event of it', async (type) => {
    const { code, json, err } = await sample(type);
    expect([code, err]).toEqual([0, '']);
    expect(validator.parse(json())['detail-type']).toBe(type);
  });

  test('given a case, then that one', async () => {
    const { json } = await sample('OrderShipped', 'no-tracking-number');
    expect(json()).toMatchObject({ detail: { data: { order: { status: 'SHIPPED' } } } });
    expect((await sample('OrderShipped', 'no-tracking-number')).out).not.toContain('trackingNumber');
  });

  test('given --list, or nothing, then the types with their cases', async () => {
    const { code, out } = await sample('--list');
    expect(code).toBe(0);
    expect(out).toMatch(/^OrderShipped +plain, no-tracking-number$/m);
    expect((await sample()).out).toBe(out);
    const { json } = await sample('--list', '--json');
    expect(json()).toMatchObject({ samples: ORDER_EVENT_TYPES.map((type) => ({ type })) });
  });

  test.each([
    [['OrderShiped'], 'There is no event "OrderShiped". Did you mean OrderShipped?'],
    [['x'], 'There is no event "x". There are: OrderCreated, '],
    [
      ['OrderShipped', 'late'],
      'There is no example "late" of OrderShipped. There are: plain, no-tracking-number.',
    ],
    [['OrderShipped', 'plain', 'x'], '"x" is one argument too many.'],
  ])('given %j, then it ends with 2, and says what there is', async (args, why) => {
    expect(await sample(...args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(why) as string,
    });
  });
});
