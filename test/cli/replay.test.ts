import { fakeClock, until } from '../local/support/clock.ts';
import { startEdges, type Running } from '../local/support/running.ts';
import { bus, queue, queueArn, rule } from '../local/support/stack.ts';
import { breakable, orderEvent, run, subscription } from './support.ts';

const start = Date.parse('2026-11-22T10:00:00Z');
const minute = 60_000;
const TEAM = 'order-notifications';
const hour = ['--from', '2026-11-22T10:00:00Z', '--to', '2026-11-22T11:00:00Z'];
const replay = ['events', 'replay', '--rule', TEAM, ...hour];

let running: Running;
afterEach(() => running.stop());

const orders = (...parameters: Parameters<typeof run> extends [string, ...infer Rest] ? Rest : never) => {
  const [args, circumstances] = parameters;
  return run(running.url, args, { now: () => start + 90 * minute, ...circumstances });
};
const taken = async (name = TEAM) => {
  const all: { id: string; 'replay-name'?: string; detail: { metadata: { eventId: string } } }[] = [];
  for (;;) {
    const messages = await running.queues.receive(name, { max: 10 });
    if (messages.length === 0) return all;
    for (const { body, receiptHandle } of messages) {
      all.push(JSON.parse(body) as (typeof all)[number]);
      await running.queues.delete(name, receiptHandle);
    }
  }
};
const eventIds = async () => (await taken()).map(({ detail }) => detail.metadata.eventId);

const history = [
  orderEvent('O1', { at: start }),
  orderEvent('O2', { at: start + minute }),
  orderEvent('O1', { at: start + 2 * minute, type: 'OrderShipped' }),
  orderEvent('O1', { at: start + 3 * minute, customerId: 'C102' }),
  orderEvent('O10', { at: start + 4 * minute, type: 'OrderShipped' }),
  orderEvent('O1', { at: start + 61 * minute, type: 'OrderDelivered' }),
];

/** An hour of events, delivered and taken. */
const published = async (resources = subscription(), more: Parameters<typeof startEdges>[1] = {}) => {
  running = await startEdges(resources, { clock: fakeClock(start + 90 * minute), ...more });
  await running.bus.putEvents(history);
  await running.bus.idle();
  return taken();
};

