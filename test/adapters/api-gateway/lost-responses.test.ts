import '../../support/errors-of-node.ts';
import { Logger } from '@aws-lambda-powertools/logger';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { API, apiContainer } from '../../../src/adapters/container/api.ts';
import { SIGNING_KEYS } from '../../../src/adapters/container/orders.ts';
import { toUserItem } from '../../../src/adapters/dynamodb/user-item.ts';
import { ADMIN, config, context, eventOf, OWNER, type Request, STAFF } from '../../support/api.ts';
import { keysAtHand } from '../../support/cursors.ts';
import { startCuttingProxy } from '../../support/cutting-proxy.ts';
import { startEngine } from '../../support/engine.ts';
import { user } from '../../support/users.ts';

/** The API as it is wired, with the real SDK, over a connection that is cut after the write. */
const ATTEMPTS = 3;
const ORDERS = '/customers/{customerId}/orders';
const ORDER = `${ORDERS}/{orderId}`;
const USER = '/users/{userId}';

let engine: Awaited<ReturnType<typeof startEngine>>;
let proxy: Awaited<ReturnType<typeof startCuttingProxy>>;
let api: (request: Request) => Promise<{ status?: number; headers: object; body: Record<string, unknown> }>;
const before = { ...process.env };

beforeAll(async () => {
  engine = await startEngine();
  await engine.makeTable(config.ordersTable);
  await engine.makeIdempotencyTable(config.idempotencyTable);
  await engine.makeUsersTable(config.usersTable);
  const Item = toUserItem(user({ userId: STAFF.sub }));
  await engine.documents.send(new PutCommand({ TableName: config.usersTable, Item }));
  proxy = await startCuttingProxy(engine.endpoint);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
// A client of its own for each: the SDK grants a client only so many retries in a row.
beforeEach(() => {
  const container = apiContainer(config);
  container.rebind(SIGNING_KEYS).toConstantValue(keysAtHand());
  const handler = container.get(API);
  let received = 0;
  api = async (request) => {
    received += 1;
    const event = eventOf({ ...request, requestId: `gateway-${received}` });
    const { statusCode, headers = {}, body = '' } = await handler(event, context);
    return { status: statusCode, headers, body: JSON.parse(body || '{}') as Record<string, unknown> };
  };
});
afterAll(async () => {
  process.env = before;
  await proxy.stop();
  await engine.stop();
});

let made = 0;
const fresh = (): { customerId: string; orderId: string } => {
  made += 1;
  return { customerId: 'C101', orderId: `O${made}` };
};

type Path = ReturnType<typeof fresh>;
interface Write {
  prepare?: (path: Path) => Promise<unknown>;
  request: (path: Path, etag: string) => Request;
  status: number;
  /** A client that sends it again is told of the order that is there. */
  again?: number;
}

const put = (path: Path) => api({ routeKey: `PUT ${ORDER}`, path, claims: OWNER, body: { amount: 5 } });
const post = (name: string) => (path: Path) =>
  api({ routeKey: `POST ${ORDER}/${name}`, path, claims: STAFF });
const then =
  (...steps: ((path: Path) => Promise<unknown>)[]) =>
  async (path: Path) => {
    for (const step of steps) await step(path);
  };
const moving = (name: string, ...earlier: string[]): Write => ({
  prepare: then(put, ...earlier.map(post)),
  request: (path) => ({ routeKey: `POST ${ORDER}/${name}`, path, claims: STAFF }),
  status: 200,
});
const remove = (path: Path): Request => ({ routeKey: `DELETE ${ORDER}`, path, claims: STAFF });

const writeUser = (method: string, { orderId }: Path, request: Partial<Request>): Request => ({
  routeKey: `${method} ${USER}`,
  path: { userId: `user-${orderId}` },
  claims: ADMIN,
  ...request,
});
const profile = { name: 'Ada', role: 'Clerk', active: true };
const enter = (path: Path) => api(writeUser('PUT', path, { body: profile }));
const etagOf = (prepared: unknown) =>
  (prepared as { headers?: { etag?: string } } | undefined)?.headers?.etag;

const WRITES: Record<string, Write> = {
  'POST with a key': {
    request: ({ customerId, orderId }) => ({
      routeKey: `POST ${ORDERS}`,
      path: { customerId },
      headers: { 'idempotency-key': `key-${orderId}` },
      claims: OWNER,
      body: { amount: 5 },
    }),
    status: 201,
  },
  PUT: {
    request: (path) => ({ routeKey: `PUT ${ORDER}`, path, claims: OWNER, body: { amount: 5 } }),
    status: 201,
    again: 200,
  },
  'PUT of a new order only': {
    request: (path) => ({
      routeKey: `PUT ${ORDER}`,
      path,
      claims: OWNER,
      headers: { 'if-none-match': '*', 'idempotency-key': 'k1' },
      body: { amount: 5 },
    }),
    status: 201,
    again: 200,
  },
  PATCH: {
    prepare: put,
    request: (path) => ({
      routeKey: `PATCH ${ORDER}`,
      path,
      claims: OWNER,
      headers: { 'if-match': '"1"' },
      body: { amount: 6 },
    }),
    status: 200,
  },
  confirm: moving('confirm'),
  ship: moving('ship', 'confirm'),
  deliver: moving('deliver', 'confirm', 'ship'),
  cancel: moving('cancel', 'confirm'),
  DELETE: { prepare: put, request: remove, status: 204 },
  restore: { ...moving('restore'), prepare: then(put, (path) => api(remove(path))) },
  'PUT of a user': {
    request: (path) => writeUser('PUT', path, { body: profile }),
    status: 201,
    again: 200,
  },
  'PUT of a new user only': {
    request: (path) => writeUser('PUT', path, { body: profile, headers: { 'if-none-match': '*' } }),
    status: 201,
    again: 200,
  },
  'PUT in place of a user': {
    prepare: enter,
    request: (path, etag) =>
      writeUser('PUT', path, { body: { ...profile, role: 'Cook' }, headers: { 'if-match': etag } }),
    status: 200,
  },
  'PATCH of a user': {
    prepare: enter,
    request: (path, etag) =>
      writeUser('PATCH', path, { body: { active: false }, headers: { 'if-match': etag } }),
    status: 200,
  },
  'DELETE of a user': {
    prepare: enter,
    request: (path, etag) => writeUser('DELETE', path, { headers: { 'if-match': etag } }),
    status: 204,
  },
};

const cases = Object.keys(WRITES).flatMap((name) =>
  Array.from({ length: ATTEMPTS }, (_, n) => [name, n + 1] as const),
);

describe('given a connection that is cut after the write', () => {
  it.each(cases)(
    'when %s loses the answers of its first %i attempts, then it has succeeded, once',
    async (name, cuts) => {
      const { prepare, request, status, again = status } = WRITES[name] as Write;
      const path = fresh();
      const asked = request(path, etagOf(await prepare?.(path)) ?? '');
      proxy.cut(cuts);
      const first = await api(asked);
      // Nothing is known where no attempt was answered: the client sends it again, as 503 tells it to.
      if (cuts === ATTEMPTS) expect(first).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
      else expect(first.status).toBe(status);
      const second = await api(asked);
      expect(second.status).toBe(again);
      if (cuts < ATTEMPTS) expect(second.body['version']).toBe(first.body['version']);
      if (name === 'POST with a key' && cuts < ATTEMPTS) expect(second.body).toEqual(first.body);
    },
  );

  const goOnFrom = {
    confirm: post('confirm'),
    'PATCH of a user': (path: Path) =>
      api(writeUser('PATCH', path, { body: { ...profile, name: 'Eve' }, headers: { 'if-match': '*' } })),
  };
  const overtaken = [
    ['PUT', 'confirm'],
    ['PUT of a new order only', 'confirm'],
    ['PATCH', 'confirm'],
    ['PUT of a user', 'PATCH of a user'],
    ['PUT of a new user only', 'PATCH of a user'],
    ['PUT in place of a user', 'PATCH of a user'],
    ['PATCH of a user', 'PATCH of a user'],
  ] as const;
  it.each(overtaken)(
    'when %s gets no answer and others go on from it, then it has succeeded when it is sent again',
    async (name, other) => {
      const { prepare, request } = WRITES[name] as Write;
      const path = fresh();
      const asked = request(path, etagOf(await prepare?.(path)) ?? '');
      proxy.cut(ATTEMPTS);
      expect(await api(asked)).toMatchObject({ status: 503 });
      const { body } = await goOnFrom[other](path);
      expect(await api(asked)).toMatchObject({ status: 200, body });
    },
  );
});

describe('given transactions that others are in the way of', () => {
  const conflict = {
    status: 400,
    body: JSON.stringify({
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    }),
  };
  const request = (): Request => ({ ...(WRITES['POST with a key'] as Write).request(fresh(), '') });

  it('when they end in time, then the order is created', async () => {
    proxy.answer(conflict, conflict);
    expect(await api(request())).toMatchObject({ status: 201 });
  });

  it('when they do not, then the client is told to send it again', async () => {
    proxy.answer(...Array.from({ length: 9 }, () => conflict));
    const asked = request();
    const logged = jest.spyOn(Logger.prototype, 'error');
    expect(await api(asked)).toMatchObject({
      status: 409,
      headers: { 'retry-after': '1' },
      body: { code: 'transaction-conflict' },
    });
    expect(logged).toHaveBeenCalled();
    // Logs hold no customer ids.
    expect(logged.mock.calls.flat().map(String).join()).not.toContain(OWNER.customer_id);
    logged.mockRestore();
    expect(await api(asked)).toMatchObject({ status: 201 });
  });
});

describe('given many at once', () => {
  it('when sixty-four clients race with one key, then one order is made and all get one answer', async () => {
    const asked = (WRITES['POST with a key'] as Write).request({ customerId: 'C64', orderId: 'race' }, '');
    const claims = { ...OWNER, customer_id: 'C64' };
    // As a client does that is told to try again: connections may not all be made in time.
    const persistent = async (): ReturnType<typeof api> => {
      const answer = await api({ ...asked, claims });
      return answer.status === 201 ? answer : await persistent();
    };
    const answers = await Promise.all(Array.from({ length: 64 }, persistent));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const replayed = answers.filter(({ headers }) => 'idempotency-replayed' in headers);
    expect(replayed.length).toBeGreaterThanOrEqual(63);
    const list = await api({ routeKey: `GET ${ORDERS}`, path: { customerId: 'C64' }, claims });
    expect(list.body['items']).toHaveLength(1);
  });

  it('when two editors have one version, then one changes the order and the other is told of it', async () => {
    const path = fresh();
    await put(path);
    const edit = (amount: number, claims: Record<string, string>) =>
      api({ routeKey: `PATCH ${ORDER}`, path, claims, headers: { 'if-match': '"1"' }, body: { amount } });
    const answers = await Promise.all([edit(7, OWNER), edit(8, STAFF)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = answers.find(({ status }) => status === 200);
    const read = await api({ routeKey: `GET ${ORDER}`, path, claims: OWNER });
    expect(read.body['amount']).toBe(winner?.body['amount']);
  });
});
