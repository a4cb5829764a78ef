import { amendOrder } from '../../src/application/amend-order.ts';
import { amendUser } from '../../src/application/amend-user.ts';
import { createOrder } from '../../src/application/create-order.ts';
import { deleteOrder } from '../../src/application/delete-order.ts';
import { deleteUser } from '../../src/application/delete-user.ts';
import { getOrder } from '../../src/application/get-order.ts';
import { getOrderHistory } from '../../src/application/get-order-history.ts';
import { getUser } from '../../src/application/get-user.ts';
import { listOrders } from '../../src/application/list-orders.ts';
import { listUsers } from '../../src/application/list-users.ts';
import type { Cursors, Ids } from '../../src/application/ports.ts';
import { putUser } from '../../src/application/put-user.ts';
import { restoreOrder } from '../../src/application/restore-order.ts';
import { transitionOrder } from '../../src/application/transition-order.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';
import { inMemoryHistory } from '../support/in-memory-ports.ts';
import { inMemoryUsers } from '../support/in-memory-users.ts';
import { deleted, live } from '../support/orders.ts';
import { user } from '../support/users.ts';

const key = { customerId: 'C101', orderId: 'O5001' };
const by = { actor: 'U1', correlationId: 'c1' };
const asking = { by, ifVersions: [1], idempotencyKey: 'k1' };
const asUser = { userId: 'U1001', actor: 'admin-1', ifMatch: [1], idempotencyKey: 'k1' };
const profile = { name: 'Naveen', role: 'Cook', active: true };

/** Use cases that tell what they ask of their ports. */
const given = () => {
  const orders = inMemoryOrders();
  orders.records.set('C101#O5001', live());
  const users = inMemoryUsers([user()]);
  const named: (readonly unknown[])[] = [];
  const read: [consistent: boolean][] = [];
  const sealed: (readonly unknown[])[] = [];
  const kept = { ...orders };
  orders.find = (of, consistent) => {
    read.push([consistent]);
    return kept.find(of, consistent);
  };
  const ids: Ids = {
    newOrderId: () => 'O-new',
    fingerprint: (content) => JSON.stringify(content),
    mutation: (request) => {
      named.push(request);
      return JSON.stringify(request);
    },
  };
  const cursors: Cursors = {
    open: (_, cursor) => Promise.resolve({ ok: true, value: cursor }),
    seal: (list, position) => {
      sealed.push(list);
      return Promise.resolve(position);
    },
  };
  const timeline = inMemoryHistory();
  timeline.read = () => Promise.resolve({ entries: [], next: 'place' });
  orders.list = () => Promise.resolve({ orders: [], next: 'place' });
  users.list = () => Promise.resolve({ users: [], next: 'place' });
  const use = { orders, users, clock: () => '2026-11-22T12:00:00.000Z', ids, defaultCurrency: 'USD' };
  return { ...use, cursors, timeline, named, read, sealed };
};
type Use = ReturnType<typeof given>;

describe('a write has a name', () => {
  it.each<[string, (use: Use) => Promise<unknown>, readonly unknown[]]>([
    [
      'amendOrder',
      (use) => amendOrder(use)(key, { amount: 1 }, asking),
      ['U1', 'amend', { amount: 1 }, [1], 'k1'],
    ],
    [
      'transitionOrder',
      (use) => transitionOrder(use)(key, 'ship', { ...asking, by: { ...by, reason: 'r' } }, 'T1'),
      ['U1', 'ship', 'r', 'T1', [1], 'k1'],
    ],
    ['deleteOrder', (use) => deleteOrder(use)(key, 'owner', asking), ['U1', 'delete', 'owner', [1], 'k1']],
    ['restoreOrder', (use) => restoreOrder(use)(key, asking), ['U1', 'restore', [1], 'k1']],
    [
      'createOrder',
      (use) => createOrder(use)({ ...key, amount: 1 }, by),
      [by, 'create', { ...key, amount: 1 }],
    ],
    ['putUser', (use) => putUser(use)({ ...asUser, profile }), ['admin-1', 'put', profile, false, [1], 'k1']],
    [
      'amendUser',
      (use) => amendUser(use)({ ...asUser, patch: { role: 'Cook' } }),
      ['admin-1', 'amend', { role: 'Cook' }, [1], 'k1'],
    ],
  ])('made of all that tells one %s from another request', async (_, request, name) => {
    const use = given();
    await request(use);
    expect(use.named).toEqual([name]);
  });
});

