import type { Fault } from '../../../local/bus/service.ts';
import { fakeClock } from '../support/clock.ts';
import { answers, fails, startEdges, type Running } from '../support/running.ts';
import { bus, busArn, functionArn, lambda, logGroupArn, queue, queueArn, rule } from '../support/stack.ts';

const everything = { source: ['orders.service'] };
const entry = (detail: object = {}, EventBusName = 'orders') => ({
  Source: 'orders.service',
  DetailType: 'OrderCreated',
  Detail: JSON.stringify(detail),
  EventBusName,
});
const bodies = async (running: Running, name: string) =>
  (await running.queues.receive(name, { max: 10 })).map(
    ({ body }) => JSON.parse(body) as { detail: unknown },
  );
const twoQueues = [bus('orders'), queue('team'), queue('dlq')];
const down: Fault = () => ({ code: 'SDK_CLIENT_ERROR', message: 'down', retryable: true });

let running: Running | undefined;
const start = async (...parameters: Parameters<typeof startEdges>) =>
  (running = await startEdges(...parameters));
afterEach(() => running?.stop());

describe('an event that matches', () => {
  test('reaches every target of every enabled rule of its bus, and no other', async () => {
    const edges = await start(
      [
        bus('orders'),
        bus('other'),
        ...['a', 'b', 'c', 'd'].map((name) => queue(name)),
        rule('two', 'orders', everything, [{ Arn: queueArn('a') }, { Arn: queueArn('b') }]),
        rule('off', 'orders', everything, [{ Arn: queueArn('c') }], { State: 'DISABLED' }),
        rule('elsewhere', 'other', everything, [{ Arn: queueArn('d') }]),
        rule('big', 'orders', { detail: { n: [{ numeric: ['>', 5] }] } }, [{ Arn: queueArn('c') }]),
        lambda('subscriber'),
        rule('fn', 'orders', everything, [{ Arn: functionArn('subscriber') }]),
        rule('audit', 'orders', everything, [{ Arn: logGroupArn('/audit'), InputPath: '$.detail' }]),
      ],
      { functions: { subscriber: () => answers(null) } },
    );
    await edges.bus.putEvents([entry({ n: 1 }), entry({ n: 9 }, busArn('orders'))]);
    await edges.bus.idle();
    await edges.invocations.idle();
    for (const name of ['a', 'b'])
      expect((await bodies(edges, name)).map(({ detail }) => detail)).toEqual([{ n: 1 }, { n: 9 }]);
    expect((await bodies(edges, 'c')).map(({ detail }) => detail)).toEqual([{ n: 9 }]);
    expect(await bodies(edges, 'd')).toEqual([]);
    expect(edges.calls).toMatchObject([
      { name: 'subscriber', payload: { detail: { n: 1 }, source: 'orders.service' } },
      { payload: { detail: { n: 9 } } },
    ]);
    expect(edges.logs.read('/audit').map(({ message }) => message)).toEqual(['{"n":1}', '{"n":9}']);
    expect(edges.bus.recent().map(({ deliveries }) => deliveries.map(({ state }) => state))).toEqual([
      ['delivered', 'delivered', 'delivered', 'delivered'],
      ['delivered', 'delivered', 'delivered', 'delivered', 'delivered'],
    ]);
  });

  test('is one append when it is accepted and one for each delivery', async () => {
    const edges = await start([...twoQueues, rule('r', 'orders', everything, [{ Arn: queueArn('team') }])]);
    await edges.bus.putEvents([entry(), entry(), entry()]);
    expect(edges.journal.lines[0]?.match(/"deliveries":\[\{/g)).toHaveLength(3);
    await edges.bus.idle();
    expect(edges.journal.appends()).toBe(1 + 3);
    for (const line of edges.journal.lines.slice(1)) {
      expect(JSON.parse(line)).toMatchObject([
        { part: 'queues', entry: { type: 'sent' } },
        { part: 'bus', entry: { type: 'settled', state: 'delivered' } },
      ]);
    }
  });

  test('2.5 hops: an event keeps its id on the way through another bus, and does not circle for ever', async () => {
    const edges = await start([
      bus('orders'),
      bus('other'),
      queue('team'),
      queue('dlq'),
      rule('out', 'orders', everything, [{ Arn: busArn('other') }]),
      rule('back', 'other', everything, [
        { Arn: busArn('orders'), DeadLetterConfig: { Arn: queueArn('dlq') } },
      ]),
      rule('team', 'other', everything, [{ Arn: queueArn('team') }]),
    ]);
    const { Entries } = await edges.bus.putEvents([entry()]);
    await edges.bus.idle();
    const arrived = (await bodies(edges, 'team')) as unknown as { id: string }[];
    expect(arrived.map(({ id }) => ({ EventId: id }))).toEqual([Entries[0], Entries[0]]);
    expect(edges.bus.recent()).toHaveLength(5);
  });
});

describe('a target that fails', () => {
  const target = (policy: object) => ({
    Arn: queueArn('team'),
    DeadLetterConfig: { Arn: queueArn('dlq') },
    RetryPolicy: policy,
  });

  test('2.3 retry: a delivery is tried again after growing pauses until it works', async () => {
    const clock = fakeClock();
    const tried: number[] = [];
    const edges = await start([...twoQueues, rule('r', 'orders', everything, [target({})])], {
      clock,
      fault: (...parameters) => {
        tried.push(clock.now());
        return tried.length < 5 ? down(...parameters) : undefined;
      },
    });
    await edges.bus.putEvents([entry()]);
    await edges.bus.idle();
    expect(tried).toHaveLength(1);
    await clock.advance(60_000);
    await edges.bus.idle();
    expect(tried.slice(1).map((at, index) => at - (tried[index] ?? 0))).toEqual([750, 1_500, 3_000, 6_000]);
    expect(edges.queues.depth('team').visible).toBe(1);
    expect(edges.bus.recent()[0]?.deliveries).toMatchObject([{ state: 'delivered', attempts: 5 }]);
  });

  test.each([
    ['attempts', { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 86_400 }, 'MaximumRetryAttempts', '2'],
    ['no retries', { MaximumRetryAttempts: 0 }, 'MaximumRetryAttempts', '0'],
    ['age', { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 60 }, 'MaximumEventAgeInSeconds', '6'],
  ])(
    '2.3 dead letters: given that %s run out, the event goes to the dead-letter queue with what AWS says of it',
    async (_, policy, condition, retries) => {
      const clock = fakeClock();
      const edges = await start([...twoQueues, rule('r', 'orders', everything, [target(policy)])], {
        clock,
        fault: down,
      });
      await edges.bus.putEvents([entry({ n: 1 })]);
      await clock.advance(24 * 3_600_000);
      await edges.bus.idle();
      const [letter, second] = await edges.queues.receive('dlq', { max: 10 });
      expect(second).toBeUndefined();
      expect(letter?.attributes).toEqual({
        RULE_ARN: 'arn:aws:events:eu-central-1:000000000000:rule/orders/r',
        TARGET_ARN: queueArn('team'),
        ERROR_CODE: 'SDK_CLIENT_ERROR',
        ERROR_MESSAGE: 'down',
        EXHAUSTED_RETRY_CONDITION: condition,
        RETRY_ATTEMPTS: retries,
      });
      expect(JSON.parse(letter?.body ?? '')).toMatchObject({ detail: { n: 1 }, source: 'orders.service' });
      expect(edges.journal.compacted().filter((line) => line.includes('"bus"'))).toEqual([]);
    },
  );

  test.each([
    ['is not there', { Arn: queueArn('gone') }, 'NO_RESOURCE'],
    ['is a function that is not there', { Arn: functionArn('gone') }, 'NO_RESOURCE'],
    ['is a bus that is not there', { Arn: busArn('gone') }, 'NO_RESOURCE'],
    ['gets no JSON', { Arn: functionArn('subscriber'), Input: 'text' }, 'INVALID_JSON'],
    ['gets too much', { Arn: queueArn('small') }, 'INVALID_PARAMETER'],
    ['is of another service', { Arn: 'arn:aws:states:eu-central-1:0:stateMachine:x' }, 'INVALID_PARAMETER'],
  ])('2.3 not retried: a target that %s gets no second try', async (_, given, code) => {
    const edges = await start(
      [
        ...twoQueues,
        queue('small', { MaximumMessageSize: 10 }),
        lambda('subscriber'),
        rule('r', 'orders', everything, [{ DeadLetterConfig: { Arn: queueArn('dlq') }, ...given }]),
      ],
      { functions: { subscriber: () => answers(null) } },
    );
    await edges.bus.putEvents([entry()]);
    await edges.bus.idle();
    const [letter] = await edges.queues.receive('dlq', { max: 1 });
    expect(letter?.attributes).toMatchObject({ ERROR_CODE: code, RETRY_ATTEMPTS: '0' });
    expect(letter?.attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });

  test('2.3 no dead-letter queue: the event is dropped, aloud', async () => {
    const edges = await start([...twoQueues, rule('r', 'orders', everything, [{ Arn: queueArn('gone') }])]);
    await edges.bus.putEvents([entry()]);
    await edges.bus.idle();
    expect(edges.warnings).toEqual([
      expect.stringContaining('dropped, it has no dead-letter queue: NO_RESOURCE'),
    ]);
    expect(edges.bus.recent()[0]?.deliveries).toMatchObject([
      { state: 'dropped', error: expect.stringContaining('gone') as string },
    ]);
  });
});

test('2.3 function as a target: it is invoked asynchronously, and its failure is no failure of the delivery', async () => {
  const targets = [{ Arn: functionArn('subscriber'), DeadLetterConfig: { Arn: queueArn('dlq') } }];
  const edges = await start([...twoQueues, lambda('subscriber'), rule('r', 'orders', everything, targets)], {
    clock: fakeClock(),
    functions: { subscriber: () => fails() },
  });
  await edges.bus.putEvents([entry()]);
  await edges.bus.idle();
  await edges.invocations.idle();
  expect(edges.calls).toHaveLength(1);
  expect(edges.bus.recent()[0]?.deliveries).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  expect(edges.queues.depth('dlq').visible).toBe(0);
});

test('2.1 no deduplication: the same entry again is another event with another id', async () => {
  const edges = await start([...twoQueues, rule('r', 'orders', everything, [{ Arn: queueArn('team') }])]);
  const same = entry({ n: 1 });
  const { Entries } = await edges.bus.putEvents([same, same]);
  expect(new Set(Entries.map((result) => ('EventId' in result ? result.EventId : ''))).size).toBe(2);
  await edges.bus.idle();
  expect(edges.queues.depth('team').visible).toBe(2);
});

describe('after a crash', () => {
  const resources = [...twoQueues, rule('r', 'orders', everything, [{ Arn: queueArn('team') }])];

  test('deliveries that were accepted and not made are made', async () => {
    const first = await startEdges(resources, { fault: down, clock: fakeClock() });
    await first.bus.putEvents([entry({ n: 1 }), entry({ n: 2 })]);
    await first.bus.idle();
    for (const found of [first.journal.lines, first.journal.compacted()]) {
      const clock = fakeClock();
      const next = await startEdges(resources, { found, clock });
      await clock.advance(5_000);
      await next.bus.idle();
      expect((await bodies(next, 'team')).map(({ detail }) => detail)).toEqual([{ n: 1 }, { n: 2 }]);
      await next.stop();
    }
    await first.stop();
  });

  test('a delivery is either made and done, or neither', async () => {
    const edges = await startEdges(resources);
    await edges.bus.putEvents([entry({ n: 1 }), entry({ n: 2 })]);
    await edges.bus.idle();
    const { lines } = edges.journal;
    await edges.stop();
    for (let length = 1; length <= lines.length; length += 1) {
      const next = await startEdges(resources, { found: lines.slice(0, length) });
      await next.bus.idle();
      expect((await bodies(next, 'team')).map(({ detail }) => detail)).toEqual([{ n: 1 }, { n: 2 }]);
      await next.stop();
    }
  });

  test('what is for a target that the template no longer has is dropped aloud', async () => {
    const first = await startEdges(resources, { fault: down, clock: fakeClock() });
    await first.bus.putEvents([entry()]);
    await first.bus.idle();
    await first.stop();
    const clock = fakeClock();
    const next = await start(twoQueues, { found: first.journal.lines, clock });
    await clock.advance(5_000);
    expect(next.warnings).toEqual([expect.stringContaining('the rule no longer has this target')]);
  });

  test('PutEvents that could not be written is not acknowledged', async () => {
    const edges = await start(resources);
    edges.journal.cut();
    await expect(edges.bus.putEvents([entry()])).rejects.toThrow('The disk is gone');
  });
});

describe('the bus', () => {
  test('2.1 unknown bus: the event is accepted and dropped, with a loud warning', async () => {
    const edges = await start(twoQueues);
    const result = await edges.bus.putEvents([entry({}, 'order')]);
    expect(result).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) as string }] });
    expect(edges.warnings).toEqual([expect.stringContaining('PutEvents to "order"')]);
    expect(edges.bus.recent()).toEqual([]);
    expect(edges.journal.lines).toEqual([]);
  });

  test('refuses a template with an invalid pattern, naming the rule', async () => {
    const bad = rule('bad', 'orders', { source: 'x' }, []);
    await expect(startEdges([bus('orders'), bad])).rejects.toThrow(
      /^bad \(AWS::Events::Rule\): its event pattern/,
    );
  });

  test('archives what the archive asks for, over a restart, for its retention', async () => {
    const day = 24 * 3_600_000;
    const clock = fakeClock();
    const resources = [
      bus('orders'),
      {
        type: 'AWS::Events::Archive',
        name: 'kept',
        properties: {
          SourceArn: busArn('orders'),
          RetentionDays: 2,
          EventPattern: { detail: { keep: [true] } },
        },
      },
    ];
    const first = await startEdges(resources, { clock });
    await first.bus.putEvents([entry({ keep: true, n: 1 }), entry({ keep: false })]);
    await first.stop();
    const next = await start(resources, { clock, found: first.journal.compacted() });
    expect(next.bus.archived('kept')?.events.map(({ json }) => JSON.parse(json) as unknown)).toMatchObject([
      { detail: { n: 1 } },
    ]);
    await clock.advance(2 * day + 1);
    await next.bus.putEvents([entry({ keep: true, n: 2 })]);
    expect(next.bus.archived('kept')?.events).toHaveLength(1);
    expect(next.bus.archived('none')).toBeUndefined();
  });
});
