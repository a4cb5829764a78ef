import fc from 'fast-check';
import { TemporarilyUnavailable, UnreadableOrder } from '../../../src/application/ports.ts';
import { FORMER_STAFF, OWNER, type Request, STAFF, startApi, STRANGER } from '../../support/api.ts';

const ORDERS = '/customers/{customerId}/orders';
const ORDER = `${ORDERS}/{orderId}`;
const path = { customerId: 'C101', orderId: 'O5001' };
const put: Request = { routeKey: `PUT ${ORDER}`, path, body: { amount: 199 }, claims: OWNER };
const read: Request = { routeKey: `GET ${ORDER}`, path, claims: OWNER };
const patch: Request = { routeKey: `PATCH ${ORDER}`, path, claims: OWNER, headers: { 'if-match': '"1"' } };
const move = (name: string, rest: Partial<Request> = {}): Request => ({
  routeKey: `POST ${ORDER}/${name}`,
  path,
  claims: STAFF,
  ...rest,
});

let { call, orders }: ReturnType<typeof startApi> = {} as never;
beforeEach(() => {
  ({ call, orders } = startApi());
});

describe('creating', () => {
  it('given POST, then 201 with Location, ETag and the order', async () => {
    const answer = await call({
      routeKey: `POST ${ORDERS}`,
      path: { customerId: 'C101' },
      claims: OWNER,
      body: { items: [{ sku: 'A', quantity: 2, unitAmount: 5 }], note: 'soon' },
    });
    expect(answer).toMatchObject({
      status: 201,
      headers: {
        etag: '"1"',
        location: expect.stringMatching(/^\/customers\/C101\/orders\/O[0-9A-Z]{26}$/) as string,
      },
      body: {
        customerId: 'C101',
        amount: 10,
        currency: 'USD',
        status: 'PENDING',
        note: 'soon',
        version: 1,
        allowedTransitions: ['confirm', 'cancel'],
      },
    });
    expect(Object.keys(answer.body)).not.toEqual(expect.arrayContaining(['createHash']));
  });

  it('given PUT, then 201; the same again 200; with another body 409', async () => {
    expect(await call(put)).toMatchObject({ status: 201 });
    expect(await call(put)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await call({ ...put, body: { amount: 200 } })).toMatchObject({
      status: 409,
      body: { code: 'order-exists' },
    });
    expect(orders.writes()).toBe(1);
  });

  it('given only a new order wanted, then its own repetition, known by the key, is 200; one without it 412', async () => {
    const headers = { 'if-none-match': '*', 'idempotency-key': 'k1' };
    expect(await call({ ...put, headers })).toMatchObject({ status: 201 });
    const again = { ...put, headers, requestId: 'gateway-2' };
    expect(await call(again)).toMatchObject({ status: 200, body: { version: 1 } });
    for (const others of [{ 'if-none-match': '*' }, { ...headers, 'idempotency-key': 'k2' }])
      expect(await call({ ...put, headers: others })).toMatchObject({ status: 412 });
  });

  it('given a deleted order, then a repetition of the PUT that made it is 404; another one creates anew', async () => {
    const keyed = { ...put, headers: { 'idempotency-key': 'k1', 'if-none-match': '*' } };
    await call(keyed);
    await call({ routeKey: `DELETE ${ORDER}`, path, claims: STAFF });
    const again = { ...keyed, requestId: 'gateway-2' };
    expect(await call(again)).toMatchObject({ status: 404, body: { code: 'order-not-found' } });
    expect(await call({ ...put, headers: { 'idempotency-key': 'k2' } })).toMatchObject({ status: 201 });
    // It is the other one's order.
    expect(await call(again)).toMatchObject({ status: 412 });
  });

  it('given the same order said in other words, then it is a repetition', async () => {
    await call(put);
    expect(await call({ ...put, body: { currency: 'USD', amount: 199 } })).toMatchObject({ status: 200 });
  });

  it('given preconditions, then If-None-Match refuses what exists, and If-Match has nothing to name', async () => {
    const only = { ...put, headers: { 'if-none-match': '*' } };
    expect(await call(only)).toMatchObject({ status: 201 });
    expect(await call(only)).toMatchObject({ status: 412, body: { code: 'order-exists' } });
    expect(await call({ ...put, headers: { 'if-match': '"1"' } })).toMatchObject({ status: 400 });
  });

  it('given an ill-formed id for a new order, then 422', async () => {
    expect(await call({ ...put, path: { ...path, orderId: 'a b' } })).toMatchObject({
      status: 422,
      body: { code: 'id-invalid' },
    });
  });
});

