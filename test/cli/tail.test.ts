import '../support/errors-of-node.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEdges, type Running } from '../local/support/running.ts';
import { orderEvent, run, subscription, type Ran } from './support.ts';

let running: Running;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tail-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  running = await startEdges(subscription());
});
afterEach(() => running.stop());

const publish = async (...events: ReturnType<typeof orderEvent>[]) => {
  await running.bus.putEvents(events);
  await running.bus.idle();
};

/** Follows until Ctrl-C, which comes when the actions are over: one after each look at the log. */
const tail = (flags: string[], ...actions: (() => Promise<void> | void)[]): Promise<Ran> => {
  const interrupting = new AbortController();
  const pause = async () => {
    const action = actions.shift() ?? (() => interrupting.abort());
    await action();
  };
  return run(running.url, ['events', 'tail', ...flags], { pause, interrupted: interrupting.signal });
};
const shown = ({ out }: Ran) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/).slice(1, 3).join(' '));

describe('orders events tail', () => {
  test('given events from now on, then each is a line, once, and what was before is not shown', async () => {
    await publish(orderEvent('O0'));
    const ran = await tail(
      [],
      () => publish(orderEvent('O1'), orderEvent('O2', { type: 'OrderShipped' })),
      () => undefined,
      () => publish(orderEvent('O3')),
    );
    expect(ran.code).toBe(130);
    expect(shown(ran).slice(-3)).toEqual([
      'OrderCreated C101/O1',
      'OrderShipped C101/O2',
      'OrderCreated C101/O3',
    ]);
    expect(ran.err).toBe('Following /aws/events/orders-audit. End with Ctrl-C.\n');
  });

  test('given --since and --limit, then it begins earlier, and ends by itself', async () => {
    await publish(orderEvent('O1'), orderEvent('O2'), orderEvent('O3'));
    const ran = await tail(['--since', '1h', '--limit', '2']);
    expect([ran.code, shown(ran)]).toEqual([0, ['OrderCreated C101/O1', 'OrderCreated C101/O2']]);
  });

  test('given --json, then whole events, one a line, and nothing else', async () => {
    await publish(orderEvent('O1'), orderEvent('O2'));
    const { out, err } = await tail(['--json', '--since', '1h']);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { detail: { data: { order: { orderId: string } } } });
    expect(events.map(({ detail }) => detail.data.order.orderId)).toEqual(['O1', 'O2']);
    expect(err).toBe('');
  });

  test.each([
    ['a type', ['--type', 'OrderShipped'], ['OrderShipped C101/O1']],
    [
      'two types',
      ['--type', 'OrderShipped', '--type', 'OrderDelivered'],
      ['OrderShipped C101/O1', 'OrderDelivered C101/O1'],
    ],
    ['a customer', ['--customer', 'C102'], ['OrderCreated C102/O1']],
    ['an order', ['--order', 'C101/O10'], ['OrderCreated C101/O10']],
    ['a rule of the bus', ['--rule', 'shipped'], ['OrderShipped C101/O1']],
  ])('given %s, then only such events', async (_, flags, lines) => {
    const pattern = '{"detail-type":["OrderShipped"]}';
    await running.bus.putRule({
      name: 'shipped',
      bus: 'orders',
      arn: '',
      pattern,
      enabled: true,
      targets: [],
      declared: false,
    });
    await publish(
      orderEvent('O1'),
      orderEvent('O1', { customerId: 'C102' }),
      orderEvent('O10'),
      orderEvent('O1', { type: 'OrderShipped' }),
      orderEvent('O1', { type: 'OrderDelivered' }),
    );
    expect(shown(await tail([...flags, '--since', '1h']))).toEqual(lines);
  });

  test('given a file with a pattern, then what it matches', async () => {
    const file = path.join(folder, 'rule.json');
    writeFileSync(file, '{"detail":{"data":{"order":{"orderId":[{"prefix":"O1"}]}}}}');
    await publish(orderEvent('O1'), orderEvent('O2'), orderEvent('O11'));
    expect(shown(await tail(['--rule', file, '--since', '1h']))).toEqual([
      'OrderCreated C101/O1',
      'OrderCreated C101/O11',
    ]);
  });

  test('given a replay, then its events are shown as such, and only where all rules get it', async () => {
    await publish(orderEvent('O1'));
    const replay = { archive: 'orders', bus: 'orders', from: 0, to: Date.now() + 60_000 };
    const { out } = await tail(['--since', '1h'], async () => {
      await running.bus.replays.start({ ...replay, name: 'again' });
      await running.bus.replays.start({ ...replay, name: 'theirs', rules: ['order-notifications'] });
      await running.bus.idle();
    });
    expect(out.trimEnd().split('\n')).toEqual([
      expect.not.stringContaining('replay'),
      expect.stringMatching(/C101\/O1 .*\(replay again\)$/),
    ]);
  });

  test('given a restart of the runtime, then it waits, and goes on where it was', async () => {
    const { port } = running.server;
    const ran = await tail(
      ['--since', '1h'],
      () => publish(orderEvent('O1')),
      () => running.stop(),
      () => undefined,
      async () => {
        running = await startEdges(subscription(), { port, found: running.journal.lines });
        await publish(orderEvent('O2'));
      },
      () => publish(orderEvent('O3')),
    );
    expect(shown(ran)).toEqual(['OrderCreated C101/O1', 'OrderCreated C101/O2', 'OrderCreated C101/O3']);
    expect(ran.err.split('\n').slice(1)).toEqual([
      'The endpoint is away: waiting for it to come back.',
      'It is back.',
      '',
    ]);
  });

  test('given nothing at the endpoint from the beginning, then it ends with 1, and says so', async () => {
    await running.stop();
    const { code, err } = await tail([]);
    expect([code, err]).toEqual([
      1,
      'Nothing answers at the endpoint: start the system (npm start), or check AWS_ENDPOINT_URL.\n',
    ]);
  });

  test('given a log that must not be read, then it ends with 1, and says so', async () => {
    await running.stop();
    running = await startEdges(subscription(), {
      authorize: ({ operation }) => (operation === 'FilterLogEvents' ? 'not yours' : undefined),
    });
    expect(await tail([])).toMatchObject({ code: 1, err: expect.stringContaining('not yours') as string });
  });
});
