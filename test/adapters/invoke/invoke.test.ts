import { INVOKE, invokeContainer } from '../../../src/adapters/container/invoke.ts';
import { ORDERS, SIGNING_KEYS } from '../../../src/adapters/container/orders.ts';
import { TemporarilyUnavailable, UnreadableOrder } from '../../../src/application/ports.ts';
import { config, context } from '../../support/api.ts';
import { keysAtHand } from '../../support/cursors.ts';
import { inMemoryOrders } from '../../support/in-memory-orders.ts';

const start = () => {
  const container = invokeContainer(config);
  const orders = inMemoryOrders();
  container.rebind(ORDERS).toConstantValue(orders);
  container.rebind(SIGNING_KEYS).toConstantValue(keysAtHand());
  const handler = container.get(INVOKE);
  return { orders, invoke: (event: unknown) => handler(event, context) };
};

const key = { customerId: 'C101', orderId: 'O4444' };
const create = { action: 'create', item: { ...key, amount: 250 } };
const update = { action: 'update', ...key };

let { invoke, orders }: ReturnType<typeof start> = {} as never;
beforeEach(() => {
  ({ invoke, orders } = start());
});

describe('direct invocation', () => {
  it("given the seed's test events, then they work as they stand", async () => {
    expect(await invoke(create)).toEqual({ message: 'Order created' });
    expect(await invoke({ action: 'read', ...key })).toMatchObject({
      ...key,
      amount: 250,
      status: 'PENDING',
      version: 1,
    });
    expect(await invoke({ action: 'delete', ...key })).toEqual({ message: 'Order deleted' });
    expect(await invoke({ action: 'delete', ...key })).toEqual({ message: 'Order deleted' });
    expect(await invoke({ action: 'read', ...key })).toMatchObject({
      error: 'Order not found',
      code: 'order-not-found',
    });
  });

  it.each([undefined, null, 1, 'create', [], {}, { action: 'drop' }, { action: 'toString' }, { action: 7 }])(
    'given %j, then it is an invalid action',
    async (event) => {
      expect(await invoke(event)).toEqual({ error: 'Invalid action' });
    },
  );

  it('given an update, then the order changes, or moves along', async () => {
    await invoke(create);
    expect(await invoke({ ...update, changes: { amount: 5, note: 'n' } })).toMatchObject({
      amount: 5,
      version: 2,
    });
    expect(await invoke({ ...update, status: 'CONFIRMED', reason: 'paid' })).toMatchObject({
      status: 'CONFIRMED',
    });
    expect(orders.records.get('C101#O4444')?.order.change).toMatchObject({ actor: 'invoke', reason: 'paid' });
    expect(await invoke({ ...update, status: 'DELIVERED' })).toMatchObject({
      code: 'transition-forbidden',
      allowed: ['ship', 'cancel'],
    });
    expect(await invoke({ ...update, version: 1, status: 'SHIPPED' })).toMatchObject({
      code: 'version-stale',
      current: 3,
    });
    expect(await invoke({ ...update, status: 'SHIPPED', trackingNumber: 'T1' })).toMatchObject({
      trackingNumber: 'T1',
    });
  });

  it('given a list by customer or by status, then its orders, and the next page', async () => {
    for (const orderId of ['O1', 'O2', 'O3'])
      await invoke({ action: 'create', item: { ...key, orderId, amount: 1 } });
    const first = (await invoke({ action: 'list', customerId: 'C101', limit: 2 })) as {
      items: unknown[];
      next: string;
    };
    expect(first.items).toMatchObject([{ orderId: 'O1' }, { orderId: 'O2' }]);
    expect(await invoke({ action: 'list', customerId: 'C101', limit: 2, cursor: first.next })).toMatchObject({
      items: [{ orderId: 'O3' }],
    });
    expect(await invoke({ action: 'list', status: 'PENDING', order: 'desc' })).toMatchObject({
      items: [{ orderId: 'O3' }, { orderId: 'O2' }, { orderId: 'O1' }],
    });
    expect(await invoke({ action: 'list', customerId: 'C101', status: 'SHIPPED' })).toEqual({
      items: [],
      mayLag: true,
    });
    expect(await invoke({ action: 'list', status: 'PENDING', cursor: 'x' })).toMatchObject({
      code: 'cursor-invalid',
    });
  });

  it.each<[string, object, string]>([
    ['an unknown field', { ...create, item: { ...create.item, status: 'SHIPPED' } }, '/item/status'],
    ['a missing id', { action: 'read', customerId: 'C101' }, '/orderId'],
    ['an ill-formed id', { action: 'delete', ...key, orderId: 'a b' }, '/orderId'],
    ['changes and status at once', { ...update, changes: {}, status: 'CONFIRMED' }, ''],
    ['a tracking number that nothing ships', { ...update, changes: { amount: 1 }, trackingNumber: 'T' }, ''],
    ['a list of nothing', { action: 'list' }, ''],
  ])('given %s, then the action is not valid, with a pointer', async (_, event, pointer) => {
    expect(await invoke(event)).toMatchObject({ code: 'action-invalid', errors: [{ pointer }] });
    expect(orders.writes()).toBe(0);
  });

  it('given an order that disagrees with itself, or exists, then it says why', async () => {
    const items = [{ sku: 'A', quantity: 1, unitAmount: 2 }];
    expect(await invoke({ ...create, item: { ...create.item, items } })).toMatchObject({
      code: 'order-invalid',
      errors: [{ pointer: '/item/amount', code: 'amount-disagrees' }],
    });
    await invoke(create);
    expect(await invoke({ ...update, changes: { amount: 5, items } })).toMatchObject({
      errors: [{ pointer: '/changes/amount' }],
    });
    expect(await invoke(create)).toEqual({ message: 'Order created' });
    expect(await invoke({ ...create, item: { ...create.item, amount: 1 } })).toMatchObject({
      code: 'order-exists',
    });
  });

  it('given an order that nobody can read, then it says so; what fails otherwise is a failure of the function', async () => {
    orders.hooks.fail = new TemporarilyUnavailable('throttled');
    await expect(invoke(create)).rejects.toThrow('throttled');
    orders.hooks.fail = new UnreadableOrder('attribute amount');
    expect(await invoke(create)).toMatchObject({ error: 'attribute amount', code: 'order-unreadable' });
    orders.hooks.fail = new Error('broken');
    await expect(invoke(create)).rejects.toThrow('broken');
  });
});
