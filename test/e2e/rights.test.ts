import { synthesized } from '../infra/synthesized.ts';
import { connect, startSystem } from '../support/system.ts';

const CALLERS = ['none', 'expired', 'other', 'owner', 'staff', 'inactive', 'admin'] as const;
type Caller = (typeof CALLERS)[number];
type Statuses = [
  none: number,
  expired: number,
  other: number,
  owner: number,
  staff: number,
  inactive: number,
  admin: number,
];

interface Row {
  expected: Statuses;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const ORDERS = '/customers/{customerId}/orders';
const ORDER = `${ORDERS}/{orderId}`;
const ANY = { 'if-match': '*' };
const user = { name: 'Ada', role: 'Clerk', active: true };

const ownerOrStaff = (status: number): Statuses => [401, 401, 404, status, status, 403, 403];
const staffOnly = (status: number): Statuses => [401, 401, 403, 403, status, 403, 403];
const adminOnly = (status: number): Statuses => [401, 401, 403, 403, 403, 403, status];
const anyone = (status: number): Statuses => [status, status, status, status, status, status, status];

/** What each caller gets of each route, for a pending order of C101. */
const MATRIX: Record<string, Row> = {
  [`POST ${ORDERS}`]: { body: { amount: 1 }, expected: ownerOrStaff(201) },
  [`GET ${ORDERS}`]: { expected: ownerOrStaff(200) },
  [`PUT ${ORDER}`]: { body: { amount: 1 }, expected: ownerOrStaff(200) },
  [`GET ${ORDER}`]: { expected: ownerOrStaff(200) },
  [`PATCH ${ORDER}`]: { body: { amount: 2 }, headers: ANY, expected: ownerOrStaff(200) },
  [`DELETE ${ORDER}`]: { expected: ownerOrStaff(204) },
  [`POST ${ORDER}/confirm`]: { expected: staffOnly(200) },
  [`POST ${ORDER}/ship`]: { expected: staffOnly(409) },
  [`POST ${ORDER}/deliver`]: { expected: staffOnly(409) },
  [`POST ${ORDER}/cancel`]: { expected: ownerOrStaff(200) },
  [`POST ${ORDER}/restore`]: { expected: staffOnly(200) },
  [`GET ${ORDER}/history`]: { expected: ownerOrStaff(200) },
  'GET /orders': { query: '?status=PENDING', expected: staffOnly(200) },
  'GET /orders/{orderId}': { expected: staffOnly(200) },
  'GET /users': { expected: adminOnly(200) },
  'GET /users/{userId}': { expected: adminOnly(200) },
  'PUT /users/{userId}': { body: user, expected: adminOnly(200) },
  'PATCH /users/{userId}': { body: { role: 'Cook' }, headers: ANY, expected: adminOnly(200) },
  'DELETE /users/{userId}': { expected: adminOnly(204) },
  'GET /health': { expected: anyone(200) },
  'GET /openapi.json': { expected: anyone(200) },
  'HEAD /openapi.json': { expected: anyone(200) },
  'GET /docs': { expected: anyone(200) },
  'HEAD /docs': { expected: anyone(200) },
  'GET /docs/{file}': { expected: anyone(200) },
  'HEAD /docs/{file}': { expected: anyone(200) },
  $default: { expected: anyone(404) },
};

let system: Awaited<ReturnType<typeof startSystem>>;
let client: ReturnType<typeof connect>;
let tokens: Record<Caller, string>;

beforeAll(async () => {
  system = await startSystem('--port', '0', '--seed');
  client = connect(system.url);
  const owner = { sub: 'C101', scope: 'orders/customer', customerId: 'C101' };
  tokens = {
    none: '',
    expired: await client.token({ ...owner, expiresIn: -60 }),
    other: await client.token({ sub: 'C102', scope: 'orders/customer', customerId: 'C102' }),
    owner: await client.token(owner),
    staff: await client.token({ sub: 'U1001', scope: 'orders/staff' }),
    inactive: await client.token({ sub: 'U1002', scope: 'orders/staff' }),
    admin: await client.token({ sub: 'admin', scope: 'orders/admin' }),
  };
  const former = { bearer: tokens.admin, body: { ...user, active: false } };
  expect(await client.request('PUT', '/users/U1002', former)).toMatchObject({ status: 201 });
});
afterAll(async () => {
  await system.kill('SIGTERM');
});

let count = 0;

/** Each cell has an order and a user of its own; both come back as they are after the call. */
const attempt = async (routeKey: string, { query = '', body, headers = {} }: Row, caller: Caller) => {
  count += 1;
  const [orderId, userId] = [`rights-${count}`, `rights-${count}`];
  const order = `/customers/C101/orders/${orderId}`;
  await client.request('PUT', order, { bearer: tokens.owner, body: { amount: 1 } });
  await client.request('PUT', `/users/${userId}`, { bearer: tokens.admin, body: user });
  const [method = '', template = ''] = routeKey === '$default' ? ['GET', '/nothing'] : routeKey.split(' ');
  const path = template
    .replace('{customerId}', 'C101')
    .replace('{orderId}', orderId)
    .replace('{userId}', userId)
    .replace('{file}', 'page.css');
  const bearer = caller === 'none' ? {} : { bearer: tokens[caller] };
  const { status } = await client.request(method, path + query, {
    ...bearer,
    headers,
    ...(body !== undefined && { body }),
  });
  const state = async (at: string, of: Caller) =>
    (await client.request('GET', at, { bearer: tokens[of] })).body as object | undefined;
  return {
    status,
    order: await state(order, 'owner'),
    user: await state(`/users/${userId}`, 'admin'),
  };
};

it('has a row for each route of the template, and no other', () => {
  const routes = synthesized()
    .ofType('AWS::ApiGatewayV2::Route')
    .map(({ properties }) => String(properties['RouteKey']));
  expect(Object.keys(MATRIX).sort()).toEqual(routes.sort());
});

describe.each(Object.entries(MATRIX))('%s', (routeKey, row) => {
  it('answers each caller as the matrix says, and a refusal changes nothing', async () => {
    const statuses: number[] = [];
    for (const caller of CALLERS) {
      const { status, order, user: after } = await attempt(routeKey, row, caller);
      statuses.push(status);
      if (status < 400) continue;
      expect(order).toMatchObject({ version: 1, status: 'PENDING' });
      expect(after).toMatchObject({ ...user, updatedBy: 'admin' });
    }
    expect(statuses).toEqual(row.expected);
  });
});

it('given staff who are made inactive, then their very next request is refused, and let in again', async () => {
  const list = () => client.request('GET', '/orders?status=PENDING', { bearer: tokens.staff });
  const activate = (active: boolean) =>
    client.request('PATCH', '/users/U1001', { bearer: tokens.admin, headers: ANY, body: { active } });
  for (let times = 0; times < 5; times += 1) {
    expect(await activate(false)).toMatchObject({ status: 200 });
    expect(await list()).toMatchObject({ status: 403, body: { code: 'staff-inactive' } });
    expect(await activate(true)).toMatchObject({ status: 200 });
    expect(await list()).toMatchObject({ status: 200 });
  }
});
