import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEdges, type Running } from '../local/support/running.ts';
import { orderEvent, run, subscription } from './support.ts';

let running: Running;
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'attach-'));
  file = path.join(folder, 'shipped.json');
  writeFileSync(file, '{"detail-type":["OrderShipped"]}');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  running = await startEdges(subscription());
});
afterEach(() => running.stop());

const events = (...args: string[]) => run(running.url, ['events', ...args]);
const publish = async (...given: ReturnType<typeof orderEvent>[]) => {
  await running.bus.putEvents(given);
  await running.bus.idle();
};
const shipped = (orderId: string) => orderEvent(orderId, { type: 'OrderShipped' });

describe('orders events attach', () => {
  test('given a file, then a rule and a queue of its name take what it matches from then on', async () => {
    const { code, out, err } = await events('attach', '--rule', file);
    expect([code, out]).toEqual([0, `${running.url}/_aws/000000000000/scratch-shipped\n`]);
    expect(err).toContain('orders events detach shipped');
    await publish(orderEvent('O1'), shipped('O1'));
    expect(running.queues.depth('scratch-shipped').visible).toBe(1);
    expect(running.bus.rules.find('orders', 'scratch-shipped')).toMatchObject({ declared: false });
  });

  test('given --json, then the names and addresses', async () => {
    const { json } = await events('attach', '--rule', file, '--name', 'mine', '--json');
    expect(json()).toEqual({
      rule: 'scratch-mine',
      ruleArn: 'arn:aws:events:eu-central-1:000000000000:rule/orders/scratch-mine',
      queue: 'scratch-mine',
      queueArn: 'arn:aws:sqs:eu-central-1:000000000000:scratch-mine',
      queueUrl: `${running.url}/_aws/000000000000/scratch-mine`,
    });
    const { policy = '' } = running.queues.settings('scratch-mine') ?? {};
    expect(JSON.parse(policy)).toMatchObject({
      Statement: [
        {
          Resource: 'arn:aws:sqs:eu-central-1:000000000000:scratch-mine',
          Condition: {
            ArnEquals: {
              'aws:SourceArn': 'arn:aws:events:eu-central-1:000000000000:rule/orders/scratch-mine',
            },
          },
        },
      ],
    });
  });

  test('given the same name again, then the rule has the new pattern, and the queue what it had', async () => {
    await events('attach', '--rule', file, '--name', 'mine');
    await publish(shipped('O1'));
    const other = path.join(folder, 'created.json');
    writeFileSync(other, '{"detail-type":["OrderCreated"]}');
    expect((await events('attach', '--rule', other, '--name', 'scratch-mine')).code).toBe(0);
    await publish(shipped('O2'), orderEvent('O3'));
    expect(running.queues.depth('scratch-mine').visible).toBe(2);
  });

  test('given a rule of the bus, then a copy of it; the rule itself stays as it is', async () => {
    await events('attach', '--rule', 'order-notifications');
    await publish(orderEvent('O1'));
    expect(running.queues.depth('scratch-order-notifications').visible).toBe(1);
    expect(running.bus.rules.find('orders', 'order-notifications')).toMatchObject({ declared: true });
  });

  test('given --follow, then what comes is shown, and taken out of the queue', async () => {
    await events('attach', '--rule', file);
    await publish(shipped('O1'), shipped('O2'), shipped('O3'));
    const { code, out } = await events('attach', '--rule', file, '--follow', '--limit', '2');
    expect(code).toBe(0);
    expect(out.match(/OrderShipped {4}C101\/O[12] /g)).toHaveLength(2);
    expect(running.queues.depth('scratch-shipped')).toMatchObject({ visible: 1, inFlight: 0 });
    const json = await events('attach', '--rule', file, '--follow', '--limit', '1', '--json');
    expect(json.json()).toMatchObject({ detail: { data: { order: { orderId: 'O3' } } } });
  });

  test('given --follow and Ctrl-C, then it ends with 130, and rule and queue stay', async () => {
    const interrupting = new AbortController();
    const following = run(running.url, ['events', 'attach', '--rule', file, '--follow'], {
      interrupted: interrupting.signal,
    });
    setImmediate(() => interrupting.abort());
    expect((await following).code).toBe(130);
  });

  test('given a restart with the data that was kept, then rule and queue are there', async () => {
    await events('attach', '--rule', file);
    await publish(shipped('O1'));
    const found = running.journal.compacted();
    await running.stop();
    running = await startEdges(subscription(), { found });
    await publish(shipped('O2'));
    expect(running.queues.depth('scratch-shipped').visible).toBe(2);
  });

  test.each([
    [['--rule', 'none.json'], 2, 'There is no file none.json.'],
    [[], 2, '--rule is missing.'],
    [['--rule', 'order-notifications', '--name', 'to be'], 2, '--name takes letters, digits, _ and -'],
    [['--rule', 'order-notifications', '--bus', 'none'], 1, 'has no rule order-notifications'],
  ])('given %j, then it ends with %i, and nothing is made', async (flags, code, why) => {
    const ran = await events('attach', ...flags);
    expect(ran).toMatchObject({ code, out: '', err: expect.stringContaining(why) as string });
    expect(running.queues.names().filter((name) => name.startsWith('scratch-'))).toEqual([]);
  });
});