describe('reading', () => {
  it('given the version that the client has, then 304; else 200 with the ETag', async () => {
    await call(put);
    expect(await call(read)).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(await call({ ...read, headers: { 'if-none-match': 'W/"1"' } })).toMatchObject({ status: 304 });
    expect(await call({ ...read, headers: { 'if-none-match': '"2"' } })).toMatchObject({ status: 200 });
  });

  it('given consistent=true, then the repository is asked for what is there now; else for what it has at hand', async () => {
    const find = jest.spyOn(orders, 'find');
    await call({ ...read, query: { consistent: 'true' } });
    await call(read);
    expect(find.mock.calls).toEqual([
      [path, true],
      [path, false],
    ]);
  });

  it('given an unknown order, then 404 as problem+json with the correlation id of the request', async () => {
    expect(await call({ ...read, headers: { 'x-correlation-id': 'mine' } })).toEqual({
      status: 404,
      headers: {
        'content-type': 'application/problem+json',
        'x-correlation-id': 'mine',
        'cache-control': 'private, no-cache',
        'x-content-type-options': 'nosniff',
      },
      body: {
        type: '/problems/order-not-found',
        title: 'Order not found',
        status: 404,
        code: 'order-not-found',
        correlationId: 'mine',
      },
    });
  });

  it('given a correlation id that is not safe to log, then another is made', async () => {
    const answer = await call({ ...read, headers: { 'x-correlation-id': 'a\nb' } });
    expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('amending', () => {
  beforeEach(() => call(put));

  it('given the current version, then 200 in the next one; given a stale one, 412; given none, 428', async () => {
    expect(await call({ ...patch, body: { amount: 5 } })).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { amount: 5 },
    });
    expect(await call({ ...patch, body: { amount: 6 } })).toMatchObject({
      status: 412,
      headers: { etag: '"2"' },
      body: { code: 'version-stale' },
    });
    expect(await call({ ...patch, headers: {}, body: { amount: 6 } })).toMatchObject({ status: 428 });
    expect(orders.writes()).toBe(2);
  });

  it('given a patch that changes nothing, then 200 in the same version', async () => {
    expect(await call({ ...patch, body: { amount: 199 } })).toMatchObject({
      status: 200,
      headers: { etag: '"1"' },
    });
  });

  it('given several tags, then one that is current will do', async () => {
    const headers = { 'if-match': '"99", W/"1", "1"' };
    expect(await call({ ...patch, headers, body: { amount: 5 } })).toMatchObject({ status: 200 });
  });

  it('given a weak or an ill-formed tag, then it never matches', async () => {
    expect(await call({ ...patch, headers: { 'if-match': 'W/"1"' }, body: { amount: 5 } })).toMatchObject({
      status: 412,
    });
    expect(await call({ ...patch, headers: { 'if-match': '1' }, body: { amount: 5 } })).toMatchObject({
      status: 400,
    });
  });

  it('given a confirmed order, then 409 with what is allowed', async () => {
    await call(move('confirm'));
    expect(await call({ ...patch, headers: { 'if-match': '*' }, body: { amount: 5 } })).toMatchObject({
      status: 409,
      body: { code: 'transition-forbidden', allowedTransitions: ['ship', 'cancel'] },
    });
  });
});

describe('moving along', () => {
  beforeEach(() => call(put));

  it('given staff, then confirm, ship and deliver lead on, each again changes nothing', async () => {
    expect(await call(move('confirm'))).toMatchObject({ body: { status: 'CONFIRMED', version: 2 } });
    expect(await call(move('confirm'))).toMatchObject({ status: 200, body: { version: 2 } });
    const shipped = await call(move('ship', { body: { trackingNumber: 'T1', reason: 'ready' } }));
    expect(shipped).toMatchObject({ body: { status: 'SHIPPED', trackingNumber: 'T1' } });
    expect(await call(move('deliver'))).toMatchObject({
      body: { status: 'DELIVERED', allowedTransitions: [] },
    });
  });

  it('given a forbidden transition, then 409 naming the allowed ones', async () => {
    expect(await call(move('ship'))).toMatchObject({
      status: 409,
      body: {
        code: 'transition-forbidden',
        orderStatus: 'PENDING',
        allowedTransitions: ['confirm', 'cancel'],
      },
    });
  });

  it('given its owner, then cancelling is allowed', async () => {
    expect(await call(move('cancel', { claims: OWNER }))).toMatchObject({
      status: 200,
      body: { status: 'CANCELLED' },
    });
  });

  it('given a tracking number where none belongs, then 422', async () => {
    expect(await call(move('confirm', { body: { trackingNumber: 'T1' } }))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/trackingNumber', code: 'unknown-field' }] },
    });
  });
});

describe('deleting and restoring', () => {
  it('given the owner of a pending order, then 204, also when repeated, and it is gone until staff restore it', async () => {
    await call(put);
    const remove = { routeKey: `DELETE ${ORDER}`, path, claims: OWNER };
    expect(await call(remove)).toMatchObject({ status: 204 });
    expect(await call(remove)).toMatchObject({ status: 204 });
    expect(await call(read)).toMatchObject({ status: 404 });
    expect(await call(move('restore'))).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await call(read)).toMatchObject({ status: 200 });
  });

  it('given a confirmed order, then its owner may not delete it', async () => {
    await call(put);
    await call(move('confirm'));
    expect(await call({ routeKey: `DELETE ${ORDER}`, path, claims: OWNER })).toMatchObject({ status: 409 });
  });
});

