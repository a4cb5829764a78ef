import { ADMIN, OWNER, type Request, STAFF, startApi } from '../../support/api.ts';
import { user } from '../../support/users.ts';

const path = { userId: 'auth0|7' };
const body = { name: 'Ada', role: 'Clerk', active: true };
const of = (method: string, rest: Partial<Request> = {}): Request => ({
  routeKey: `${method} /users/{userId}`,
  path,
  claims: ADMIN,
  ...rest,
});
const naveen = { path: { userId: 'U1001' } };
const confirm: Request = {
  routeKey: 'POST /customers/{customerId}/orders/{orderId}/confirm',
  path: { customerId: 'C101', orderId: 'O1' },
  claims: STAFF,
};

let { call, users, orders }: ReturnType<typeof startApi> = {} as never;
beforeEach(() => {
  ({ call, users, orders } = startApi());
});

const etagOf = async (request: Request): Promise<string> => String((await call(request)).headers['etag']);

describe('putting a user', () => {
  it('given nobody with that id, then 201 with Location, ETag and the user', async () => {
    const answer = await call(of('PUT', { body }));
    const { version } = answer.body as { version: number };
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: '/users/auth0%7C7', etag: `"${version}"` },
      body: { userId: 'auth0|7', ...body, updatedBy: ADMIN.sub },
    });
    expect(await call(of('GET'))).toMatchObject({ status: 200, body: answer.body });
  });

  it('given the same again, then 200; another profile: 428 without If-Match, 412 with a stale one, 200 with the ETag', async () => {
    const tag = await etagOf(of('PUT', { body }));
    expect(await call(of('PUT', { body }))).toMatchObject({ status: 200, headers: { etag: tag } });
    const other = { body: { ...body, active: false } };
    expect(await call(of('PUT', other))).toMatchObject({ status: 428, body: { code: 'if-match-required' } });
    expect(await call(of('PUT', { ...other, headers: { 'if-match': '"5"' } }))).toMatchObject({
      status: 412,
      headers: { etag: tag },
      body: { code: 'version-stale' },
    });
    const replaced = await call(of('PUT', { ...other, headers: { 'if-match': tag } }));
    expect(replaced).toMatchObject({ status: 200, body: { active: false } });
    expect(await call(of('PUT', { body, headers: { 'if-match': '*' } }))).toMatchObject({ status: 200 });
  });

  it('given If-None-Match: *, then only a new one, or the same request again; given If-Match and nobody, 412', async () => {
    const only = of('PUT', { body, headers: { 'if-none-match': '*' } });
    expect(await call(only)).toMatchObject({ status: 201 });
    expect(await call(only)).toMatchObject({ status: 200 });
    for (const other of [{ body: { ...body, role: 'Cook' } }, { claims: { ...ADMIN, sub: 'admin-2' } }]) {
      expect(await call({ ...only, ...other })).toMatchObject({
        status: 412,
        body: { code: 'user-exists' },
      });
    }
    const nobody = { body, path: { userId: 'U9' }, headers: { 'if-match': '*' } };
    expect(await call(of('PUT', nobody))).toMatchObject({ status: 412 });
  });

  it.each<[string, Partial<Request>, string]>([
    ['no `active`, which has no default', { body: { name: 'Ada', role: 'Clerk' } }, '/active'],
    ['an unknown field', { body: { ...body, admin: true } }, '/admin'],
    ['a server-owned field', { body: { ...body, version: 1 } }, '/version'],
    ['an empty name', { body: { ...body, name: '' } }, '/name'],
    ['a name without end', { body: { ...body, name: 'x'.repeat(201) } }, '/name'],
    ['`active` as text', { body: { ...body, active: 'true' } }, '/active'],
  ])('given %s, then 422 with a pointer, and nobody is made', async (_, request, pointer) => {
    const writes = users.writes();
    expect(await call(of('PUT', request))).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    expect(users.writes()).toBe(writes);
  });

  it.each(['a b', 'a/b', 'ä', 'a\n', 'x'.repeat(256)])('given the id %j, then 422', async (userId) => {
    expect(await call(of('PUT', { body, path: { userId } }))).toMatchObject({
      status: 422,
      body: { code: 'id-invalid', errors: [{ parameter: 'userId' }] },
    });
  });
});

describe('reading a user', () => {
  it('given the version that the client has, then 304; given nobody, 404', async () => {
    expect(await call(of('GET', naveen))).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    const known = { ...naveen, headers: { 'if-none-match': '"1"' } };
    expect(await call(of('GET', known))).toMatchObject({ status: 304, headers: { etag: '"1"' } });
    expect(await call(of('GET'))).toMatchObject({ status: 404, body: { code: 'user-not-found' } });
  });
});

