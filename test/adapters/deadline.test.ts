import { deadlineOf } from '../../src/adapters/deadline.ts';
import { API, apiContainer } from '../../src/adapters/container/api.ts';
import { INVOKE, invokeContainer } from '../../src/adapters/container/invoke.ts';
import { ORDERS } from '../../src/adapters/container/orders.ts';
import { config, context, eventOf, OWNER } from '../support/api.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';

/** Half a second is kept to answer in: there is no time left. */
const late = { ...context, getRemainingTimeInMillis: () => 500 };
const silent = { ...inMemoryOrders(), find: () => new Promise<never>(() => undefined) };
const key = { customerId: 'C101', orderId: 'O5001' };

describe('given a table that does not answer within the time of the invocation', () => {
  it('when the HTTP API is asked, then it answers that the request may be sent again', async () => {
    const container = apiContainer(config);
    container.rebind(ORDERS).toConstantValue(silent);
    const routeKey = 'GET /customers/{customerId}/orders/{orderId}';
    const answer = await container.get(API)(eventOf({ routeKey, path: key, claims: OWNER }), late);
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  });

  it('when it is invoked directly, then it answers so too', async () => {
    const container = invokeContainer(config);
    container.rebind(ORDERS).toConstantValue(silent);
    expect(await container.get(INVOKE)({ action: 'read', ...key }, late)).toMatchObject({
      code: 'unavailable',
    });
  });
});

it('given work that was done in time, then nothing comes after it', async () => {
  jest.useFakeTimers();
  const { over, clear } = deadlineOf(late);
  const ended = jest.fn();
  over.catch(ended);
  clear();
  await jest.runAllTimersAsync();
  expect(ended).not.toHaveBeenCalled();
  jest.useRealTimers();
});