describe('listing', () => {
  beforeEach(async () => {
    for (const orderId of ['O1', 'O2', 'O3']) await call({ ...put, path: { ...path, orderId } });
    await call(move('confirm', { path: { ...path, orderId: 'O2' } }));
  });
  const list = (query: Record<string, string> = {}): Request => ({
    routeKey: `GET ${ORDERS}`,
    path: { customerId: 'C101' },
    query,
    claims: OWNER,
  });
  const ids = (answer: { body: { items: { orderId: string }[] } }) =>
    answer.body.items.map(({ orderId }) => orderId);

  it('given a limit, then the next page is linked in body and header, and the last has none', async () => {
    const first = await call(list({ limit: '2', order: 'desc' }));
    expect(ids(first)).toEqual(['O3', 'O2']);
    const { next } = first.body as { next: string };
    expect(first.headers['link']).toContain(`<${next}>; rel="next"`);
    const query = Object.fromEntries(new URL(next, 'http://x').searchParams);
    expect(query).toMatchObject({ limit: '2', order: 'desc' });
    const last = await call(list(query));
    expect(ids(last)).toEqual(['O1']);
    expect(last.body).not.toHaveProperty('next');
  });

  it('given a status, then only those; given a cursor of another list, 400', async () => {
    expect(ids(await call(list({ status: 'CONFIRMED' })))).toEqual(['O2']);
    expect(await call(list({ cursor: 'AAAA' }))).toMatchObject({ status: 400 });
  });

  it('given staff, then by status, by day and by order id; given neither or both filters, 400', async () => {
    const all = (query: Record<string, string>) => call({ routeKey: 'GET /orders', query, claims: STAFF });
    expect(ids(await all({ status: 'PENDING' }))).toEqual(['O1', 'O3']);
    const date = new Date().toISOString().slice(0, 10);
    expect(ids(await all({ date }))).toHaveLength(3);
    expect(ids(await all({ date, from: '00:00', to: '23:59' }))).toHaveLength(3);
    const refused: Record<string, string>[] = [
      {},
      { status: 'PENDING', date },
      { status: 'PENDING', from: '00:00' },
      { date: '2026-02-30' },
      { status: 'LOST' },
      { date, from: '12:00', to: '10:00' },
    ];
    for (const query of refused) {
      expect(await all(query)).toMatchObject({ status: 400, body: { code: 'query-invalid' } });
    }
    expect(
      ids(await call({ routeKey: 'GET /orders/{orderId}', path: { orderId: 'O2' }, claims: STAFF })),
    ).toEqual(['O2']);
  });

  it('given a path that needs encoding, then the link has it encoded', async () => {
    const answer = await call({ ...list(), path: { customerId: '€\r\n>;' }, claims: STAFF });
    expect(answer.headers['link']).toBe('</customers/%E2%82%AC%0D%0A%3E%3B/orders>; rel="self"');
  });

  it.each(['0', '-1', 'x', '1.5'])('given the limit %s, then 400 naming it', async (limit) => {
    expect(await call(list({ limit }))).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'limit' }] },
    });
  });
});