describe('amending a user', () => {
  it('given the ETag, then 200; none: 428; a stale one: 412; nobody: 404; null: 422', async () => {
    const patch = { ...naveen, body: { active: false } };
    expect(await call(of('PATCH', patch))).toMatchObject({ status: 428 });
    expect(await call(of('PATCH', { ...patch, headers: { 'if-match': '"1"' } }))).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { name: 'Naveen', active: false, updatedBy: ADMIN.sub },
    });
    const role = { ...naveen, body: { role: 'Cook' } };
    expect(await call(of('PATCH', { ...role, headers: { 'if-match': '"1"' } }))).toMatchObject({
      status: 412,
    });
    expect(await call(of('PATCH', { body: {}, headers: { 'if-match': '*' } }))).toMatchObject({
      status: 404,
    });
    const none = { ...naveen, body: { role: null }, headers: { 'if-match': '*' } };
    expect(await call(of('PATCH', none))).toMatchObject({ status: 422 });
  });
});

describe('deleting a user', () => {
  it('given the user, then 204, also when repeated; given a stale If-Match, 412', async () => {
    expect(await call(of('DELETE', { ...naveen, headers: { 'if-match': '"9"' } }))).toMatchObject({
      status: 412,
    });
    const remove = of('DELETE', { ...naveen, headers: { 'if-match': '"1"' } });
    expect(await call(remove)).toMatchObject({ status: 204 });
    expect(await call(remove)).toMatchObject({ status: 204 });
    expect(await call(of('GET', naveen))).toMatchObject({ status: 404 });
  });
});

describe('listing users', () => {
  const list = (query: Record<string, string> = {}): Request => ({
    routeKey: 'GET /users',
    query,
    claims: ADMIN,
  });

  it('given more than a page, then each is linked to the next, and the last has none', async () => {
    for (const n of [3, 4]) await call(of('PUT', { body, path: { userId: `U100${n}` } }));
    const found: string[] = [];
    let query: Record<string, string> | undefined = { limit: '2', order: 'desc' };
    let pages = 0;
    while (query) {
      const { body: page, headers } = (await call(list(query))) as unknown as {
        body: { items: { userId: string }[]; next?: string };
        headers: Record<string, string>;
      };
      found.push(...page.items.map(({ userId }) => userId));
      expect(headers['link']?.includes('rel="next"')).toBe(page.next !== undefined);
      query = (page.next && Object.fromEntries(new URL(page.next, 'http://x').searchParams)) || undefined;
      pages += 1;
    }
    expect([pages, found]).toEqual([2, ['U1004', 'U1003', 'U1002', 'U1001']]);
  });

  it('given a cursor of another list, or an unknown parameter, then 400', async () => {
    expect(await call(list({ cursor: 'AAAA' }))).toMatchObject({
      status: 400,
      body: { code: 'cursor-invalid' },
    });
    expect(await call(list({ active: 'true' }))).toMatchObject({
      status: 400,
      body: { code: 'query-invalid' },
    });
  });
});

describe('the rights of people', () => {
  it('given staff who are made inactive, then they are locked out at the next request, and let in again', async () => {
    await call({
      routeKey: 'PUT /customers/{customerId}/orders/{orderId}',
      path: confirm.path ?? {},
      claims: OWNER,
      body: { amount: 1 },
    });
    const activate = (active: boolean) =>
      call(of('PATCH', { ...naveen, body: { active }, headers: { 'if-match': '*' } }));
    await activate(false);
    const writes = orders.writes();
    expect(await call(confirm)).toMatchObject({ status: 403, body: { code: 'staff-inactive' } });
    expect(orders.writes()).toBe(writes);
    await activate(true);
    expect(await call(confirm)).toMatchObject({ status: 200 });
    await call(of('DELETE', naveen));
    expect(await call(confirm)).toMatchObject({ status: 403, body: { code: 'staff-inactive' } });
  });

  it('given an admin who deactivates and deletes himself, then he is still admin: his token makes him one', async () => {
    const self = { path: { userId: ADMIN.sub } };
    users.users.set(ADMIN.sub, user({ userId: ADMIN.sub }));
    const off = { ...self, body: { active: false }, headers: { 'if-match': '*' } };
    expect(await call(of('PATCH', off))).toMatchObject({ status: 200 });
    expect(await call(of('DELETE', self))).toMatchObject({ status: 204 });
    expect(await call(of('PUT', { ...self, body }))).toMatchObject({ status: 201 });
  });

  it.each([
    ['staff', STAFF],
    ['an owner', OWNER],
    ['no token', undefined],
  ])('given %s, then 403 for each of the routes, and nobody changes', async (_, claims) => {
    const headers = { 'if-match': '*' };
    const requests = ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) =>
      of(method, { ...naveen, body, headers }),
    );
    for (const request of [...requests, { routeKey: 'GET /users' }]) {
      expect(await call({ ...request, claims })).toMatchObject({
        status: 403,
        body: { code: 'scope-missing' },
      });
    }
    expect(users.writes()).toBe(0);
  });
});
