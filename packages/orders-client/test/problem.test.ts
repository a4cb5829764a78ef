import { OrdersClient, OrdersProblem } from '../src/index.ts';
import { problem, type Reply, startServer } from './server.ts';

const key = { customerId: 'C101', orderId: 'O1' };

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

const thrownFor = async (reply: Reply): Promise<OrdersProblem> => {
  server.reply(reply);
  const client = new OrdersClient({ baseUrl: server.url, retry: { attempts: 1 } });
  const error = await client.orders.get(key).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OrdersProblem);
  expect(error).toBeInstanceOf(Error);
  return error as OrdersProblem;
};

describe('given an answer that is no success', () => {
  it('when it is a problem, then all that it says is thrown', async () => {
    const errors = [
      { pointer: '/amount', code: 'too-small', detail: 'too small' },
      { pointer: '', code: 'invalid', detail: 'not an object' },
      { parameter: 'limit', code: 'invalid', detail: 'not a number' },
    ];
    const error = await thrownFor(problem(422, 'body-invalid', { detail: 'Two things.', errors }));
    expect(Object.fromEntries(Object.entries(error))).toEqual({
      name: 'OrdersProblem',
      code: 'body-invalid',
      status: 422,
      title: 'A title',
      detail: 'Two things.',
      errors,
      correlationId: 'c1',
      orderStatus: undefined,
      allowedTransitions: undefined,
      retryAfter: undefined,
    });
    expect(String(error)).toBe(
      'OrdersProblem: 422 body-invalid: Two things.; /amount: too small; body: not an object; limit: not a number',
    );
  });

  it('when the order is in the way, then it says where the order can go', async () => {
    const rest = { orderStatus: 'CONFIRMED', allowedTransitions: ['ship', 'cancel'] };
    expect(await thrownFor(problem(409, 'transition-forbidden', rest))).toMatchObject(rest);
  });

  it('when a later version of the API has a code of its own, then that is the code', async () => {
    expect(await thrownFor(problem(403, 'moon-phase'))).toMatchObject({ code: 'moon-phase', errors: [] });
  });

  it.each<[string, Reply, object]>([
    [
      'the gateway',
      { status: 429, body: { message: 'Too Many Requests' }, headers: { 'retry-after': '3' } },
      {
        code: 'http-429',
        title: 'Too Many Requests',
        retryAfter: 3000,
        message: '429 http-429: Too Many Requests',
      },
    ],
    ['a proxy', { status: 502, body: '<html>' }, { code: 'http-502', title: 'Bad Gateway' }],
    ['something else in JSON', { status: 404, body: [1] }, { code: 'http-404', title: 'Not Found' }],
    ['something else in JSON', { status: 404, body: 'null' }, { code: 'http-404', title: 'Not Found' }],
    ['nothing', { status: 500 }, { code: 'http-500', title: 'Internal Server Error', errors: [] }],
    [
      'something with a header that is none',
      { status: 503, headers: { 'retry-after': 'soon', 'x-correlation-id': 'c7' } },
      { code: 'http-503', retryAfter: undefined, correlationId: 'c7' },
    ],
  ])('when %s answers, then status and a code made of it are thrown', async (_, reply, expected) => {
    expect(await thrownFor(reply)).toMatchObject(expected);
  });
});
