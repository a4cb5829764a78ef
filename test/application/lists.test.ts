import { getOrderHistory } from '../../src/application/get-order-history.ts';
import { listOrders } from '../../src/application/list-orders.ts';
import { listUsers } from '../../src/application/list-users.ts';
import type { PageQuery } from '../../src/application/paging.ts';
import type { OrderSelection, PageRequest } from '../../src/application/ports.ts';
import { cursorsAtHand } from '../support/cursors.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';
import { inMemoryHistory } from '../support/in-memory-ports.ts';
import { inMemoryUsers } from '../support/in-memory-users.ts';
import { live } from '../support/orders.ts';

/** Lists without end: each page says what it was asked, and ends at the same place. */
const given = () => {
  const asked: PageRequest[] = [];
  const page = (request: PageRequest) => {
    asked.push(request);
    return { next: 'place' };
  };
  const orders = inMemoryOrders();
  orders.records.set('C101#O5001', live());
  orders.records.set('C101#O5002', live({ orderId: 'O5002' }));
  orders.records.set('C102#O5001', live({ customerId: 'C102' }));
  orders.list = (_, request) => Promise.resolve({ orders: [], ...page(request) });
  const timeline = inMemoryHistory();
  timeline.read = (_, request) => Promise.resolve({ entries: [], ...page(request) });
  const users = inMemoryUsers();
  users.list = (request) => Promise.resolve({ users: [], ...page(request) });
  const cursors = cursorsAtHand();
  return {
    asked,
    orders: listOrders({ orders, cursors }),
    users: listUsers({ users, cursors }),
    history: getOrderHistory({ orders, timeline, cursors }),
  };
};

type Use = ReturnType<typeof given>;
const SELECTIONS: OrderSelection[] = [
  { by: 'customer', customerId: 'C101' },
  { by: 'customer', customerId: 'C102' },
  { by: 'customer', customerId: 'C101', status: 'PENDING' },
  { by: 'status', status: 'PENDING' },
  { by: 'status', status: 'SHIPPED' },
  { by: 'date', date: '2026-11-22' },
  { by: 'date', date: '2026-11-23' },
  { by: 'date', date: '2026-11-22', from: '2026-11-22T10:00:00.000Z' },
  { by: 'date', date: '2026-11-22', to: '2026-11-22T10:00:00.000Z' },
  { by: 'orderId', orderId: 'O5001' },
  { by: 'orderId', orderId: 'O5002' },
];
const KEYS = [
  { customerId: 'C101', orderId: 'O5001' },
  { customerId: 'C101', orderId: 'O5002' },
  { customerId: 'C102', orderId: 'O5001' },
];
const lists = (use: Use) => [
  ...SELECTIONS.map((selection) => (query: PageQuery) => use.orders(selection, query)),
  ...KEYS.map((key) => (query: PageQuery) => use.history(key, query)),
  (query: PageQuery) => use.users(query),
];

const cursorOf = async (list: ReturnType<typeof lists>[number]) => {
  const page = await list({});
  return (page.ok && page.value.next) || 'none';
};

describe('whatever is listed', () => {
  it('given a cursor, then the list that it is of goes on there, and no other, nor the other way round', async () => {
    const use = given();
    for (const [index, list] of lists(use).entries()) {
      const cursor = await cursorOf(list);
      for (const [place, other] of lists(use).entries()) {
        for (const direction of ['asc', 'desc'] as const) {
          const answer = await other({ direction, cursor });
          const same = place === index && direction === 'asc';
          expect(answer).toMatchObject(same ? { ok: true } : { error: { code: 'cursor-invalid' } });
        }
      }
    }
    const continued = use.asked.filter(({ after }) => after !== undefined);
    expect(continued).toEqual(lists(use).map(() => ({ limit: 25, direction: 'asc', after: 'place' })));
  });

  it('given nothing else, then the first twenty-five come; at most a hundred, and last ones first, where asked', async () => {
    const use = given();
    for (const list of lists(use)) {
      use.asked.length = 0;
      await list({});
      await list({ limit: 7 });
      await list({ limit: 101, direction: 'desc' });
      expect(use.asked).toStrictEqual([
        { limit: 25, direction: 'asc' },
        { limit: 7, direction: 'asc' },
        { limit: 100, direction: 'desc' },
      ]);
    }
  });
});

describe('the history of an order', () => {
  it('given an order that can be read, then it comes, and may lag; given none, then it is not found', async () => {
    const { history, asked } = given();
    expect(await history({ customerId: 'C101', orderId: 'O5001' })).toMatchObject({
      value: { entries: [], mayLag: true },
    });
    asked.length = 0;
    expect(await history({ customerId: 'C101', orderId: 'O5003' })).toEqual({
      ok: false,
      error: { code: 'order-not-found' },
    });
    expect(asked).toEqual([]);
  });
});

describe('listing orders', () => {
  it('given a list that sees every write, then it says so; how it is read binds no cursor', async () => {
    const { orders } = given();
    const customer = { by: 'customer', customerId: 'C101' } as const;
    expect(await orders(customer)).toMatchObject({ value: { mayLag: true } });
    const cursor = await cursorOf((query) => orders(customer, query));
    expect(await orders({ ...customer, consistent: true }, { cursor })).toMatchObject({
      value: { mayLag: false },
    });
    expect(await orders({ by: 'status', status: 'PENDING' })).toMatchObject({ value: { mayLag: true } });
  });

  it.each<OrderSelection>([
    { by: 'customer', customerId: 'C 101' },
    { by: 'orderId', orderId: 'x'.repeat(65) },
  ])(
    'given an id that none can have, as %j, then the list is empty, and nobody is asked',
    async (selection) => {
      const { orders, asked } = given();
      expect(await orders(selection)).toEqual({ ok: true, value: { orders: [], mayLag: true } });
      expect(asked).toEqual([]);
    },
  );
});