describe('who may do what', () => {
  beforeEach(() => call(put));
  const create = { routeKey: `POST ${ORDERS}`, path: { customerId: 'C101' }, body: { amount: 1 } };
  const rows: [
    string,
    Request,
    owner: number,
    stranger: number,
    staff: number,
    former: number,
    none: number,
  ][] = [
    ['POST orders', create, 201, 404, 201, 403, 403],
    ['PUT order', { ...put, path: { ...path, orderId: 'O2' } }, 201, 404, 201, 403, 403],
    ['GET order', read, 200, 404, 200, 403, 403],
    ['GET orders of a customer', { routeKey: `GET ${ORDERS}`, path }, 200, 404, 200, 403, 403],
    ['PATCH order', { ...patch, body: { amount: 5 } }, 200, 404, 200, 403, 403],
    ['confirm', move('confirm'), 403, 403, 200, 403, 403],
    ['ship', move('ship'), 403, 403, 409, 403, 403],
    ['deliver', move('deliver'), 403, 403, 409, 403, 403],
    ['cancel', move('cancel'), 200, 404, 200, 403, 403],
    ['restore', move('restore'), 403, 403, 200, 403, 403],
    ['GET history', { ...read, routeKey: `GET ${ORDER}/history` }, 200, 404, 200, 403, 403],
    ['DELETE order', { routeKey: `DELETE ${ORDER}`, path }, 204, 404, 204, 403, 403],
    ['GET /orders', { routeKey: 'GET /orders', query: { status: 'PENDING' } }, 403, 403, 200, 403, 403],
    ['GET /orders/{orderId}', { routeKey: 'GET /orders/{orderId}', path }, 403, 403, 200, 403, 403],
    ['GET /health', { routeKey: 'GET /health' }, 200, 200, 200, 200, 200],
  ];
  it.each(['', 'x'.repeat(3000)])(
    'given a token of staff whose sub is none, then it is nobody',
    async (sub) => {
      expect(await call({ ...move('confirm'), claims: { ...STAFF, sub } })).toMatchObject({ status: 403 });
    },
  );

  const callers = [OWNER, STRANGER, STAFF, FORMER_STAFF, { sub: 'x', scope: 'openid' }];

  it.each(rows)('%s', async (_, request, ...expected) => {
    const statuses: (number | undefined)[] = [];
    for (const claims of callers) {
      ({ call, orders } = startApi());
      await call(put);
      const writes = orders.writes();
      const { status } = await call({ ...request, claims });
      if (status >= 400) expect(orders.writes()).toBe(writes);
      statuses.push(status);
    }
    expect(statuses).toEqual(expected);
  });
});

