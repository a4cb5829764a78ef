import { OrdersClient, type OrdersClientOptions, OrdersProblem, OrdersUnreachable } from '../src/index.ts';
import { OK, problem, startServer } from './server.ts';

const key = { customerId: 'C101', orderId: 'O1' };
const order = { ...key, etag: '"1"' };
const conflict = problem(409, 'transaction-conflict');
const throttled = { status: 429, body: { message: 'Too Many Requests' } };
const unavailable = problem(503, 'unavailable');
const gone = { status: 204 };

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});
afterEach(() => jest.restoreAllMocks());

const clientOf = (options: Partial<OrdersClientOptions> = {}) =>
  new OrdersClient({ baseUrl: server.url, retry: { baseDelay: 1 }, ...options });
const client = () => clientOf();

const profile = { name: 'Ada', role: 'Clerk', active: true };
const CALLS: Record<string, (client: OrdersClient) => Promise<unknown>> = {
  create: ({ orders }) => orders.create('C101', { amount: 5 }),
  put: ({ orders }) => orders.put(key, { amount: 5 }),
  get: ({ orders }) => orders.get(key),
  amend: ({ orders }) => orders.amend(order, { amount: 6 }),
  confirm: ({ orders }) => orders.confirm(key),
  ship: ({ orders }) => orders.ship(key, { trackingNumber: '1Z' }),
  deliver: ({ orders }) => orders.deliver(key),
  cancel: ({ orders }) => orders.cancel(key, { reason: 'twice' }),
  delete: ({ orders }) => orders.delete(key),
  restore: ({ orders }) => orders.restore(key),
  'get of a user': ({ users }) => users.get('U1'),
  'put of a user': ({ users }) => users.put('U1', profile),
  'amend of a user': ({ users }) => users.amend({ userId: 'U1', etag: '"1"' }, { active: false }),
  'delete of a user': ({ users }) => users.delete('U1'),
};
const calls = Object.entries(CALLS);

