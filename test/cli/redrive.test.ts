import '../support/errors-of-node.ts';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, fails, startEdges, type Running } from '../local/support/running.ts';
import { fakeClock } from '../local/support/clock.ts';
import { functionArn, lambda, queue, queueArn, rule } from '../local/support/stack.ts';
import { breakable, orderEvent, run, subscription } from './support.ts';

const DLQ = 'order-notifications-dlq';
const TEAM = 'order-notifications';

let running: Running;
afterEach(() => running.stop());

const bodies = async (name: string) => {
  const messages = [];
  for (;;) {
    const more = await running.queues.receive(name, { max: 10 });
    if (more.length === 0) return messages.map(({ body }) => body);
    messages.push(...more);
  }
};
const visible = (name: string) => running.queues.depth(name).visible;
const publish = async (ids: string[]) => {
  for (const id of ids) await running.bus.putEvents([orderEvent(id)]);
  await running.bus.idle();
};
const many = (count: number) => Array.from({ length: count }, (_, n) => `O${n}`);
const orders = (...parameters: Parameters<typeof run> extends [string, ...infer Rest] ? Rest : never) =>
  run(running.url, ...parameters);

/** A subscriber that was down, and is up again. */
const afterOutage = async (ids: string[], more: Parameters<typeof startEdges>[0] = []) => {
  const { state, fault } = breakable();
  running = await startEdges([...subscription(), ...more], { fault });
  await publish(ids);
  expect(visible(DLQ)).toBe(ids.length);
  state.down = false;
};

