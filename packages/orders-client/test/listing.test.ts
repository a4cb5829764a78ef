import { OrdersClient } from '../src/index.ts';
import { order, problem, startServer } from './server.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let client: OrdersClient;
beforeAll(async () => {
  server = await startServer();
  client = new OrdersClient({ baseUrl: `${server.url}/v1/`, retry: { baseDelay: 1 } });
});
afterAll(async () => {
  await server.stop();
});

/** A page of orders with these ids; its link is the one that the API knows of. */
const page = (ids: string[], cursor?: string) => ({
  body: {
    items: ids.map((orderId) => ({ ...order, orderId, etag: '"1"' })),
    mayLag: true,
    self: '/orders',
    ...(cursor !== undefined && { next: `/orders?limit=2&cursor=${encodeURIComponent(cursor)}` }),
  },
});
const urls = () => server.received.map(({ url }) => url);

const idsOf = async (list: AsyncIterable<{ orderId: string }>): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { orderId } of list) ids.push(orderId);
  return ids;
};

describe('given a list of several pages', () => {
  it('then each of it comes once, over pages that are short or empty, to the last', async () => {
    server.reply(page(['O1', 'O2'], 'a+/='), page([], 'b'), page(['O3'], 'c'), page([]));
    expect(await idsOf(client.orders.list({ status: 'PENDING', limit: 2 }))).toEqual(['O1', 'O2', 'O3']);
    expect(urls()).toEqual([
      '/v1/orders?status=PENDING&limit=2',
      '/v1/orders?status=PENDING&limit=2&cursor=a%2B%2F%3D',
      '/v1/orders?status=PENDING&limit=2&cursor=b',
      '/v1/orders?status=PENDING&limit=2&cursor=c',
    ]);
  });

  it('then nothing is read before it is asked for, nor after the loop has ended', async () => {
    server.reply(page(['O1', 'O2'], 'a'), page(['O3'], 'b'));
    const list = client.orders.list({ status: 'PENDING' });
    expect(server.received).toHaveLength(0);
    for await (const { orderId } of list) if (orderId === 'O2') break;
    expect(server.received).toHaveLength(1);
    server.reply(page(['O1']));
    expect(await idsOf(list)).toEqual(['O1']);
  });

  it('then pages say where the next one begins, and a later list goes on from there', async () => {
    server.reply(page(['O1'], 'a'), page(['O2']));
    const [first] = [await client.orders.list({ date: '2026-11-22' }).pages()[Symbol.asyncIterator]().next()];
    expect(first.value).toMatchObject({ items: [{ orderId: 'O1', etag: '"1"' }], mayLag: true, cursor: 'a' });
    const { cursor } = first.value as { cursor: string };
    const pages = [];
    for await (const one of client.orders.list({ date: '2026-11-22', cursor }).pages()) pages.push(one);
    expect(pages).toMatchObject([{ items: [{ orderId: 'O2' }] }]);
    expect(pages[0]).not.toHaveProperty('cursor');
    expect(urls()).toEqual(['/v1/orders?date=2026-11-22', '/v1/orders?date=2026-11-22&cursor=a']);
  });

  it('when a page fails, then it is sent again as other reads are; when that is of no use, it throws', async () => {
    server.reply(page(['O1'], 'a'), 'lost', page(['O2'], 'b'), problem(400, 'cursor-expired'));
    const ids: string[] = [];
    const all = async () => {
      for await (const { orderId } of client.orders.list({ status: 'PENDING' })) ids.push(orderId);
    };
    await expect(all()).rejects.toMatchObject({ code: 'cursor-expired' });
    expect(ids).toEqual(['O1', 'O2']);
  });

  it('when its link says nothing of a cursor, then it throws, and does not end as if that were all', async () => {
    server.reply({ body: { ...page([]).body, next: '/orders?page=2' } });
    await expect(idsOf(client.orders.list({ status: 'PENDING' }))).rejects.toThrow('/orders?page=2');
  });
});

it.each<[string, (client: OrdersClient) => AsyncIterable<unknown>, string]>([
  [
    'the orders of a customer',
    ({ orders }) => orders.list({ customerId: 'C1/2', status: 'SHIPPED', consistent: true, order: 'desc' }),
    '/v1/customers/C1%2F2/orders?status=SHIPPED&consistent=true&order=desc',
  ],
  [
    'a part of a day',
    ({ orders }) => orders.list({ date: '2026-11-22', from: '10:00', to: '11:00' }),
    '/v1/orders?date=2026-11-22&from=10%3A00&to=11%3A00',
  ],
  ['an order id', ({ orders }) => orders.list({ orderId: 'O1', limit: 5 }), '/v1/orders/O1?limit=5'],
  [
    'a history',
    ({ orders }) => orders.history({ customerId: 'C1', orderId: 'O1' }, { limit: 5 }),
    '/v1/customers/C1/orders/O1/history?limit=5',
  ],
  ['the users', ({ users }) => users.list({ order: 'desc' }), '/v1/users?order=desc'],
])('%s are asked for page by page', async (_, list, url) => {
  server.reply(page([], 'a'), page([]));
  for await (const one of list(client)) throw new Error(`nobody sent ${String(one)}`);
  expect(urls()).toEqual([url, `${url}${url.includes('?') ? '&' : '?'}cursor=a`]);
});

it('the options of a list go with each page', async () => {
  server.reply(page([], 'a'), page([]));
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  await idsOf(client.orders.list({ status: 'PENDING' }, { correlationId: 'mine', traceparent }));
  for (const { headers } of server.received)
    expect(headers).toMatchObject({ 'x-correlation-id': 'mine', traceparent });
});
