import { amendOrder } from '../../src/application/amend-order.ts';
import { createOrder } from '../../src/application/create-order.ts';
import { deleteOrder } from '../../src/application/delete-order.ts';
import { restoreOrder } from '../../src/application/restore-order.ts';
import { transitionOrder } from '../../src/application/transition-order.ts';
import { systemIds } from '../../src/adapters/ids.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';
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
    const [first, other] = ['r1', 'r2'].map((causationId) => ({ ...by, causationId }));
    use.orders.hooks.answerLost = () => use.delete(key, 'staff', { by: other ?? by });
    expect(await use.create({ ...key, amount: 1 }, first ?? by)).toMatchObject({ value: { created: true } });
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

describe('given a request under a key whose work was undone meanwhile', () => {
  it('then a restore does not say of a deleted order that it is there', async () => {
    const use = given(deleted());
    await use.restore(key, { by, idempotencyKey: 'k1' });
    await use.delete(key, 'staff', again);
    expect(await use.restore(key, { ...again, by, idempotencyKey: 'k1' })).toEqual({
      ok: false,
      error: { code: 'order-not-found' },
    });
    expect(use.version()).toBe(3);
  });

  it('then a restore of an order that is not there is refused as that', async () => {
    expect(await given().restore(key, { by, idempotencyKey: 'k1' })).toEqual({
      ok: false,
      error: { code: 'order-not-found' },
    });
  });

  it('then a create does not bring back what was deleted; one under another key does', async () => {
    const use = given();
    const create = (idempotencyKey: string, causationId: string) =>
      use.create({ ...key, amount: 1 }, { ...by, causationId }, idempotencyKey);
    expect(await create('k1', 'r1')).toMatchObject({ value: { created: true } });
    expect(await create('k1', 'r2')).toMatchObject({ value: { created: false, own: true } });
    expect(await create('k2', 'r3')).toMatchObject({ value: { created: false, own: false } });
    await use.delete(key, 'staff', again);
    expect(await create('k1', 'r4')).toEqual({ ok: false, error: { code: 'order-not-found' } });
    expect(await create('k2', 'r5')).toMatchObject({ value: { created: true, order: { version: 3 } } });
    expect(await create('k2', 'r6')).toMatchObject({ value: { created: false, own: true } });
    expect(await create('k1', 'r7')).toMatchObject({ value: { created: false, own: false } });
  });

  it("then the SDK's next attempt is still told that it created the order", async () => {
    const use = given();
    use.orders.hooks.answerLost = () => undefined;
    const made = use.create({ ...key, amount: 1 }, { ...by, causationId: 'r1' }, 'k1');
    expect(await made).toMatchObject({ value: { created: true } });
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
