import { amendOrder } from '../../src/application/amend-order.ts';
import { createOrder } from '../../src/application/create-order.ts';
import { createOrderOnce } from '../../src/application/create-order-once.ts';
import { deleteOrder } from '../../src/application/delete-order.ts';
import { restoreOrder } from '../../src/application/restore-order.ts';
import { transitionOrder } from '../../src/application/transition-order.ts';
import { systemIds } from '../../src/adapters/ids.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';
import { inMemoryKeyedOrders } from '../support/in-memory-ports.ts';
import { deleted, live } from '../support/orders.ts';

const key = { customerId: 'C101', orderId: 'O5001' };
const by = { actor: 'U1', correlationId: 'c1' };
const again = { by: { actor: 'U1', correlationId: 'c2' } };

const given = (...records: ReturnType<typeof live>[]) => {
  const orders = inMemoryOrders();
  for (const record of records) orders.records.set('C101#O5001', record);
  let seconds = 0;
  const clock = () => {
    seconds += 1;
    return new Date(Date.UTC(2026, 10, 22, 12, 0, seconds)).toISOString();
  };
  const use = { orders, clock, ids: systemIds, defaultCurrency: 'USD' };
  return {
    orders,
    create: createOrder(use),
    createOnce: createOrderOnce({ ...use, keyedOrders: inMemoryKeyedOrders(orders) }),
    amend: amendOrder(use),
    move: transitionOrder(use),
    delete: deleteOrder(use),
    restore: restoreOrder(use),
    version: () => orders.records.get('C101#O5001')?.order.version,
  };
};

describe('given a write whose answer is lost, when the SDK sends it again', () => {
  const nobody = () => undefined;

  it.each([
    ['create', undefined, (use: ReturnType<typeof given>) => use.create({ ...key, amount: 1 }, by), 1],
    ['amend', live(), (use) => use.amend(key, { amount: 1 }, { by, ifVersions: [1] }), 2],
    ['transition', live(), (use) => use.move(key, 'confirm', { by }), 2],
    ['delete', live(), (use) => use.delete(key, 'owner', { by }), 2],
    ['restore', deleted(), (use) => use.restore(key, { by }), 2],
  ] satisfies [
    string,
    ReturnType<typeof live> | undefined,
    (use: ReturnType<typeof given>) => Promise<{ ok: boolean }>,
    number,
  ][])('then %s succeeds and is done once', async (_, before, request, version) => {
    const use = given(...(before ? [before] : []));
    use.orders.hooks.answerLost = nobody;
    expect(await request(use)).toMatchObject({ ok: true });
    expect(use.version()).toBe(version);
  });

  it('and others went on from it meanwhile, then it succeeds with what it did', async () => {
    const use = given(live());
    use.orders.hooks.answerLost = () => use.move(key, 'cancel', again);
    expect(await use.move(key, 'confirm', { by })).toMatchObject({
      value: { status: 'CONFIRMED', version: 2 },
    });
    expect(use.orders.records.get('C101#O5001')?.order).toMatchObject({ status: 'CANCELLED', version: 3 });
  });

  it('and others deleted the new order meanwhile, then it is not created again', async () => {
    const use = given();
    use.orders.hooks.answerLost = () => use.delete(key, 'staff', again);
    expect(await use.create({ ...key, amount: 1 }, by)).toMatchObject({ value: { created: true } });
    expect(use.orders.records.get('C101#O5001')).toMatchObject({ deleted: true, order: { version: 2 } });
  });
});