describe('given answers that do not come, or say to try again', () => {
  it.each(calls)('then %s is sent again, the same each time, until it is answered', async (name, call) => {
    const end = name.startsWith('delete') ? gone : OK;
    server.reply('lost', unavailable, throttled, end);
    await call(client());
    expect(server.received).toHaveLength(4);
    const [first, ...rest] = server.received.map(({ method, url, body, headers }) => ({
      method,
      url,
      body,
      key: headers['idempotency-key'],
      correlationId: headers['x-correlation-id'],
      ifMatch: headers['if-match'],
      contentType: headers['content-type'],
    }));
    for (const one of rest) expect(one).toEqual(first);
    const isRead = first?.method === 'GET';
    expect(first?.key).toEqual(isRead ? undefined : expect.stringMatching(/^[0-9a-f]{32}$/));
    expect(first?.correlationId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('then each call has a key of its own, or the one that the caller gives', async () => {
    server.reply();
    await client().orders.create('C101', { amount: 5 });
    await client().orders.create('C101', { amount: 5 });
    await client().orders.create('C101', { amount: 5 }, { idempotencyKey: 'mine' });
    await client().http.POST('/customers/{customerId}/orders', {
      params: { path: { customerId: 'C101' } },
      body: { amount: 5 },
    });
    const keys = server.received.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(4);
    expect(keys[2]).toBe('mine');
    expect(keys[3]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('when a transaction is in the way, then it is sent again; other conflicts are for the caller', async () => {
    server.reply(conflict, conflict, OK);
    expect(await CALLS['create']?.(client())).toMatchObject({ orderId: 'O1' });
    server.reply(problem(409, 'transition-forbidden'));
    await expect(CALLS['ship']?.(client())).rejects.toThrow(OrdersProblem);
    expect(server.received).toHaveLength(1);
    server.reply({ status: 409, body: 'no JSON' });
    await expect(CALLS['ship']?.(client())).rejects.toMatchObject({ code: 'http-409' });
    expect(server.received).toHaveLength(1);
  });

  it('when an answer breaks off in its middle, then it is a lost one', async () => {
    server.reply('half', 'half', OK);
    expect(await client().orders.get(key)).toMatchObject({ amount: 5 });
    expect(server.received).toHaveLength(3);
  });

  it('when none comes in time, then it is a lost one', async () => {
    server.reply('never', OK);
    expect(await clientOf({ timeout: 200, retry: { baseDelay: 1 } }).orders.get(key)).toMatchObject({
      amount: 5,
    });
    server.reply('never');
    const once = clientOf({ timeout: 50, retry: { attempts: 1 } });
    await expect(once.orders.get(key)).rejects.toMatchObject({ cause: { name: 'TimeoutError' } });
  });

  it('when that goes on, then the last outcome is thrown', async () => {
    const endless = Array.from({ length: 9 }, () => unavailable);
    server.reply(...endless);
    await expect(client().orders.get(key)).rejects.toMatchObject({ code: 'unavailable', status: 503 });
    expect(server.received).toHaveLength(4);
    server.reply(...endless);
    await expect(clientOf({ retry: { attempts: 1 } }).orders.get(key)).rejects.toThrow('unavailable');
    expect(server.received).toHaveLength(1);
    server.reply('lost', 'lost', 'lost', 'lost');
    const error = await client()
      .orders.create('C101', { amount: 5 })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OrdersUnreachable);
    const correlationId = server.received[0]?.headers['x-correlation-id'];
    expect(error).toMatchObject({ attempts: 4, correlationId, cause: { name: 'TypeError' } });
    expect(String(error)).toMatch(/^OrdersUnreachable: no answer in 4 attempts: fetch failed, \S.+$/);
  });

  it.each([400, 403, 404, 412, 422, 500])(
    'when the answer is %i, then it is not sent again',
    async (status) => {
      server.reply({ status, body: {} });
      await expect(client().orders.get(key)).rejects.toMatchObject({ code: `http-${status}`, status });
      expect(server.received).toHaveLength(1);
    },
  );

  it('when only something new is asked for, then it is sent again under its key, by which the service knows its own', async () => {
    server.reply(throttled, conflict, 'lost', OK);
    await client().orders.put(key, { amount: 5 }, { onlyNew: true });
    const sent = server.received.map(({ headers }) => headers);
    expect(sent.map((headers) => headers['if-none-match'])).toEqual(['*', '*', '*', '*']);
    expect(new Set(sent.map((headers) => headers['idempotency-key'])).size).toBe(1);
  });
});

describe('given a pause before a retry', () => {
  /** Those that are asked for, which then end at once. */
  const pauses = (random: number) => {
    const asked: number[] = [];
    const { setTimeout: real } = globalThis;
    jest.spyOn(Math, 'random').mockReturnValue(random);
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, delay: number) => {
      asked.push(delay);
      return real(run, 0);
    }) as typeof setTimeout);
    return asked;
  };

  it('then it grows, is a random part of that, and has an end', async () => {
    server.reply(...Array.from({ length: 5 }, () => throttled));
    const asked = pauses(0.5);
    await clientOf({ retry: { attempts: 6, baseDelay: 100, maxDelay: 900 } }).orders.get(key);
    expect(asked).toEqual([50, 100, 200, 400, 450]);
  });

  it('then it is no shorter than the service asks for, in seconds or as a date', async () => {
    const date = new Date(Date.now() + 5000).toUTCString();
    server.reply(
      { ...unavailable, headers: { 'retry-after': '2' } },
      { ...throttled, headers: { 'retry-after': date } },
    );
    const asked = pauses(0.5);
    await clientOf({ retry: { baseDelay: 100 } }).orders.get(key);
    expect(asked[0]).toBe(2050);
    expect(asked[1]).toBeGreaterThan(1000);
    expect(asked[1]).toBeLessThanOrEqual(5100);
  });

  it('and the service asks for a longer one than the caller will wait, then its answer is thrown', async () => {
    server.reply({ ...problem(503, 'unavailable'), headers: { 'retry-after': '60' } });
    await expect(client().orders.get(key)).rejects.toMatchObject({ status: 503, retryAfter: 60_000 });
    expect(server.received).toHaveLength(1);
  });
});

describe('given a signal', () => {
  const reason = new Error('the user went away');

  it('when it ends the call while it waits for an answer, then it rejects with the reason, and sends no more', async () => {
    const controller = new AbortController();
    server.reply('never');
    const call = client().orders.get(key, { signal: controller.signal });
    while (server.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(server.received).toHaveLength(1);
  });

  it('when it ends the call in a pause, then it rejects with the reason at once', async () => {
    const controller = new AbortController();
    server.reply(throttled);
    const options = {
      retry: { baseDelay: 1e9, maxDelay: 1e9 },
      fetch: async (request: Request) => {
        const response = await fetch(request);
        setImmediate(() => controller.abort(reason));
        return response;
      },
    };
    await expect(clientOf(options).orders.get(key, { signal: controller.signal })).rejects.toBe(reason);
    expect(server.received).toHaveLength(1);
  });

  it('when it was over before, then nothing is sent', async () => {
    server.reply();
    await expect(client().orders.get(key, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const list = client().orders.list({ customerId: 'C101' }, { signal: AbortSignal.abort(reason) });
    await expect(list.pages()[Symbol.asyncIterator]().next()).rejects.toBe(reason);
    expect(server.received).toHaveLength(0);
  });
});
