import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { inTime } from '../../src/adapters/deadline.ts';
import { documents } from '../../src/adapters/container/clients.ts';
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

  it('when it is invoked directly, then it fails, so that Lambda counts it and tries again what nobody waits for', async () => {
    const container = invokeContainer(config);
    container.rebind(ORDERS).toConstantValue(silent);
    await expect(container.get(INVOKE)({ action: 'read', ...key }, late)).rejects.toMatchObject({
      name: 'TemporarilyUnavailable',
    });
  });
});

describe('given work whose time is over', () => {
  const held: ServerResponse[] = [];
  let received = 0;
  const server = createServer((_, response) => {
    received += 1;
    held.push(response);
  });
  const before = { ...process.env };
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  });
  afterAll(() => {
    process.env = before;
    server.closeAllConnections();
    server.close();
  });

  it('when it goes on behind the answer, then nothing more is sent for it, and for others it is', async () => {
    const client = documents();
    const read = () => client.send(new GetCommand({ TableName: 'Orders', Key: key }));
    let behind: Promise<unknown> = Promise.resolve();
    const work = () => (behind = read());
    const { setTimeout: real } = globalThis;
    const left = 123_456;
    let end = (): void => undefined;
    const spy = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
      if (ms !== left - 500) return real(act, ms);
      end = act;
      return undefined;
    }) as never);
    const answered = inTime({ getRemainingTimeInMillis: () => left }, work);
    spy.mockRestore();
    while (received === 0) await setImmediate();
    end();
    await expect(answered).rejects.toMatchObject({ name: 'TemporarilyUnavailable' });
    // The SDK would send it again.
    held.pop()?.destroy();
    await expect(behind).rejects.toMatchObject({ name: 'TemporarilyUnavailable' });
    expect(received).toBe(1);

    const other = inTime(context, read);
    while (received === 1) await setImmediate();
    held.pop()?.end('{"Item":{"customerId":{"S":"C101"}}}');
    expect(await other).toMatchObject({ Item: { customerId: 'C101' } });
  });

  it('when it was done in time, then nothing comes after it', async () => {
    jest.useFakeTimers();
    expect(await inTime(context, () => Promise.resolve(1))).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