describe('a cursor is bound to all that chooses what is listed', () => {
  it.each<[string, (use: Use) => Promise<unknown>, readonly unknown[]]>([
    [
      'orders of a customer',
      (use) => listOrders(use)({ by: 'customer', customerId: 'C101', status: 'PENDING' }),
      ['orders', 'asc', 'customer', 'C101', 'PENDING'],
    ],
    [
      'orders of a status',
      (use) => listOrders(use)({ by: 'status', status: 'SHIPPED' }),
      ['orders', 'asc', 'status', 'SHIPPED'],
    ],
    [
      'orders of a day',
      (use) => listOrders(use)({ by: 'date', date: '2026-11-22', from: 'a', to: 'b' }),
      ['orders', 'asc', 'date', '2026-11-22', 'a', 'b'],
    ],
    [
      'orders of an id',
      (use) => listOrders(use)({ by: 'orderId', orderId: 'O1' }),
      ['orders', 'asc', 'orderId', 'O1'],
    ],
    ['users', (use) => listUsers(use)({ direction: 'desc' }), ['users', 'desc']],
    ['the history of an order', (use) => getOrderHistory(use)(key), ['history', 'asc', 'C101', 'O5001']],
  ])('given %s', async (_, list, bound) => {
    const use = given();
    await list(use);
    expect(use.sealed).toEqual([bound]);
  });

  it('given the last page, then none is made', async () => {
    const use = given();
    use.orders.list = () => Promise.resolve({ orders: [] });
    expect(await listOrders(use)({ by: 'status', status: 'SHIPPED' })).toStrictEqual({
      ok: true,
      value: { orders: [], mayLag: true },
    });
    expect(use.sealed).toEqual([]);
  });
});

describe('an order is read as last written', () => {
  it.each<[string, (use: Use) => Promise<unknown>]>([
    ['to be changed', (use) => amendOrder(use)(key, { amount: 1 }, { by })],
    ['for its history', (use) => getOrderHistory(use)(key)],
    ['where the caller asks for it', (use) => getOrder(use)(key, true)],
  ])('%s', async (_, request) => {
    const use = given();
    await request(use);
    expect(use.read).toEqual([[true]]);
  });

  it('and else as it comes', async () => {
    const use = given();
    await getOrder(use)(key);
    expect(use.read).toEqual([[false]]);
  });
});

describe('given others who write the same at every attempt', () => {
  it.each<[string, (use: Use) => Promise<unknown>, typeof live]>([
    ['amendOrder', (use) => amendOrder(use)(key, { amount: 1 }, { by }), live],
    ['createOrder', (use) => createOrder(use)({ ...key, orderId: 'O5002', amount: 1 }, by), deleted],
  ])('then %s gives up after five', async (_, request, others) => {
    const use = given();
    let attempts = 0;
    use.orders.save = ({ order: { version } }) => {
      attempts += 1;
      return Promise.resolve({ saved: false, current: others({ version }) });
    };
    await expect(request(use)).rejects.toMatchObject({
      name: 'TemporarilyUnavailable',
      message: expect.stringMatching(/^order O500[12] is being changed by too many at once$/) as string,
    });
    expect(attempts).toBe(5);
  });

  it.each<[string, (use: Use) => Promise<unknown>]>([
    ['putUser', (use) => putUser(use)({ ...asUser, ifMatch: 'any', profile })],
    ['deleteUser', (use) => deleteUser(use)('U1001')],
  ])('then %s gives up after five', async (_, request) => {
    const use = given();
    let attempts = 0;
    const others = (version: number) => {
      attempts += 1;
      return Promise.resolve({ saved: false as const, current: { ...user(), version: version + 1 } });
    };
    use.users.save = ({ version }) => others(version);
    use.users.remove = (_userId, version) => others(version);
    await expect(request(use)).rejects.toMatchObject({
      name: 'TemporarilyUnavailable',
      message: 'the user is being changed by too many at once',
    });
    expect(attempts).toBe(5);
  });
});

describe('a user', () => {
  it('who is not there is not found', async () => {
    expect(await getUser(given())('U9')).toEqual({ ok: false, error: { code: 'user-not-found' } });
  });

  it('whom another removes meanwhile is forgotten all the same', async () => {
    const use = given();
    use.users.hooks.meanwhile = () => use.users.users.delete('U1001');
    expect(await deleteUser(use)('U1001')).toEqual({ ok: true });
  });

  it('whom the same request has written already is answered, as nothing new', async () => {
    const use = given();
    const request = { ...asUser, profile };
    const first = await putUser(use)(request);
    expect(await putUser(use)(request)).toEqual({
      ok: true,
      value: { user: first.ok && first.value.user, created: false },
    });
  });
});
