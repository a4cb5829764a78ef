import '../support/errors-of-node.ts';
import { once } from 'node:events';
import { connect } from 'node:net';
import { explained } from '../../cli/aws/failures.ts';
import { startEdges, type Running } from '../local/support/running.ts';
import { breakable, orderEvent, run, streamReader, subscription } from './support.ts';

let running: Running;
beforeEach(async () => {
  const { fault } = breakable();
  running = await startEdges([...subscription(), ...streamReader()], {
    fault,
    functions: { 'orders-stream-reader': () => ({ outcome: 'answered', requestId: 'r', payload: null }) },
  });
});
afterEach(() => running.stop());
const orders = (...parameters: Parameters<typeof run> extends [string, ...infer Rest] ? Rest : never) =>
  run(running.url, ...parameters);
const publish = async (count: number) => {
  for (let n = 0; n < count; n += 1) await running.bus.putEvents([orderEvent(`O${n}`)]);
  await running.bus.idle();
};

describe('orders dlq list', () => {
  test('given failures, then each place has its depth, its oldest and its top error', async () => {
    await publish(12);
    const body = { id: 'e1', reason: 'unknown operation', payload: {} };
    await running.objects.put('failures', 'parked/e1.json', Buffer.from(JSON.stringify(body)));
    const { code, json } = await orders(['dlq', 'list', '--json']);
    expect(code).toBe(0);
    expect(json()).toEqual({
      places: [
        {
          name: 'order-notifications-dlq',
          kind: 'queue',
          of: ['order-notifications'],
          depth: 12,
          oldest: expect.stringMatching(/^20.*Z$/) as string,
          topError: 'SDK_CLIENT_ERROR: down',
          sampled: 10,
        },
        {
          name: 'orders-audit-dlq',
          kind: 'queue',
          of: ['orders-audit'],
          depth: 0,
          oldest: null,
          topError: null,
          sampled: 0,
        },
        expect.objectContaining({
          name: 'failures',
          kind: 'failure store',
          depth: 1,
          topError: 'unknown operation',
        }) as object,
      ],
    });
    expect(running.queues.depth('order-notifications-dlq')).toMatchObject({ visible: 12, inFlight: 0 });
  });

  test('given a person, then a table, and what to do next on standard error', async () => {
    await publish(1);
    const { out, err } = await orders(['dlq', 'list']);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'NAME                     OF                    DEPTH  OLDEST  TOP ERROR',
      expect.stringMatching(
        /^order-notifications-dlq {2}order-notifications {3}1 {6}\ds {6}SDK_CLIENT_ERROR: down$/,
      ),
      'orders-audit-dlq         orders-audit          0      -       -',
    ]);
    expect(err).toContain('orders dlq peek order-notifications-dlq');
  });

  test('given a place that cannot be read, then the others are listed, and it ends with 3', async () => {
    await running.stop();
    running = await startEdges(subscription(), {
      authorize: ({ operation }) => (operation === 'GetQueueAttributes' ? 'not yours' : undefined),
    });
    const { code, err } = await orders(['dlq', 'list']);
    expect(code).toBe(3);
    expect(err).toContain('order-notifications-dlq: AccessDenied: not yours');
  });
});

describe('orders dlq peek', () => {
  test('given letters, then it shows event, error and attempts, and leaves them there', async () => {
    await publish(7);
    const { json } = await orders(['dlq', 'peek', 'order-notifications-dlq', '--limit', '2', '--json']);
    expect(json()).toMatchObject({
      letters: [
        {
          eventId: 'OrderCreated-C101-O0',
          error: 'SDK_CLIENT_ERROR: down',
          attempts: 1,
          destination: 'sqs order-notifications',
          content: [{ 'detail-type': 'OrderCreated', detail: { data: { order: { orderId: 'O0' } } } }],
        },
        { eventId: 'OrderCreated-C101-O1' },
      ],
    });
    const { out } = await orders(['dlq', 'peek', 'order-notifications-dlq']);
    expect(out.match(/event id {2}OrderCreated/g)).toHaveLength(5);
    expect(running.queues.depth('order-notifications-dlq')).toMatchObject({ visible: 7, inFlight: 0 });
  });

  test('given an unknown name, then it ends with 1 and names those that there are', async () => {
    const { code, err } = await orders(['dlq', 'peek', 'orders-dlq']);
    expect([code, err]).toEqual([
      1,
      'There is no orders-dlq. There are: order-notifications-dlq, orders-audit-dlq, failures.\n',
    ]);
  });
});