/** What attach says to do next, under its label. */
const hint = (err: string, label: string) => {
  const [, command = ''] = new RegExp(`^${label}: +orders (.+)$`, 'm').exec(err) ?? [];
  return run(running.url, [...command.split(' '), ...(command.includes('--follow') ? ['--limit', '1'] : [])]);
};
const scratchQueues = () => running.queues.names().filter((name) => name.startsWith('scratch-'));

describe('what orders events attach says to do next', () => {
  test('given a name and a bus, then its words name the same rule and the same queue', async () => {
    const { err } = await events('attach', '--rule', file, '--name', 'mine', '--bus', 'default');
    await running.bus.putEvents([{ ...shipped('O1'), EventBusName: 'default' }]);
    await running.bus.idle();
    expect((await hint(err, 'See what comes')).out).toContain('C101/O1');
    expect(scratchQueues()).toEqual(['scratch-mine']);
    expect(await hint(err, 'Remove both')).toMatchObject({
      code: 0,
      out: 'Rule and queue scratch-mine are removed.\n',
    });
    expect([running.bus.rules.rules('default'), scratchQueues()]).toEqual([[], []]);
  });
});

describe('orders events detach', () => {
  test('given another bus than that of the rule, then rule and queue stay, and it says which bus', async () => {
    await events('attach', '--rule', file, '--bus', 'default');
    expect(await events('detach', 'shipped')).toMatchObject({
      code: 1,
      err: 'There is no scratch rule scratch-shipped on bus orders. There is none. The queue scratch-shipped stays: its rule is on the bus default (--bus default).\n',
    });
    expect(running.bus.rules.find('default', 'scratch-shipped')).toBeDefined();
    expect(scratchQueues()).toEqual(['scratch-shipped']);
  });

  test('given one that was broken off after the rule, then it removes the queue, and says so', async () => {
    await events('attach', '--rule', file);
    await running.bus.deleteRule('orders', 'scratch-shipped');
    expect(await events('detach', 'shipped')).toMatchObject({
      code: 0,
      out: 'The rule was gone; queue scratch-shipped is removed.\n',
    });
    expect(scratchQueues()).toEqual([]);
  });

  test('given a scratch rule, then it and its queue are gone, and nothing else is', async () => {
    await events('attach', '--rule', file);
    await publish(shipped('O1'));
    const before = running.queues.names().filter((name) => name !== 'scratch-shipped');
    expect(await events('detach', 'shipped')).toMatchObject({
      code: 0,
      out: 'Rule and queue scratch-shipped are removed.\n',
    });
    expect(running.queues.names()).toEqual(before);
    expect(running.bus.rules.rules('orders').map(({ name }) => name)).toEqual([
      'order-notifications',
      'orders-audit',
    ]);
  });

  test('given --json, then what was removed', async () => {
    await events('attach', '--rule', file);
    const { json } = await events('detach', 'shipped', '--json');
    expect(json()).toEqual({ rule: 'scratch-shipped', queue: 'scratch-shipped', removed: true });
  });

  test('given the name of a rule of the template, then nothing of it is touched', async () => {
    await events('attach', '--rule', file);
    expect(await events('detach', 'order-notifications')).toMatchObject({
      code: 1,
      err: 'There is no scratch rule scratch-order-notifications on bus orders. There are: scratch-shipped.\n',
    });
    expect(running.bus.rules.find('orders', 'order-notifications')).toBeDefined();
  });

  test('given nothing to remove, then it ends with 1', async () => {
    expect(await events('detach', 'none')).toMatchObject({
      code: 1,
      err: 'There is no scratch rule scratch-none on bus orders. There is none.\n',
    });
    expect((await events('detach')).code).toBe(2);
  });
});
