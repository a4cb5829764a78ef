import { ADMIN, OWNER, type Request, startApi } from '../../support/api.ts';
import { live } from '../../support/orders.ts';
import { OrderTooLarge } from '../../../src/application/ports.ts';

const ORDER = '/customers/{customerId}/orders/{orderId}';
const path = { customerId: 'C101', orderId: 'O1' };
const put: Request = { routeKey: `PUT ${ORDER}`, path, body: { amount: 1 }, claims: OWNER };
const read: Request = { routeKey: `GET ${ORDER}`, path, claims: OWNER };

let { call, orders }: ReturnType<typeof startApi> = {} as never;
beforeEach(() => {
  ({ call, orders } = startApi());
});

describe('what a client accepts', () => {
  it.each([
    '*/*',
    'application/json',
    'Application/JSON; charset=utf-8',
    'text/html, application/*;q=0.5',
    'text/html,*/*;q=0.1',
    '',
  ])('given Accept "%s", then it is answered in JSON', async (accept) => {
    await call(put);
    expect(await call({ ...read, headers: { accept } })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
    });
  });

  it.each(['text/html', 'text/*', 'application/xml', '*/*, application/json;q=0', 'json', '*/*;q=x'])(
    'given Accept "%s", then 406 and nothing is written',
    async (accept) => {
      expect(await call({ ...put, headers: { accept } })).toMatchObject({
        status: 406,
        body: { code: 'not-acceptable' },
      });
      expect(orders.writes()).toBe(0);
      const users = { routeKey: 'GET /users', claims: ADMIN, headers: { accept } };
      expect(await call(users)).toMatchObject({ status: 406 });
    },
  );
});

describe('a query that no route reads', () => {
  it.each<Request>([
    put,
    { ...put, routeKey: 'POST /customers/{customerId}/orders' },
    { ...put, routeKey: `DELETE ${ORDER}` },
    { ...put, routeKey: `POST ${ORDER}/cancel` },
    read,
    { routeKey: 'PUT /users/{userId}', path: { userId: 'U1' }, claims: ADMIN },
    { routeKey: 'GET /users/{userId}', path: { userId: 'U1' }, claims: ADMIN },
  ])('given $routeKey with one, then 400 naming it, and nothing is written', async (request) => {
    expect(await call({ ...request, query: { dryRun: 'true' } })).toMatchObject({
      status: 400,
      body: { code: 'query-invalid', errors: [{ parameter: 'dryRun', code: 'unknown-field' }] },
    });
    expect(orders.writes()).toBe(0);
  });
});

describe('other methods', () => {
  const ask = async (method: string, template: string) => {
    const { status, headers } = await call({ routeKey: `${method} ${template}`, path });
    return [status, headers['allow']];
  };

  it('given OPTIONS, then 204 with what is possible; elsewhere 404', async () => {
    expect(await ask('OPTIONS', ORDER)).toEqual([204, 'PUT, GET, PATCH, DELETE, OPTIONS']);
    expect(await ask('OPTIONS', '/users')).toEqual([204, 'GET, OPTIONS']);
    expect(await ask('OPTIONS', '/docs')).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(await ask('OPTIONS', '/nothing')).toEqual([404, undefined]);
  });

  it.each(['HEAD', 'TRACE', 'POST', 'X-ANY'])('given %s, then 405 with Allow', async (method) => {
    expect(await ask(method, '/users')).toEqual([405, 'GET, OPTIONS']);
  });

  it('given what the function of the documentation does not answer, then 405 with what it does', async () => {
    expect(await ask('POST', '/openapi.json')).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

describe('headers of the client', () => {
  const bad = ['a\r\nset-cookie: x=1', 'a b', '{"a":1}', 'x'.repeat(129), '', '\u0000', 'ä'];

  it.each(bad)('given %j as X-Correlation-Id, then it comes neither back nor into the order', async (id) => {
    const answer = await call({ ...put, headers: { 'x-correlation-id': id } });
    expect(answer.status).toBe(201);
    expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    const [record] = [...orders.records.values()];
    expect(record?.order.change.correlationId).toBe(answer.headers['x-correlation-id']);
  });

  it.each([
    ...bad,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  ])('given %j as traceparent, then it is dropped', async (traceparent) => {
    expect(await call({ ...put, headers: { traceparent } })).toMatchObject({ status: 201 });
    const [record] = [...orders.records.values()];
    expect(record?.order.change).not.toHaveProperty('traceparent');
  });

  it.each([...bad, '1', '"1', 'W/1', '"1" "2"', ','])('given %j as If-Match, then 400', async (ifMatch) => {
    await call(put);
    const patch = { ...put, routeKey: `PATCH ${ORDER}`, headers: { 'if-match': ifMatch } };
    expect(await call(patch)).toMatchObject({ status: 400, body: { code: 'header-malformed' } });
  });
});

it('given an order that has grown too large to be written, then 422 saying so', async () => {
  orders.records.set('C101#O1', live({ orderId: 'O1' }));
  orders.hooks.fail = new OrderTooLarge('It would take 500000 bytes, and 409600 are possible.');
  expect(await call({ routeKey: `POST ${ORDER}/cancel`, path, claims: OWNER })).toMatchObject({
    status: 422,
    body: { code: 'order-too-large', detail: 'It would take 500000 bytes, and 409600 are possible.' },
  });
});
