import { amendOrder } from '../../src/application/amend-order.ts';
import { createOrder } from '../../src/application/create-order.ts';
import { deleteOrder } from '../../src/application/delete-order.ts';
import { getOrder } from '../../src/application/get-order.ts';
import { listOrders } from '../../src/application/list-orders.ts';
import { type Ids, TemporarilyUnavailable } from '../../src/application/ports.ts';
import { restoreOrder } from '../../src/application/restore-order.ts';
import { transitionOrder } from '../../src/application/transition-order.ts';
import { cursorsAtHand } from '../support/cursors.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';
import { deleted, live } from '../support/orders.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const clock = () => NOW;
const ids: Ids = {
  newOrderId: () => 'O-new',
  fingerprint: (content) => JSON.stringify(content),
  mutation: (request) => JSON.stringify(request),
};
const by = { actor: 'U1', correlationId: 'c1' };
const key = { customerId: 'C101', orderId: 'O5001' };

const given = (...records: ReturnType<typeof live>[]) => {
  const orders = inMemoryOrders();
  for (const record of records)
    orders.records.set(`${record.order.customerId}#${record.order.orderId}`, record);
  return {
    orders,
    create: createOrder({ orders, clock, ids, defaultCurrency: 'USD' }),
    get: getOrder({ orders }),
    list: listOrders({ orders, cursors: cursorsAtHand() }),
    amend: amendOrder({ orders, clock, ids }),
    move: transitionOrder({ orders, clock, ids }),
    delete: deleteOrder({ orders, clock, ids }),
    restore: restoreOrder({ orders, clock, ids }),
  };
};

describe('createOrder', () => {
  it('makes an id, takes the default currency and the time of the clock', async () => {
    const { create } = given();
    expect(await create({ customerId: 'C101', amount: 5 }, by)).toMatchObject({
      ok: true,
      value: {
        created: true,
        order: { orderId: 'O-new', currency: 'USD', createdAt: NOW, change: { ...by, at: NOW } },
      },
    });
  });

  it('given the same request again, then it answers with the current order and writes nothing', async () => {
    const { create, move, orders } = given();
    await create({ ...key, amount: 5 }, by);
    await move(key, 'confirm', { by });
    const writes = orders.writes();
    expect(await create({ ...key, amount: 5 }, { ...by, correlationId: 'c2' })).toMatchObject({
      value: { created: false, order: { status: 'CONFIRMED', version: 2 } },
    });
    expect(orders.writes()).toBe(writes);
  });

  it('given a request that is wrong in itself, then it is refused and nothing is written', async () => {
    const { create, orders } = given();
    expect(await create(key, by)).toMatchObject({ ok: false, error: { code: 'order-invalid' } });
    expect(orders.writes()).toBe(0);
  });

  it('given another request for the same id, then it is refused and nothing is written', async () => {
    const { create, orders } = given(live());
    expect(await create({ ...key, amount: 6 }, by)).toEqual({ ok: false, error: { code: 'order-exists' } });
    expect(orders.writes()).toBe(0);
  });

  it('given others who delete and create without end, then it gives up for now', async () => {
    const { create, orders } = given();
    let version = 0;
    const compete = () => {
      version += 2;
      orders.records.set('C101#O5001', deleted({ version }));
      queueMicrotask(() => (orders.hooks.meanwhile = compete));
    };
    orders.hooks.meanwhile = compete;
    await expect(create({ ...key, amount: 6 }, by)).rejects.toThrow(TemporarilyUnavailable);
  });

  it('given a deleted order, then it is created over it in the next version', async () => {
    const { create } = given(deleted({ version: 3 }));
    expect(await create({ ...key, amount: 6 }, by)).toMatchObject({
      value: { created: true, order: { version: 4 } },
    });
  });
});

