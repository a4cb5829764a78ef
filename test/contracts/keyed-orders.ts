import type { KeyedOrders, OrderRepository } from '../../src/application/ports.ts';
import { change, live } from '../support/orders.ts';

/** What every KeyedOrders promises. */
export const keyedOrdersContract = (
  fresh: () => Promise<{ keyedOrders: KeyedOrders; orders: OrderRepository }>,
): void => {
  const at = (time: string) => ({ change: change({ at: time }), createdAt: time });
  const first = live({ orderId: 'O1', note: 'Grüße 🎉' });
  const second = live({ orderId: 'O2' });

  it('given a new key, then the order is written; given it again, then nothing, and the first comes back', async () => {
    const { keyedOrders, orders } = await fresh();
    expect(await keyedOrders.create(first, 'k1')).toBeUndefined();
    expect(await orders.find(first.order, true)).toEqual(first);
    expect(await keyedOrders.create(second, 'k1')).toEqual(first.order);
    expect(await orders.find(second.order, true)).toBeUndefined();
  });

  it('given a change since, then the order comes back as it was first created', async () => {
    const { keyedOrders, orders } = await fresh();
    await keyedOrders.create(first, 'k1');
    await orders.save(live({ orderId: 'O1', version: 2, amount: 7 }), 1);
    expect(await keyedOrders.create(second, 'k1')).toEqual(first.order);
  });

  it('given the key of another customer, or another key, then both are written', async () => {
    const { keyedOrders, orders } = await fresh();
    const foreign = live({ customerId: 'C102', orderId: 'O3' });
    for (const [record, key] of [
      [first, 'k1'],
      [second, 'k2'],
      [foreign, 'k1'],
    ] as const) {
      expect(await keyedOrders.create(record, key)).toBeUndefined();
      expect(await orders.find(record.order, true)).toEqual(record);
    }
  });

  it('given seven days, then the key is free again, and not before', async () => {
    const { keyedOrders } = await fresh();
    await keyedOrders.create(live({ orderId: 'O1', ...at('2026-11-01T10:00:00.000Z') }), 'k1');
    const almost = live({ orderId: 'O2', ...at('2026-11-08T09:59:59.000Z') });
    expect(await keyedOrders.create(almost, 'k1')).toMatchObject({ orderId: 'O1' });
    const later = live({ orderId: 'O3', ...at('2026-11-08T10:00:00.000Z') });
    expect(await keyedOrders.create(later, 'k1')).toBeUndefined();
  });

  it('given sixty-four at once under one key, then one is written and all others are told of it', async () => {
    const { keyedOrders, orders } = await fresh();
    const names = Array.from({ length: 64 }, (_, n) => `O${n}`);
    const answers = await Promise.all(names.map((orderId) => keyedOrders.create(live({ orderId }), 'k1')));
    const winner = names[answers.indexOf(undefined)];
    const told = answers.map((answer) => answer?.orderId ?? winner);
    expect(new Set(told)).toEqual(new Set([winner]));
    const page = await orders.list(
      { by: 'customer', customerId: 'C101', consistent: true },
      { limit: 100, direction: 'asc' },
    );
    expect(page.orders.map(({ orderId }) => orderId)).toEqual([winner]);
  });
};
