import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Order,
  OrdersClient,
  OrdersProblem,
  type Token,
} from '../../packages/orders-client/src/index.ts';
import { toItem } from '../../src/adapters/dynamodb/order-item.ts';
import { stating } from '../../src/domain/order-events.ts';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { live } from '../support/orders.ts';
import { connect, startSystem } from '../support/system.ts';

jest.setTimeout(240_000);

let system: Awaited<ReturnType<typeof startSystem>>;
let proxy: Awaited<ReturnType<typeof startCuttingProxy>>;
let tokens: { owner: string; staff: string; admin: string };

beforeAll(async () => {
  system = await startSystem('--port', '0', '--seed', '--quiet');
  proxy = await startCuttingProxy(system.url, ({ method }) => method !== 'GET');
  const { token } = connect(system.url);
  tokens = {
    owner: await token({ sub: 'C7-user', scope: 'orders/customer', customerId: 'C7' }),
    staff: await token({ sub: 'U1001', scope: 'orders/staff' }),
    admin: await token({ sub: 'U1003', scope: 'orders/admin' }),
  };
});
afterAll(async () => {
  await proxy.stop();
  await system.kill('SIGTERM');
});

const as = (token: Token, baseUrl = system.url) =>
  new OrdersClient({ baseUrl, token, retry: { baseDelay: 5 } });

const all = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
};

let made = 0;
const fresh = () => {
  made += 1;
  return { customerId: 'C7', orderId: `own-${made}` };
};