describe('changing an order', () => {
  it('given the version that the caller saw, then it changes; given a stale one, then it does not', async () => {
    const { amend, orders } = given(live());
    expect(await amend(key, { amount: 7 }, { by, ifVersions: [1] })).toMatchObject({
      value: { amount: 7, version: 2, change: { ...by, at: NOW } },
    });
    expect(await amend(key, { amount: 8 }, { by, ifVersions: [1] })).toEqual({
      ok: false,
      error: { code: 'version-stale', current: 2 },
    });
    expect(orders.writes()).toBe(1);
  });

  it('given another writer in between, then the decision is taken again on what is there now', async () => {
    const { move, orders } = given(live());
    orders.hooks.meanwhile = () => orders.records.set('C101#O5001', live({ version: 2, amount: 300 }));
    expect(await move(key, 'confirm', { by })).toMatchObject({
      value: { status: 'CONFIRMED', amount: 300, version: 3 },
    });
  });

  it('given another writer in between who cancelled, then the refusal names what is allowed now', async () => {
    const { move, orders } = given(live());
    orders.hooks.meanwhile = () =>
      orders.records.set('C101#O5001', live({ version: 2, status: 'CANCELLED' }));
    expect(await move(key, 'confirm', { by })).toMatchObject({
      error: { code: 'transition-forbidden', status: 'CANCELLED', allowed: [] },
    });
  });

  it('given writers without end, then it gives up for now', async () => {
    const { move, orders } = given(live());
    let version = 1;
    const compete = () => {
      version += 1;
      orders.records.set('C101#O5001', live({ version, amount: version }));
      queueMicrotask(() => (orders.hooks.meanwhile = compete));
    };
    orders.hooks.meanwhile = compete;
    await expect(move(key, 'confirm', { by })).rejects.toThrow(TemporarilyUnavailable);
  });

  it('given what is done already, then nothing is written', async () => {
    const { move, orders } = given(live({ status: 'CONFIRMED' }));
    expect(await move(key, 'confirm', { by })).toMatchObject({ ok: true, value: { version: 1 } });
    expect(orders.writes()).toBe(0);
  });

  it.each([
    ['an unknown order', []],
    ['a deleted order', [deleted()]],
  ])('given %s, then it is not found by any but delete and restore', async (_, records) => {
    const use = given(...records);
    const notFound = { ok: false, error: { code: 'order-not-found' } };
    expect(await use.get(key)).toEqual(notFound);
    expect(await use.amend(key, { amount: 1 }, { by })).toEqual(notFound);
    expect(await use.move(key, 'confirm', { by })).toEqual(notFound);
  });

  it('given an id that no order can have, then it is not found, and the repository is not asked', async () => {
    const use = given();
    const bad = { customerId: 'C101', orderId: 'x'.repeat(3000) };
    use.orders.find = () => Promise.reject(new Error('asked'));
    expect(await use.move(bad, 'confirm', { by })).toMatchObject({ error: { code: 'order-not-found' } });
  });
});

describe('deleting and restoring', () => {
  it('deletes once, says the same again, and restores', async () => {
    const use = given(live());
    expect(await use.delete(key, 'owner', { by, ifVersions: [1] })).toMatchObject({ ok: true });
    expect(await use.get(key)).toMatchObject({ error: { code: 'order-not-found' } });
    expect(await use.delete(key, 'owner', { by, ifVersions: [1] })).toMatchObject({ ok: true });
    expect(use.orders.writes()).toBe(1);
    expect(await use.restore(key, { by })).toMatchObject({ value: { version: 3 } });
    expect(await use.get(key)).toMatchObject({ ok: true });
  });

  it('given no order, then deleting does not find it', async () => {
    expect(await given().delete(key, 'staff', { by })).toMatchObject({ error: { code: 'order-not-found' } });
  });
});

describe('listOrders', () => {
  it('gives at most a hundred, however many are asked for', async () => {
    const many = Array.from({ length: 120 }, (_, n) => live({ orderId: `O${1000 + n}` }));
    const { list } = given(...many);
    const page = await list({ by: 'customer', customerId: 'C101' }, { limit: 5000 });
    expect(page.ok && page.value.orders).toHaveLength(100);
    expect(page.ok && page.value.next).toBeDefined();
  });

  it('given an id that nothing can have, then the page is empty', async () => {
    expect(await given(live()).list({ by: 'orderId', orderId: '' })).toEqual({
      ok: true,
      value: { orders: [], mayLag: true },
    });
  });
});
