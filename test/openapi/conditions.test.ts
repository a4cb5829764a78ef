import { PROBLEMS } from '../../openapi/problems/all.ts';
import type { ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import { Contended, OrderTooLarge, TemporarilyUnavailable } from '../../src/application/ports.ts';
import { OWNER, startApi } from '../support/api.ts';
import { documented, lasting } from './sending.ts';

type Api = ReturnType<typeof startApi>;

const ask = async ({ call }: Api, code: ProblemCode, query: Record<string, string> = {}) => {
  const { route: routeKey, path = {}, body: sent } = PROBLEMS[code];
  const { status, body } = await call({ routeKey, path, query, body: sent, claims: OWNER });
  return { status, body: lasting(body) };
};

describe('the example of a problem that no request brings about by itself', () => {
  let api: Api;
  beforeEach(() => {
    api = startApi();
  });
  afterEach(() => jest.useRealTimers());

  it.each([
    ['internal-error', new Error('a secret')],
    ['order-too-large', new OrderTooLarge('It would take 500000 bytes, and 409600 are possible.')],
    ['transaction-conflict', new Contended('transaction conflicts')],
    ['unavailable', new TemporarilyUnavailable('throttled')],
  ] as const)('%s is answered as it says', async (code, error) => {
    api.orders.hooks.fail = error;
    expect(await ask(api, code)).toEqual(documented(code));
  });

  it('cursor-expired is answered as it says', async () => {
    const { path = {}, route: routeKey } = PROBLEMS['cursor-expired'];
    for (const orderId of ['O1', 'O2']) {
      const put = 'PUT /customers/{customerId}/orders/{orderId}';
      await api.call({ routeKey: put, path: { ...path, orderId }, body: { amount: 1 }, claims: OWNER });
    }
    const { body } = await api.call({ routeKey, path, query: { limit: '1' }, claims: OWNER });
    const cursor = new URL((body as { next: string }).next, 'http://x').searchParams.get('cursor') ?? '';
    jest.useFakeTimers({ now: Date.now() + 7 * 86_400_000, doNotFake: ['setImmediate', 'nextTick'] });
    expect(await ask(api, 'cursor-expired', { cursor })).toEqual(documented('cursor-expired'));
  });
});
