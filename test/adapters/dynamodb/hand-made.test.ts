import { fromItem, toItem } from '../../../src/adapters/dynamodb/order-item.ts';
import { UnreadableOrder } from '../../../src/application/ports.ts';
import { live } from '../../support/orders.ts';

const retention = { indexShards: 8, orderRetentionDays: 400, deletedRetentionDays: 30 };
const bare = { customerId: 'C101', orderId: 'O5001', amount: 5 };
const read = (fields: object) => fromItem({ ...bare, ...fields }, 'USD');
const item = { sku: 'A', quantity: 1, unitAmount: 5 };
const stated = { type: 'OrderAmended', previous: { amount: 1 }, version: 2 };

describe('an item that somebody made by hand', () => {
  it('given what an order must have, then it is an order of nobody known, pending from the epoch on', () => {
    const epoch = '1970-01-01T00:00:00.000Z';
    expect(read({})).toEqual({
      deleted: false,
      order: {
        ...bare,
        currency: 'USD',
        status: 'PENDING',
        createdAt: epoch,
        version: 0,
        change: { at: epoch, actor: 'system:unknown', correlationId: 'unknown' },
      },
    });
  });

  it('given times to the second or finer, then they are times', () => {
    for (const createdAt of ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.123456Z'])
      expect(read({ createdAt }).order.createdAt).toBe(createdAt);
  });

  it('given which requests made the last versions, then they are told', () => {
    expect(read({ mutations: ['9.a', '10.b.c'] }).mutations).toEqual([
      { version: 9, id: 'a' },
      { version: 10, id: 'b.c' },
    ]);
  });

  it.each<[string, object]>([
    ['customerId', { customerId: 7 }],
    ['orderId', { orderId: 'a b' }],
    ['amount', { amount: '5' }],
    ['amount', { amount: 5.5 }],
    ['currency', { currency: 'usd' }],
    ['status', { status: 'LOST' }],
    ['note', { note: 7 }],
    ['createdAt', { createdAt: '2026-02-30T10:00:00Z' }],
    ['createdAt', { createdAt: 7 }],
    ['version', { version: '1' }],
    ['firstVersion', { firstVersion: -1 }],
    ['items', { items: 'A' }],
    ['items', { items: ['A'] }],
    ['items', { items: [null] }],
    ['items', { items: [[item]] }],
    ['items', { items: [{ ...item, sku: 7 }] }],
    ['items', { items: [{ ...item, quantity: '1' }] }],
    ['items', { items: [{ ...item, unitAmount: null }] }],
    ['change', { change: 'U1' }],
    ['actor', { change: { actor: 7 } }],
    ['mutations', { mutations: 'a' }],
    ['mutations', { mutations: ['1.a', 'x'] }],
    ['mutations', { mutations: ['x1.a'] }],
    ['mutations', { mutations: ['1.a\n'] }],
    ['stated', { stated: 7 }],
    ['stated', { stated: null }],
    ['stated', { stated: [] }],
    ['stated', { stated: { ...stated, type: 'OrderLost' } }],
    ['stated', { stated: { ...stated, previous: 7 } }],
    ['stated', { stated: { ...stated, version: 'x' } }],
    ['stated', { stated: { ...stated, previous: { note: 7 } } }],
    ['stated', { stated: { ...stated, previous: { amount: '1' } } }],
  ])('given a wrong %s, then it says so of %j', (attribute, fields) => {
    const reading = () => fromItem({ ...toItem(live(), retention), ...fields }, 'USD');
    expect(reading).toThrow(UnreadableOrder);
    expect(reading).toThrow(`attribute ${attribute} of the item`);
  });
});
