import { OrdersClient } from '../src/index.ts';
import { OK, order, startServer } from './server.ts';

const key = { customerId: 'C101', orderId: 'O1' };

let server: Awaited<ReturnType<typeof startServer>>;
let client: OrdersClient;
beforeAll(async () => {
  server = await startServer();
  client = new OrdersClient({ baseUrl: server.url, retry: { attempts: 1 } });
});
afterAll(async () => {
  await server.stop();
});
beforeEach(() => server.reply());

const ORDER = '/customers/C101/orders/O1';
const merge = { 'content-type': 'application/merge-patch+json' };
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('what is asked for', () => {
  it.each<[string, (client: OrdersClient) => Promise<unknown>, string, string, unknown, object?]>([
    [
      'create',
      (c) => c.orders.create('C101', { amount: 5 }),
      'POST',
      '/customers/C101/orders',
      { amount: 5 },
    ],
    ['put', (c) => c.orders.put(key, { amount: 5 }), 'PUT', ORDER, { amount: 5 }],
    ['get', (c) => c.orders.get(key), 'GET', ORDER, undefined],
    [
      'get, consistent',
      (c) => c.orders.get(key, { consistent: true, correlationId: 'mine', traceparent }),
      'GET',
      `${ORDER}?consistent=true`,
      undefined,
      { 'x-correlation-id': 'mine', traceparent },
    ],
    [
      'amend',
      (c) => c.orders.amend({ ...key, etag: '"3"' }, { note: null }, { idempotencyKey: 'k' }),
      'PATCH',
      ORDER,
      { note: null },
      { ...merge, 'if-match': '"3"', 'idempotency-key': 'k' },
    ],
    [
      'ship',
      (c) => c.orders.ship(key, { trackingNumber: '1Z' }, { ifMatch: '"2"', correlationId: 'mine' }),
      'POST',
      `${ORDER}/ship`,
      { trackingNumber: '1Z' },
      { 'if-match': '"2"', 'x-correlation-id': 'mine', 'content-type': 'application/json' },
    ],
    ['confirm', (c) => c.orders.confirm(key), 'POST', `${ORDER}/confirm`, {}],
    ['deliver', (c) => c.orders.deliver(key), 'POST', `${ORDER}/deliver`, {}],
    ['cancel', (c) => c.orders.cancel(key, { reason: 'x' }), 'POST', `${ORDER}/cancel`, { reason: 'x' }],
    ['restore', (c) => c.orders.restore(key), 'POST', `${ORDER}/restore`, undefined],
    [
      'delete',
      (c) => c.orders.delete(key, { ifMatch: '*' }),
      'DELETE',
      ORDER,
      undefined,
      { 'if-match': '*' },
    ],
    ['get of a user', (c) => c.users.get('auth0|7'), 'GET', '/users/auth0%7C7', undefined],
    [
      'put of a user',
      (c) => c.users.put('U1', { name: 'A', role: 'B', active: true }, { ifMatch: '"2"' }),
      'PUT',
      '/users/U1',
      { name: 'A', role: 'B', active: true },
      { 'if-match': '"2"' },
    ],
    [
      'amend of a user',
      (c) => c.users.amend({ userId: 'U1', etag: '"2"' }, { active: false }),
      'PATCH',
      '/users/U1',
      { active: false },
      { ...merge, 'if-match': '"2"' },
    ],
    ['delete of a user', (c) => c.users.delete('U1'), 'DELETE', '/users/U1', undefined],
  ])('by %s', async (name, call, method, url, body, headers = {}) => {
    server.reply(name.startsWith('delete') ? { status: 204 } : OK);
    await call(client);
    const [one] = server.received;
    expect(one).toMatchObject({ method, url, headers });
    expect(one?.body ? JSON.parse(one.body) : undefined).toEqual(body);
  });

  it('does not have what nobody gave', async () => {
    await client.orders.get(key);
    for (const name of ['authorization', 'if-match', 'if-none-match', 'idempotency-key', 'traceparent'])
      expect(server.received[0]?.headers).not.toHaveProperty(name);
  });
});

describe('an order', () => {
  it('has the ETag of its answer, or of its version where a browser is not shown the header', async () => {
    server.reply({ ...OK, headers: { etag: '"7"' } }, { body: { ...order, version: 4 } });
    expect(await client.orders.get(key)).toEqual({ ...order, etag: '"7"' });
    expect(await client.orders.get(key)).toEqual({ ...order, version: 4, etag: '"4"' });
  });
});