describe('the command line', () => {
  test.each([
    [['--help'], 0, /orders dlq redrive/],
    [
      ['dlq', 'redrive', '--help'],
      0,
      /^Sends the letters.*\n\n {2}orders dlq redrive order-notifications-dlq --dry-run/,
    ],
  ])('given %j, then help is data, with examples first', async (args, code, text) => {
    expect(await orders(args)).toMatchObject({ code, err: '', out: expect.stringMatching(text) as string });
  });

  test.each([
    [[], /^What operators/],
    [['dlq', 'lsit'], /^There is no command "dlq lsit". Did you mean dlq list\?/],
    [['--limit', '1', 'dlq', 'peek'], /^There is no command "1 dlq"\. Its options stand behind/],
    [['make', 'coffee'], /^There is no command "make coffee"\.\n$/],
    [['dlq', 'peek'], /^The name of a queue, or failures, is missing\./],
    [['dlq', 'peek', 'a', 'b'], /^"b" is one argument too many/],
    [['dlq', 'list', '--colour'], /--colour/],
    [['dlq', 'redrive', 'failures', '--rate', 'fast'], /--rate takes a number above 0, not "fast"/],
    [['dlq', 'redrive', 'failures', '--filter', 'O1'], /--filter takes path\.to\.field=value/],
    [['events', 'replay'], /^--rule is missing/],
    [
      ['events', 'replay', '--rule', 'r', '--from', 'yesterday', '--to', 'now'],
      /2026-11-22T10:00:00Z, 2h \(ago\)/,
    ],
    [['events', 'replay', '--rule', 'r', '--from', '1h', '--to', '2h'], /--from must be before --to/],
    [['events', 'replay', '--rule', 'r', '--from', '1h', '--to', 'now', '--order', 'O1'], /CUSTOMER\/ORDER/],
  ])('given %j, then it ends with 2, and says why on standard error', async (args, why) => {
    expect(await orders(args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(why) as string });
  });

  test.each([
    [['--json', 'dlq', 'list']],
    [['--bus', 'orders', '--json', 'dlq', 'list']],
    [['--bus=orders', 'dlq', 'list', '--json']],
  ])('given %j, then the command is found behind the options of all commands', async (args) => {
    const { code, json } = await orders(args);
    expect([code, json()]).toEqual([0, (await orders(['dlq', 'list', '--json'])).json()]);
  });

  test('given --bus before the command, then it is the bus that is asked', async () => {
    expect(await orders(['--bus', 'none', 'dlq', 'list'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('ResourceNotFoundException') as string,
    });
  });

  test('given a terminal, then there is colour and a bar; with NO_COLOR or --no-color there is no colour', async () => {
    await publish(3);
    const redrive = ['dlq', 'redrive', 'order-notifications-dlq', '--dry-run'];
    expect((await orders(redrive, { tty: true })).err).toMatch(/\[#{30}\] 100%/);
    expect((await orders(redrive)).err).toBe('');
    const list = (flags: string[], env: Record<string, string>) =>
      orders(['dlq', 'list', ...flags], { tty: true, env });
    expect((await list([], {})).out).toContain('\u001b[1m');
    expect((await list(['--no-color'], {})).out).not.toContain('\u001b');
    expect((await list([], { NO_COLOR: '1' })).out).not.toContain('\u001b');
    expect((await orders(redrive, { tty: true, env: { TERM: 'dumb' } })).err).toBe('');
  });

  test('given nothing at the endpoint, then it ends with 1, and says so in a sentence', async () => {
    await running.stop();
    const { code, err } = await orders(['dlq', 'list']);
    expect([code, err]).toEqual([
      1,
      'Nothing answers at the endpoint: start the system (npm start), or check AWS_ENDPOINT_URL.\n',
    ]);
  });

  test('given a name of two addresses, where nothing answers at either, then it says the same', async () => {
    const { port } = new URL(running.url);
    await running.stop();
    const addresses = ['::1', '127.0.0.1'].map((address, at) => ({ address, family: at === 0 ? 6 : 4 }));
    const socket = connect({
      host: 'localhost',
      port: Number(port),
      lookup: (_, __, answer) => answer(null, addresses),
      autoSelectFamily: true,
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toBe('');
    expect(explained(error)).toMatch(/^Nothing answers at the endpoint/);
  });
});
