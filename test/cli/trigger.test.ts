import { startEdges, type Running } from '../local/support/running.ts';
import { run, subscription } from './support.ts';

let running: Running;
beforeEach(async () => {
  running = await startEdges(subscription());
});
afterEach(() => running.stop());
const trigger = (args: string[], env: Record<string, string> = {}) =>
  run(running.url, ['events', 'trigger', ...args], { env });

describe('orders events trigger', () => {
  test.each([
    [[], 'The type of the event is missing.'],
    [['OrderShiped'], 'There is no event "OrderShiped". Did you mean OrderShipped?'],
    [['OrderExpired'], 'OrderExpired comes from nothing that the API does'],
    [['OrderCreated', '--amount', '1.5'], '--amount takes a whole number, not "1.5".'],
    [['OrderCreated', '--item', 'chair'], '--item takes SKU:QUANTITY:UNIT-AMOUNT, such as chair:2:4500'],
    [['OrderCreated', '--customer', 'a/b'], '--customer takes letters, digits, _ and -'],
    [['OrderCreated', '--url', 'orders'], '--url takes a URL such as http://127.0.0.1:3000, not "orders".'],
    [['OrderCreated', '--url', 'https://orders.example.com'], 'ORDERS_TOKEN is missing'],
    [['OrderCreated', '--wait', 'long'], '--wait takes a number above 0'],
  ])('given %j, then it ends with 2, says why, and asks nothing of the API', async (args, why) => {
    expect(await trigger(args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(why) as string,
    });
    expect(running.calls).toEqual([]);
  });

  test('given no URL, and no endpoint of this machine beside it, then it asks for one', async () => {
    const env = { AWS_ENDPOINT_URL: 'https://events.eu-west-1.amazonaws.com' };
    expect(await trigger(['OrderCreated'], env)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--url is missing') as string,
    });
  });

  test('given the endpoint of one service only, as npm start prints it, then the API is beside that', async () => {
    await running.stop();
    const env = {
      AWS_ENDPOINT_URL: 'https://events.eu-west-1.amazonaws.com',
      AWS_ENDPOINT_URL_EVENTBRIDGE: `${running.url}/_aws`,
    };
    expect(await trigger(['OrderCreated'], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`Nothing answers at ${running.url}: start the system`) as string,
    });
  });

  test('given nothing at the URL, then it ends with 1, and says so', async () => {
    await running.stop();
    expect(await trigger(['OrderCreated', '--url', running.url])).toMatchObject({
      code: 1,
      err: expect.stringContaining(`Nothing answers at ${running.url}: start the system`) as string,
    });
  });

  test('given something else at the URL, then it ends with 1, and says so', async () => {
    expect(await trigger(['OrderCreated', '--url', `${running.url}/nowhere`])).toMatchObject({
      code: 1,
      err: expect.stringContaining('gives no tokens (404)') as string,
    });
  });
});