describe('the client against the running system', () => {
  it('given an order, then it is moved along from what each call returned, and its history tells it', async () => {
    const [owner, staff] = [as(tokens.owner).orders, as(tokens.staff).orders];
    const created = await owner.create('C7', { items: [{ sku: 'tea', quantity: 2, unitAmount: 1250 }] });
    expect(created).toMatchObject({ amount: 2500, status: 'PENDING', version: 1, etag: '"1"' });
    const amended = await owner.amend(created, { items: null, amount: 2499, note: 'Ring twice' });
    expect(amended).toMatchObject({ amount: 2499, note: 'Ring twice', etag: '"2"' });
    const stale = await owner.amend(created, { amount: 1 }).catch((error: unknown) => error);
    expect(stale).toBeInstanceOf(OrdersProblem);
    expect(stale).toMatchObject({ code: 'version-stale', status: 412 });
    await staff.confirm(amended, { reason: 'paid' }, { ifMatch: amended.etag });
    await expect(staff.deliver(amended)).rejects.toMatchObject({
      code: 'transition-forbidden',
      orderStatus: 'CONFIRMED',
      allowedTransitions: ['ship', 'cancel'],
    });
    await staff.ship(amended, { trackingNumber: '1Z' });
    const delivered = await staff.deliver(amended);
    expect(await owner.get(amended, { consistent: true })).toEqual(delivered);
    await staff.delete(delivered, { ifMatch: delivered.etag });
    await expect(owner.get(delivered)).rejects.toMatchObject({ code: 'order-not-found' });
    expect(await staff.restore(delivered)).toMatchObject({ version: 7, trackingNumber: '1Z' });
    let told = await all(owner.history(delivered, { limit: 2 }));
    while (told.length < 7) told = await all(owner.history(delivered, { limit: 2 }));
    expect(told.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(told[2]).toMatchObject({ event: 'OrderConfirmed', reason: 'paid', actor: 'U1001' });
  });

  it('given an id of its own, then put makes the order once, and says so where only a new one will do', async () => {
    const { orders } = as(tokens.owner);
    const key = fresh();
    const first = await orders.put(key, { amount: 5 }, { onlyNew: true });
    expect(await orders.put(key, { amount: 5 })).toEqual(first);
    for (const asked of [orders.put(key, { amount: 6 }), orders.put(key, { amount: 5 }, { onlyNew: true })])
      await expect(asked).rejects.toMatchObject({ code: 'order-exists' });
    await expect(orders.put(key, { amount: -1 })).rejects.toMatchObject({
      code: 'body-invalid',
      errors: [{ pointer: '/amount' }],
    });
  });

  it('given a directory of staff, then users are entered, changed, listed and removed', async () => {
    const { users } = as(tokens.admin);
    const ada = await users.put('ada', { name: 'Ada', role: 'Clerk', active: true });
    const off = await users.amend(ada, { active: false });
    expect(off).toMatchObject({ active: false, version: ada.version + 1 });
    await expect(users.amend(ada, { name: 'Eve' })).rejects.toMatchObject({ code: 'version-stale' });
    const replaced = await users.put(
      'ada',
      { name: 'Ada', role: 'Cook', active: true },
      { ifMatch: off.etag },
    );
    expect(await users.get('ada')).toEqual(replaced);
    const listed = await all(users.list({ limit: 1 }));
    expect(listed).toContainEqual(replaced);
    await users.delete('ada', { ifMatch: replaced.etag });
    await expect(users.get('ada')).rejects.toMatchObject({ code: 'user-not-found' });
  });

  it('given a token that is refused, then another one is asked for', async () => {
    const given = ['not a token', tokens.owner];
    const { orders } = as(() => given.shift() ?? '');
    expect(await orders.create('C7', { amount: 5 })).toMatchObject({ version: 1 });
    expect(given).toEqual([]);
    const { data } = await as(tokens.owner).http.GET('/health');
    expect(data).toEqual({ status: 'ok' });
  });

  it('given names of its own for a call, then they are those of answers, problems and events', async () => {
    const { orders } = as(tokens.owner);
    const asked = { correlationId: 'client-test-1', idempotencyKey: 'key-1' };
    const key = await orders.create('C7', { amount: 5 }, asked);
    await expect(orders.get({ ...key, orderId: 'none' }, asked)).rejects.toMatchObject({
      correlationId: 'client-test-1',
    });
    const events = await connect(system.url).receiveUntil((received) =>
      received.some(({ detail }) => detail.data.order.orderId === key.orderId),
    );
    const own = events.find(({ detail }) => detail.data.order.orderId === key.orderId);
    expect(own?.detail.metadata.correlationId).toBe('client-test-1');
  });
});

describe('given answers that are lost after the write, when the client sends it again', () => {
  const lost = () => ({
    owner: as(tokens.owner, proxy.url).orders,
    staff: as(tokens.staff, proxy.url).orders,
    users: as(tokens.admin, proxy.url).users,
  });
  const profile = { name: 'Bob', role: 'Clerk', active: true };

  it('then each write of an order has succeeded, once', async () => {
    const { owner, staff } = lost();
    const key = fresh();
    const steps: [string, (order: Order) => Promise<Order>][] = [
      ['put', () => owner.put(key, { amount: 5 })],
      ['amend', (order) => owner.amend(order, { amount: 6 })],
      ['confirm', () => staff.confirm(key)],
      ['ship', (order) => staff.ship(key, {}, { ifMatch: order.etag })],
      ['deliver', () => staff.deliver(key)],
    ];
    let order = { version: 0 } as Order;
    for (const [step, write] of steps) {
      proxy.cut(2);
      const after = await write(order);
      expect([step, after.version]).toEqual([step, order.version + 1]);
      order = after;
    }
    proxy.cut(2);
    await staff.delete(key);
    proxy.cut(2);
    expect(await staff.restore(key)).toMatchObject({ status: 'DELIVERED', version: 7 });
  });

  it('then one order is created, and cancelled', async () => {
    const { owner } = lost();
    const before = await all(owner.list({ customerId: 'C7', consistent: true }));
    proxy.cut(3);
    const order = await owner.create('C7', { amount: 5 });
    proxy.cut(3);
    expect(await owner.cancel(order)).toMatchObject({ status: 'CANCELLED', version: 2 });
    expect(await all(owner.list({ customerId: 'C7', consistent: true }))).toHaveLength(before.length + 1);
  });

  it('then each write of a user has succeeded, once', async () => {
    const { users } = lost();
    proxy.cut(2);
    const bob = await users.put('bob', profile);
    proxy.cut(2);
    const off = await users.amend(bob, { active: false });
    proxy.cut(2);
    const cook = await users.put('bob', { ...profile, role: 'Cook' }, { ifMatch: off.etag });
    expect([off.version, cook.version]).toEqual([bob.version + 1, bob.version + 2]);
    proxy.cut(2);
    await users.delete('bob', { ifMatch: cook.etag });
    await expect(users.get('bob')).rejects.toMatchObject({ code: 'user-not-found' });
  });

  it('and all of its attempts are lost, then the caller can repeat the call by its key', async () => {
    const { owner } = lost();
    const asked = { idempotencyKey: 'after-a-crash' };
    proxy.cut(4);
    await expect(owner.create('C7', { amount: 7 }, asked)).rejects.toMatchObject({
      name: 'OrdersUnreachable',
      attempts: 4,
    });
    const order = await owner.create('C7', { amount: 7 }, asked);
    const found = await all(owner.list({ customerId: 'C7', consistent: true }));
    expect(found.filter(({ amount }) => amount === 7)).toEqual([order]);
  });
});

it('given many who create under one key at the same time, then all get the one order', async () => {
  const { orders } = as(tokens.owner);
  const create = () => orders.create('C7', { amount: 8 }, { idempotencyKey: 'race' });
  const answers = await Promise.all(Array.from({ length: 32 }, create));
  expect(new Set(answers.map((order) => JSON.stringify(order))).size).toBe(1);
});

describe('given 300 orders of a customer', () => {
  const ids = Array.from({ length: 300 }, (_, n) => `O${1000 + n}`);
  let orders: OrdersClient['orders'];
  beforeAll(async () => {
    orders = as(tokens.staff).orders;
    const { documents } = connect(system.url);
    const stage = { indexShards: 8, orderRetentionDays: 400, deletedRetentionDays: 30 };
    const puts = ids.map((orderId) => {
      const record = stating(undefined, live({ customerId: 'C300', orderId }));
      return { PutRequest: { Item: toItem(record, stage) } };
    });
    for (let at = 0; at < puts.length; at += 25)
      await documents.send(new BatchWriteCommand({ RequestItems: { Orders: puts.slice(at, at + 25) } }));
    await orders.cancel({ customerId: 'C300', orderId: 'O1299' });
  });

  const idsOf = (found: Order[]) => found.map(({ orderId }) => orderId);
  const mine = (found: Order[]) => found.filter(({ customerId }) => customerId === 'C300');

  it.each([undefined, 7, 100, 1000])(
    'when they are listed in pages of %s, then each comes once, in order',
    async (limit) => {
      const paging = limit === undefined ? {} : { limit };
      expect(idsOf(await all(orders.list({ customerId: 'C300', ...paging })))).toEqual(ids);
      const reversed = await all(orders.list({ customerId: 'C300', ...paging, order: 'desc' }));
      expect(idsOf(reversed)).toEqual([...ids].reverse());
    },
  );

  it('when they are listed by status, by day and by id, then each comes once', async () => {
    const pending = mine(await all(orders.list({ status: 'PENDING', limit: 100 })));
    expect(idsOf(pending)).toEqual(ids.filter((id) => id !== 'O1299'));
    const day = pending[0]?.createdAt.slice(0, 10) ?? '';
    expect(idsOf(mine(await all(orders.list({ date: day })))).sort()).toEqual(ids);
    expect(mine(await all(orders.list({ orderId: 'O1007' })))).toHaveLength(1);
  });

  it('when few are in the status, then pages may be empty and go on, and the list is whole', async () => {
    const selection = { customerId: 'C300', status: 'CANCELLED', limit: 10 } as const;
    const pages = await all(orders.list(selection).pages());
    expect(pages.map(({ items }) => items.length)).toEqual([0, 1]);
    expect(pages.map(({ cursor }) => cursor !== undefined)).toEqual([true, false]);
    expect(idsOf(await all(orders.list(selection)))).toEqual(['O1299']);
    expect(await all(orders.list({ ...selection, status: 'SHIPPED' }))).toEqual([]);
  });

  it('when a list goes on later from a page, and orders come in between, then none is missed or doubled', async () => {
    const [first] = await all(orders.list({ customerId: 'C300', limit: 100 }).pages());
    await orders.put({ customerId: 'C300', orderId: 'O0999' }, { amount: 5 });
    const rest = await all(orders.list({ customerId: 'C300', limit: 100, cursor: first?.cursor ?? '' }));
    expect([...idsOf([...(first?.items ?? [])]), ...idsOf(rest)]).toEqual(ids);
  });
});