describe('given a change whose answer is lost, when the client sends it again', () => {
  it('then a patch of the version that it made stale succeeds, and another one does not', async () => {
    const use = given(live());
    await use.amend(key, { amount: 1 }, { by, ifVersions: [1] });
    await use.amend(key, { amount: 2 }, { by, ifVersions: [2] });
    expect(await use.amend(key, { amount: 1 }, { ...again, ifVersions: [1] })).toMatchObject({
      value: { amount: 2, version: 3 },
    });
    for (const other of [
      { ...again, ifVersions: [2] },
      { by: { ...by, actor: 'U2' }, ifVersions: [1] },
    ]) {
      expect(await use.amend(key, { amount: 1 }, other)).toMatchObject({ error: { code: 'version-stale' } });
    }
    expect(await use.amend(key, { amount: 3 }, { by, ifVersions: [1] })).toMatchObject({
      error: { code: 'version-stale' },
    });
  });

  it('then a transition that others went on from succeeds, and one that never was does not', async () => {
    const use = given(live());
    await use.move(key, 'confirm', { by });
    await use.move(key, 'ship', { by });
    expect(await use.move(key, 'confirm', again)).toMatchObject({ value: { status: 'SHIPPED', version: 3 } });
    expect(await use.move(key, 'cancel', again)).toMatchObject({ error: { code: 'transition-forbidden' } });
  });

  it('then nine versions later it is forgotten', async () => {
    const use = given(live());
    for (let version = 1; version <= 9; version += 1)
      await use.amend(key, { amount: version }, { by, ifVersions: [version] });
    expect(await use.amend(key, { amount: 2 }, { by, ifVersions: [2] })).toMatchObject({ ok: true });
    expect(await use.amend(key, { amount: 1 }, { by, ifVersions: [1] })).toMatchObject({
      error: { code: 'version-stale', current: 10 },
    });
  });

  it('then an order deleted since is not found', async () => {
    const use = given(live());
    await use.amend(key, { amount: 1 }, { by, ifVersions: [1] });
    await use.delete(key, 'staff', again);
    expect(await use.amend(key, { amount: 1 }, { by, ifVersions: [1] })).toMatchObject({
      error: { code: 'order-not-found' },
    });
  });

  it('then without a key the same change may be meant anew, and with a key it is not', async () => {
    for (const [idempotencyKey, left] of [
      [undefined, true],
      ['k1', false],
    ] as const) {
      const use = given(live());
      const asking = { by, ...(idempotencyKey !== undefined && { idempotencyKey }) };
      await use.delete(key, 'staff', asking);
      await use.restore(key, again);
      expect(await use.delete(key, 'staff', asking)).toMatchObject({ ok: true });
      expect(use.orders.records.get('C101#O5001')?.deleted).toBe(left);
    }
  });
});

describe('given a request without a key that says what one before it said', () => {
  it('and the order was created anew over its deleted one, then what that one went through is not its own', async () => {
    const use = given(live());
    await use.move(key, 'confirm', { by });
    await use.move(key, 'ship', { by });
    await use.delete(key, 'staff', { by });
    await use.create({ ...key, amount: 1 }, by);
    expect(await use.move(key, 'ship', again)).toMatchObject({
      error: { code: 'transition-forbidden', status: 'PENDING' },
    });
    expect(await use.move(key, 'ship', { ...again, ifVersions: [2] })).toMatchObject({
      error: { code: 'version-stale' },
    });
  });

  it('and its deletion was taken back, then the order that cannot be deleted again is said to be so', async () => {
    for (const [named, refused] of [
      [{}, true],
      [{ idempotencyKey: 'k1' }, false],
      [{ ifVersions: [1] }, false],
    ] as const) {
      const use = given(live());
      await use.delete(key, 'owner', { by, ...named });
      await use.restore(key, again);
      await use.move(key, 'confirm', again);
      expect(await use.delete(key, 'owner', { by, ...named })).toMatchObject(
        refused ? { error: { code: 'transition-forbidden', status: 'CONFIRMED' } } : { ok: true },
      );
      expect(use.orders.records.get('C101#O5001')?.deleted).toBe(false);
    }
  });
});

describe('createOrderOnce', () => {
  const request = { customerId: 'C101', amount: 5 };

  it('given the same request again, then it gives the first answer and makes no other order', async () => {
    const use = given();
    const first = await use.createOnce(request, 'k1', by);
    expect(first).toMatchObject({ ok: true, value: { created: true, order: { amount: 5, version: 1 } } });
    expect(await use.createOnce({ ...request, currency: 'USD' }, 'k1', again.by)).toEqual({
      ok: true,
      value: { created: false, order: first.ok && first.value.order },
    });
    expect(use.orders.records.size).toBe(1);
  });

  it('given another request under the key, or one that is wrong in itself, then it is refused', async () => {
    const use = given();
    await use.createOnce(request, 'k1', by);
    expect(await use.createOnce({ ...request, amount: 6 }, 'k1', by)).toEqual({
      ok: false,
      error: { code: 'idempotency-key-reused' },
    });
    expect(await use.createOnce({ customerId: 'C101' }, 'k2', by)).toMatchObject({
      error: { code: 'order-invalid' },
    });
    expect(use.orders.records.size).toBe(1);
  });

  it('given that the order under the key is the one just made, its answer being lost, then it was created', async () => {
    const createOnce = createOrderOnce({
      keyedOrders: { create: ({ order }) => Promise.resolve(order) },
      clock: () => '2026-11-22T12:00:00.000Z',
      ids: systemIds,
      defaultCurrency: 'USD',
    });
    expect(await createOnce(request, 'k1', by)).toMatchObject({ ok: true, value: { created: true } });
  });
});