describe('orders dlq redrive', () => {
  test('given a subscriber that was down, then all its events reach it as they were, and the queue is empty', async () => {
    await afterOutage(many(25));
    const sent = running.bus.recent().map(({ json }) => json);

    const { code, out } = await orders(['dlq', 'redrive', DLQ, '--yes']);

    expect(code).toBe(0);
    expect(out).toBe('25 redelivered, 0 failed, 0 skipped, 0 left in order-notifications-dlq.\n');
    expect((await bodies(TEAM)).sort()).toEqual([...sent].sort());
    expect(visible(DLQ)).toBe(0);
  });

  test('given --dry-run, then it says what would go where, and changes nothing', async () => {
    await afterOutage(many(12));
    const { code, json } = await orders(['dlq', 'redrive', DLQ, '--dry-run', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      dryRun: true,
      found: 12,
      redelivered: 0,
      left: 12,
      destinations: { 'sqs order-notifications': 12 },
    });
    expect([visible(DLQ), visible(TEAM)]).toEqual([12, 0]);
  });

  test('given a filter, then only that order goes, and the others are there for the next at once', async () => {
    await afterOutage(many(15));
    const filter = ['--filter', 'detail.data.order.orderId=O7'];
    const { json } = await orders(['dlq', 'redrive', DLQ, ...filter, '--yes', '--json']);
    expect(json()).toMatchObject({ redelivered: 1, skipped: 14, left: 14 });
    expect(await bodies(TEAM)).toEqual([expect.stringContaining('"orderId":"O7"')]);
    expect(visible(DLQ)).toBe(14);
  });

  test('given letters that are passed over and come back while it takes long, then it reaches the rest all the same', async () => {
    const clock = fakeClock();
    const { state, fault } = breakable();
    running = await startEdges(subscription(), { fault, clock });
    const named = (customerId: string, count: number) =>
      Array.from({ length: count }, (_, n) => orderEvent(`O${n}`, { customerId }));
    for (const event of [...named('C1', 15), ...named('C2', 50)]) await running.bus.putEvents([event]);
    await running.bus.idle();
    state.down = false;
    const command = ['--filter', 'detail.data.order.customerId=C2', '--rate', '0.1', '--yes', '--json'];
    const { json } = await orders(['dlq', 'redrive', DLQ, ...command], {
      now: () => clock.now(),
      pause: (ms) => clock.advance(ms),
    });
    expect(json()).toMatchObject({ found: 65, seen: 65, redelivered: 50, skipped: 15, left: 15 });
    expect([visible(DLQ), visible(TEAM)]).toEqual([15, 50]);
  });

  test('given a rule whose target is still gone, then everything stays, and it ends with 1', async () => {
    running = await startEdges([
      ...subscription(),
      rule('lost', 'orders', { source: ['orders.service'] }, [
        { Arn: queueArn('nowhere'), DeadLetterConfig: { Arn: queueArn(DLQ) } },
      ]),
    ]);
    await publish(many(3));
    const { code, err } = await orders(['dlq', 'redrive', DLQ, '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('QueueDoesNotExist');
    expect(err).toContain('3 are still there, none is lost.');
    expect(visible(DLQ)).toBe(3);
  });

  test('given letters that can go and letters that cannot, then it ends with 3, and the report says which', async () => {
    await afterOutage(many(2));
    await running.queues.send(DLQ, [{ body: 'from nobody', attributes: {} }]);
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    const file = join(folder, 'report.json');
    const { code, err } = await orders(['dlq', 'redrive', DLQ, '--yes', '--report', file]);
    expect(code).toBe(3);
    expect(err).toContain('The message does not say where it was going.');
    const report = JSON.parse(readFileSync(file, 'utf8')) as { items: object[]; summary: object };
    rmSync(folder, { recursive: true });
    expect(report.summary).toMatchObject({ redelivered: 2, failed: 1, left: 1 });
    expect(report.items).toContainEqual(
      expect.objectContaining({
        eventId: 'OrderCreated-C101-O1',
        destination: 'sqs order-notifications',
        outcome: 'redelivered',
      }),
    );
    expect(report.items).toContainEqual(expect.objectContaining({ outcome: 'failed' }));
  });

  test('given a report that can no longer be written, then all goes on and is counted once, and the report is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    const file = join(folder, 'pipe');
    // Fails once nobody reads, as a file does once the disk is full.
    execFileSync('sh', ['-c', 'mkfifo "$0"', file]);
    let reader: number | undefined = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const { state, fault } = breakable();
    running = await startEdges(subscription(), {
      fault,
      authorize: ({ operation }) => {
        if (operation === 'DeleteMessage' && reader !== undefined) closeSync(reader);
        if (operation === 'DeleteMessage') reader = undefined;
        return undefined;
      },
    });
    await publish(many(3));
    state.down = false;
    const ran = await orders(['dlq', 'redrive', DLQ, '--yes', '--report', file]);
    rmSync(folder, { recursive: true });
    expect(ran).toMatchObject({
      code: 1,
      out: '3 redelivered, 0 failed, 0 skipped, 0 left in order-notifications-dlq.\n',
      err: 'The report cannot be written: EPIPE: broken pipe, write\n',
    });
    expect([visible(DLQ), visible(TEAM)]).toEqual([0, 3]);
  });

  test('given a queue that can no longer be read, then the report is whole, and says so', async () => {
    let received = 0;
    const { state, fault } = breakable();
    running = await startEdges(subscription(), {
      fault,
      authorize: ({ operation }) => {
        if (operation === 'ReceiveMessage') received += 1;
        return received > 1 ? 'not any more' : undefined;
      },
    });
    await publish(many(11));
    state.down = false;
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    const file = join(folder, 'report.json');
    expect((await orders(['dlq', 'redrive', DLQ, '--yes', '--report', file])).code).toBe(1);
    const report = JSON.parse(readFileSync(file, 'utf8')) as { items: object[]; summary: object };
    rmSync(folder, { recursive: true });
    expect(report.items).toHaveLength(10);
    expect(report.summary).toEqual({ error: 'not any more' });
    expect([visible(DLQ), visible(TEAM)]).toEqual([1, 10]);
  });

  test('given an accepted letter that cannot be removed, then it stays: twice is not lost', async () => {
    const { state, fault } = breakable();
    let denied = true;
    running = await startEdges(subscription(), {
      fault,
      authorize: ({ operation }) => (denied && operation === 'DeleteMessage' ? 'not now' : undefined),
    });
    await publish(['O1']);
    state.down = false;
    expect((await orders(['dlq', 'redrive', DLQ, '--yes'])).code).toBe(1);
    expect([visible(DLQ), visible(TEAM)]).toEqual([1, 1]);
    denied = false;
    expect((await orders(['dlq', 'redrive', DLQ, '--yes'])).code).toBe(0);
    const [first, second] = await bodies(TEAM);
    expect(second).toBe(first);
  });

  test('given Ctrl-C, then the letter in hand is finished, the rest stays, and the same command goes on', async () => {
    await afterOutage(many(30));
    const interrupting = new AbortController();
    let paused = 0;
    const pause = () => {
      paused += 1;
      if (paused === 15) interrupting.abort();
      return Promise.resolve();
    };
    const { signal: interrupted } = interrupting;
    const command = ['dlq', 'redrive', DLQ, '--yes', '--rate', '5'];
    const first = await orders(command, { interrupted, pause });
    expect(first.code).toBe(130);
    expect(first.err).toContain('To go on, give the same command');
    const done = visible(TEAM);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(30);
    expect(visible(DLQ)).toBe(30 - done);
    expect((await orders(command)).code).toBe(0);
    expect(new Set(await bodies(TEAM)).size).toBe(30);
  });

  test('given a rate, then it waits in between', async () => {
    await afterOutage(many(4));
    const waited: number[] = [];
    const pause = (ms: number) => Promise.resolve(void waited.push(ms));
    await orders(['dlq', 'redrive', DLQ, '--yes', '--rate', '2'], { now: () => 0, pause });
    expect(waited).toEqual([500, 1000, 1500]);
  });

  test('given a target whose input EventBridge shapes, then it is refused, with the way that works', async () => {
    running = await startEdges([
      ...subscription(),
      rule('shaped', 'orders', { source: ['orders.service'] }, [
        { Arn: queueArn('gone'), InputPath: '$.detail', DeadLetterConfig: { Arn: queueArn(DLQ) } },
      ]),
    ]);
    await publish(['O1']);
    const { code, err } = await orders(['dlq', 'redrive', DLQ, '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('orders events replay --rule');
    expect(visible(DLQ)).toBe(1);
  });
});

describe('a letter of another kind', () => {
  test('given a function as the target, then it is invoked with the event', async () => {
    const { state, fault } = breakable(functionArn('recorder'));
    running = await startEdges(
      [
        ...subscription(),
        queue('recorder-dlq'),
        lambda('recorder'),
        rule('recorder', 'orders', { source: ['orders.service'] }, [
          {
            Arn: functionArn('recorder'),
            DeadLetterConfig: { Arn: queueArn('recorder-dlq') },
            RetryPolicy: { MaximumRetryAttempts: 0 },
          },
        ]),
      ],
      { fault, functions: { recorder: () => answers(null) } },
    );
    await publish(['O1']);
    state.down = false;
    expect((await orders(['dlq', 'redrive', 'recorder-dlq', '--yes'])).code).toBe(0);
    await running.invocations.idle();
    expect(running.calls).toMatchObject([
      { name: 'recorder', payload: { detail: { data: { order: { orderId: 'O1' } } } } },
    ]);
  });

  test('given an invocation that Lambda gave up, then the function gets the same event again', async () => {
    let broken = true;
    running = await startEdges(
      [
        ...subscription(),
        queue('recorder-dlq'),
        lambda('recorder'),
        rule('recorder', 'orders', { source: ['orders.service'] }, [
          { Arn: functionArn('recorder'), DeadLetterConfig: { Arn: queueArn('recorder-dlq') } },
        ]),
        {
          type: 'AWS::Lambda::EventInvokeConfig',
          name: 'config',
          properties: {
            FunctionName: 'recorder',
            MaximumRetryAttempts: 0,
            DestinationConfig: { OnFailure: { Destination: queueArn('recorder-dlq') } },
          },
        },
      ],
      { functions: { recorder: () => (broken ? fails('no table') : answers(null)) } },
    );
    await publish(['O1']);
    await running.invocations.idle();
    const peeked = await orders(['dlq', 'peek', 'recorder-dlq', '--json']);
    expect(peeked.json()).toMatchObject({
      letters: [{ error: 'RetriesExhausted: no table', attempts: 1, destination: 'function recorder' }],
    });
    broken = false;
    expect((await orders(['dlq', 'redrive', 'recorder-dlq', '--yes'])).code).toBe(0);
    await running.invocations.idle();
    expect(running.calls).toHaveLength(2);
    expect(running.calls[1]).toEqual(running.calls[0]);
  });

  test('given a message that its receivers did not delete, then it goes back to its queue', async () => {
    running = await startEdges(subscription());
    await publish(['O1']);
    const [message] = await running.queues.receive(TEAM, { max: 1, visibilitySeconds: 0 });
    expect(await running.queues.receive(TEAM, { max: 1 })).toEqual([]);
    expect(visible(DLQ)).toBe(1);
    expect((await orders(['dlq', 'redrive', DLQ, '--yes'])).code).toBe(0);
    expect(await bodies(TEAM)).toEqual([message?.body]);
  });
});

describe('before anything is done', () => {
  test.each([
    ['y', 3, 0],
    ['n', 3, 1],
    ['', 3, 1],
    ['y', 101, 1],
    [DLQ, 101, 0],
  ])('given the answer "%s" for %d letters, then it ends with %d', async (typed, count, code) => {
    await afterOutage(many(count));
    expect((await orders(['dlq', 'redrive', DLQ], { typed })).code).toBe(code);
    expect(visible(TEAM)).toBe(code === 0 ? count : 0);
  });

  test.each([
    ['it is not answered any more', new Promise<string>(() => undefined)],
    ['a yes comes after all', 'y'],
  ])(
    'given Ctrl-C at the question, and %s, then it ends with 130, and nothing was done',
    async (_, typed) => {
      await afterOutage(many(3));
      const interrupting = new AbortController();
      const { code, out, err } = await orders(['dlq', 'redrive', DLQ], {
        typed,
        said: (text) => text.includes('[y/N]') && interrupting.abort(),
        interrupted: interrupting.signal,
      });
      expect([code, out]).toEqual([130, '']);
      expect(err).toMatch(/\nNothing was done\.\n$/);
      expect([visible(DLQ), visible(TEAM)]).toEqual([3, 0]);
    },
  );

  test('given Ctrl-C before the first letter, then it does not say that a full queue is empty', async () => {
    await afterOutage(many(3));
    const interrupted = AbortSignal.abort();
    expect(await orders(['dlq', 'redrive', DLQ, '--yes'], { interrupted })).toMatchObject({
      code: 130,
      out: '0 redelivered, 0 failed, 0 skipped, 3 left in order-notifications-dlq.\n',
    });
  });

  test.each([
    [[], {}],
    [['--no-input'], { typed: 'y' }],
  ])('given nobody to ask, %j, then it ends with 2 and names --yes', async (flags, circumstances) => {
    await afterOutage(['O1']);
    const { code, err } = await orders(['dlq', 'redrive', DLQ, ...flags], circumstances);
    expect(code).toBe(2);
    expect(err).toContain('add --yes');
    expect(visible(TEAM)).toBe(0);
  });

  test('given an empty queue, then there is nothing to ask', async () => {
    running = await startEdges(subscription());
    const { code, out } = await orders(['dlq', 'redrive', DLQ]);
    expect([code, out]).toEqual([0, 'order-notifications-dlq is empty.\n']);
  });
});