describe('orders events replay by rule and times', () => {
  test('given the archive, then EventBridge delivers it again to that rule alone, with the same ids', async () => {
    const first = await published();
    const logged = running.logs.read('/aws/events/orders-audit').length;
    const { code, out, err } = await orders([...replay, '--yes', '--name', 'again']);
    expect([code, out, err]).toEqual([0, 'Replay again: COMPLETED.\n', 'Replay again started.\n']);
    await running.bus.idle();
    const second = await taken();
    expect(second.every((event) => event['replay-name'] === 'again')).toBe(true);
    const ids = (events: typeof first) =>
      events.map(({ id, detail }) => `${id} ${detail.metadata.eventId}`).sort();
    expect(ids(second)).toEqual(ids(first.slice(0, 5)));
    expect(running.logs.read('/aws/events/orders-audit')).toHaveLength(logged);
  });

  test('given --dry-run, then it says what EventBridge can tell, and starts nothing', async () => {
    await published();
    const { code, json, err } = await orders([...replay, '--dry-run', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ by: 'archive', archive: 'orders', archivedEvents: 6, rule: TEAM });
    expect(err).toContain('EventBridge does not tell');
    expect(running.bus.replays.list()).toEqual([]);
  });

  test('given a terminal, then a bar of how far it is', async () => {
    await published();
    const { err } = await orders([...replay, '--yes'], { tty: true });
    expect(err).toMatch(/\[#{30}\] 100% {2}COMPLETED 2026-11-22T10:04:00.000Z/);
  });

  test('given Ctrl-C, then the replay goes on, and can be followed or cancelled', async () => {
    const { fault } = breakable();
    const clock = fakeClock(start + 90 * minute);
    running = await startEdges(subscription({}), { clock, fault });
    for (let n = 0; n < 110; n += 1)
      await running.bus.putEvents(Array.from({ length: 10 }, () => orderEvent('O1', { at: start })));
    const { code, err } = await orders([...replay, '--yes', '--name', 'held'], {
      interrupted: AbortSignal.abort(),
    });
    expect(code).toBe(130);
    expect(err).toContain('Watch it: orders events replay --follow held');
    expect((await orders(['events', 'cancel', 'held'])).out).toBe('Replay held: CANCELLING.\n');
    expect(await orders(['events', 'replay', '--follow', 'held'])).toMatchObject({
      code: 1,
      out: 'Replay held: CANCELLED.\n',
    });
  });

  test('given a bus without an archive, then it ends with 1 and says so', async () => {
    await published([
      bus('orders'),
      queue(TEAM),
      rule(TEAM, 'orders', { source: ['orders.service'] }, [{ Arn: queueArn(TEAM) }]),
    ]);
    expect(await orders([...replay, '--yes'])).toMatchObject({ code: 1, err: 'The bus has no archive.\n' });
  });
});

describe('orders events replay by order, type or rate', () => {
  test.each([
    ['an order', ['--order', 'C101/O1'], ['OrderCreated-C101-O1', 'OrderShipped-C101-O1']],
    ['a type', ['--type', 'OrderShipped'], ['OrderShipped-C101-O1', 'OrderShipped-C101-O10']],
    ['both', ['--order', 'C101/O1', '--type', 'OrderShipped'], ['OrderShipped-C101-O1']],
    [
      'a place to go on',
      ['--after', 'OrderShipped-C101-O1'],
      ['OrderCreated-C102-O1', 'OrderShipped-C101-O10'],
    ],
  ])('given %s, then those events of the audit log go to the targets of the rule', async (_, flags, ids) => {
    await published();
    const dry = await orders([...replay, ...flags, '--dry-run', '--json']);
    expect(dry.json()).toMatchObject({ by: 'audit log', found: ids.length });
    expect(await eventIds()).toEqual([]);
    const { code, out } = await orders([...replay, ...flags, '--yes']);
    expect(code).toBe(0);
    expect(out).toBe(
      `${ids.length} of ${ids.length} events sent to the targets of order-notifications, 0 failed.\n`,
    );
    expect(await eventIds()).toEqual(ids);
  });

  test('given what a rule does not match, or a replay wrote to the log again, then it is not sent', async () => {
    const shipped = { source: ['orders.service'], 'detail-type': ['OrderShipped'] };
    await published([
      ...subscription(),
      queue('q'),
      rule('shipped', 'orders', shipped, [{ Arn: queueArn('q') }]),
    ]);
    await running.bus.replays.start({
      name: 'all',
      archive: 'orders',
      bus: 'orders',
      from: 0,
      to: start * 2,
    });
    await running.bus.idle();
    await taken('q');
    const { code } = await orders([
      'events',
      'replay',
      '--rule',
      'shipped',
      ...hour,
      '--rate',
      '100',
      '--yes',
    ]);
    expect(code).toBe(0);
    expect((await taken('q')).map((event) => [event.detail.metadata.eventId, event['replay-name']])).toEqual([
      ['OrderShipped-C101-O1', undefined],
      ['OrderShipped-C101-O10', undefined],
    ]);
  });

  test('given Ctrl-C, then it says after which event to go on, and that brings the rest', async () => {
    await published();
    const interrupting = new AbortController();
    let waits = 0;
    const pause = () => {
      waits += 1;
      if (waits === 3) interrupting.abort();
      return Promise.resolve();
    };
    const command = [...replay, '--rate', '1', '--yes'];
    const first = await orders(command, { pause, interrupted: interrupting.signal });
    expect(first.code).toBe(130);
    const [, after = ''] = /with --after (\S+)\./.exec(first.err) ?? [];
    expect(await eventIds()).toHaveLength(3);
    expect((await orders([...command, '--after', after])).code).toBe(0);
    expect(await eventIds()).toHaveLength(2);
  });

  test('given a target that does not take one, then the rest goes, and it ends with 3', async () => {
    let sent = 0;
    await published(subscription(), {
      authorize: ({ operation }) => {
        if (operation !== 'SendMessage') return undefined;
        sent += 1;
        return sent === 2 ? 'not this one' : undefined;
      },
    });
    const { code, err } = await orders([...replay, '--rate', '50', '--yes']);
    expect(code).toBe(3);
    expect(err).toContain('OrderCreated-C101-O2: AccessDenied');
    expect(await eventIds()).toHaveLength(4);
  });

  test.each([
    ['times alone', []],
    ['a type', ['--type', 'OrderShipped']],
  ])(
    'given %s and a rule without targets, then it ends with 1, and does not claim to have sent',
    async (_, flags) => {
      await published([...subscription(), rule('empty', 'orders', { source: ['orders.service'] }, [])]);
      expect(await orders(['events', 'replay', '--rule', 'empty', ...hour, ...flags, '--yes'])).toMatchObject(
        {
          code: 1,
          out: '',
          err: 'Rule empty has no targets: nobody would get the events.\n',
        },
      );
    },
  );

  test.each([
    ['an unknown event of --after', ['--after', 'nobody'], /The event nobody of --after/],
    [
      'a bus without an audit log',
      ['--type', 'OrderShipped', '--bus', 'other'],
      /No rule of the bus other keeps whole events/,
    ],
  ])('given %s, then it ends with 1 and says so', async (_, flags, why) => {
    await published([
      ...subscription(),
      bus('other'),
      rule(TEAM, 'other', { source: ['x'] }, [{ Arn: queueArn(TEAM) }]),
    ]);
    expect(await orders([...replay, ...flags, '--yes'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(why) as string,
    });
  });
});

describe('a subscriber that was down for an hour', () => {
  test('catches up through retry, dead-letter queue and redrive: every event once, as it was', async () => {
    const clock = fakeClock(start);
    const { state, fault } = breakable();
    running = await startEdges(subscription({ MaximumEventAgeInSeconds: 1800 }), { clock, fault });
    for (let n = 0; n < 60; n += 1) {
      await running.bus.putEvents([orderEvent(`O${n}`)]);
      await clock.advance(minute);
    }
    const published = running.bus.recent().map(({ json }) => json);
    expect(await taken()).toEqual([]);

    state.down = false;
    await clock.advance(30 * minute);
    await until(() => running.queues.depth(TEAM).visible > 0, 'retries reach the queue');
    const byRetry = await taken();
    const dead = running.queues.depth('order-notifications-dlq').visible;
    expect(byRetry.length).toBeGreaterThan(15);
    expect(dead).toBeGreaterThan(15);
    expect(byRetry.length + dead).toBe(60);

    expect((await orders(['dlq', 'redrive', 'order-notifications-dlq', '--yes'])).code).toBe(0);
    const byRedrive = await taken();
    expect([...byRetry, ...byRedrive].map((event) => JSON.stringify(event)).sort()).toEqual(
      published.map((json) => JSON.stringify(JSON.parse(json))).sort(),
    );
  });
});
