import { OrdersClient, OrdersProblem, type Token } from '../src/index.ts';
import { OK, startServer } from './server.ts';

const key = { customerId: 'C101', orderId: 'O1' };
const refused = { status: 401, body: { message: 'Unauthorized' } };

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

const clientOf = (token?: Token) =>
  new OrdersClient({
    baseUrl: server.url,
    retry: { attempts: 1 },
    ...(token !== undefined && { token }),
  });

const bearers = () => server.received.map(({ headers }) => headers.authorization);

/** Gives T1, then T2, and so on. */
const issuer = () => {
  const issue = jest.fn<Promise<string>, []>();
  issue.mockImplementation(() => Promise.resolve(`T${issue.mock.calls.length}`));
  return issue;
};

describe('given a token', () => {
  it('as a string, then it goes with each request; where it is refused, the answer is thrown', async () => {
    server.reply(OK, refused);
    const client = clientOf('T');
    await client.orders.get(key);
    await expect(client.orders.get(key)).rejects.toMatchObject({
      status: 401,
      code: 'http-401',
      title: 'Unauthorized',
    });
    expect(bearers()).toEqual(['Bearer T', 'Bearer T']);
  });

  it('as a function, then it is asked once, for requests at the same time too', async () => {
    server.reply();
    const token = issuer();
    const client = clientOf(token);
    await Promise.all([client.orders.get(key), client.orders.get(key)]);
    await client.users.get('U1');
    expect(token).toHaveBeenCalledTimes(1);
    expect(bearers()).toEqual(['Bearer T1', 'Bearer T1', 'Bearer T1']);
  });

  it('that is refused, then another one is asked for, once, and the write is sent with it again', async () => {
    const check = ({ headers }: { headers: { authorization?: string } }) =>
      headers.authorization === 'Bearer T2' ? OK : refused;
    server.reply(check, check, check, check);
    const token = issuer();
    const client = clientOf(token);
    await Promise.all([
      client.orders.create('C101', { amount: 5 }),
      client.orders.create('C101', { amount: 6 }),
    ]);
    expect(token).toHaveBeenCalledTimes(2);
    expect(bearers().sort()).toEqual(['Bearer T1', 'Bearer T1', 'Bearer T2', 'Bearer T2']);
    const keys = new Set(server.received.map(({ headers }) => headers['idempotency-key']));
    expect(keys.size).toBe(2);
  });

  it('and the next one is refused too, then the answer is thrown; the next call asks anew', async () => {
    server.reply(refused, refused, refused, OK);
    const token = issuer();
    const client = clientOf(token);
    await expect(client.orders.get(key)).rejects.toThrow(OrdersProblem);
    expect(bearers()).toEqual(['Bearer T1', 'Bearer T2']);
    await client.orders.get(key);
    expect(bearers().slice(2)).toEqual(['Bearer T2', 'Bearer T3']);
  });

  it('that cannot be had, then the reason is thrown, nothing is sent, and the next call asks anew', async () => {
    server.reply();
    const reason = new Error('no session');
    const token = issuer().mockRejectedValueOnce(reason);
    const client = clientOf(token);
    await expect(client.orders.get(key)).rejects.toBe(reason);
    expect(server.received).toHaveLength(0);
    await client.orders.get(key);
    expect(bearers()).toEqual(['Bearer T2']);
    const failing = clientOf(() => {
      throw reason;
    });
    await expect(failing.orders.get(key)).rejects.toBe(reason);
  });

  it('by nobody, then none goes with the request', async () => {
    server.reply({ body: { status: 'ok' } });
    const { data } = await clientOf().http.GET('/health');
    expect(data).toEqual({ status: 'ok' });
    expect(bearers()).toEqual([undefined]);
  });
});