describe('bad input', () => {
  const post = (rest: Partial<Request>): Request => ({
    ...put,
    ...rest,
    ...(rest.raw !== undefined && { body: undefined }),
  });
  it.each<[string, Request, number, string]>([
    ['no body', post({ raw: '' }), 400, 'body-missing'],
    ['malformed JSON', post({ raw: '{"amount":' }), 400, 'body-malformed'],
    ['bytes that are no UTF-8', post({ raw: '/w==', base64: true }), 400, 'body-malformed'],
    ['an encoded body', post({ headers: { 'content-encoding': 'gzip' } }), 415, 'encoding-unsupported'],
    ['another media type', post({ headers: { 'content-type': 'text/xml' } }), 415, 'media-type-unsupported'],
    ['a body over 256 KB', post({ body: { note: 'x'.repeat(256 * 1024) } }), 413, 'body-too-large'],
    ['an array', post({ body: [] }), 422, 'body-invalid'],
    ['a server-owned field', post({ body: { amount: 1, status: 'SHIPPED' } }), 422, 'body-invalid'],
    ['an amount as text', post({ body: { amount: '1' } }), 422, 'body-invalid'],
    ['an amount beyond 2^53', post({ body: { amount: 2 ** 53 } }), 422, 'body-invalid'],
    ['half a surrogate pair', post({ raw: '{"amount":1,"note":"\\ud800"}' }), 422, 'body-invalid'],
    ['an unknown currency', post({ body: { amount: 1, currency: 'QQQ' } }), 422, 'order-invalid'],
  ])('given %s, then it is refused and nothing is written', async (_, request, status, code) => {
    expect(await call(request)).toMatchObject({ status, body: { code } });
    expect(orders.writes()).toBe(0);
  });

  it('given several wrong fields, then there is a pointer for each', async () => {
    const body = { amount: -1, 'a/b': 1, items: [{ sku: '', quantity: 0, unitAmount: 1, x: 1 }] };
    const answer = await call({ ...put, body });
    const pointers = (answer.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(['/amount', '/a~1b', '/items/0/quantity', '/items/0/sku', '/items/0/x']);
  });

  it('given an unknown path, then 404; given another method on a known one, 405 with Allow', async () => {
    const elsewhere = (routeKey: string) =>
      call({ ...read, routeKey }).then(({ status, headers }) => [status, headers['allow']]);
    expect(await elsewhere('GET /nothing')).toEqual([404, undefined]);
    expect(await elsewhere(`TRACE ${ORDERS}`)).toEqual([405, 'POST, GET, OPTIONS']);
  });

  it('given a failure inside, then 500 without its message; given a passing one, 503 with Retry-After', async () => {
    orders.hooks.fail = new Error('secret detail');
    const answer = await call(put);
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal-error' } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    orders.hooks.fail = new TemporarilyUnavailable('throttled');
    expect(await call(put)).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    orders.hooks.fail = new UnreadableOrder('attribute amount of the item');
    const unreadable = await call(put);
    expect(unreadable).toMatchObject({ status: 409, body: { code: 'order-unreadable' } });
    expect(JSON.stringify(unreadable.body)).toContain('attribute amount');
  });

  it('whatever the body, then never a 5xx, and a write only with a 2xx', async () => {
    const keys = fc.constantFrom('amount', 'currency', 'items', 'note', 'status', '__proto__', 'x');
    const body = fc.oneof(
      fc.json(),
      fc.dictionary(keys, fc.jsonValue()).map((value) => JSON.stringify(value)),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (raw, base64) => {
        const writes = orders.writes();
        const { status } = await call({ ...put, body: undefined, raw, base64 });
        expect(status).toBeLessThan(500);
        if (status >= 300) expect(orders.writes()).toBe(writes);
      }),
    );
  });
});
