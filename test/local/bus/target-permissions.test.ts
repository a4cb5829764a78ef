import { parseTarget } from '../../../local/bus/rules.ts';
import { permissionsBut } from '../support/permissions.ts';
import { answers, startEdges, type Running } from '../support/running.ts';
import { bus, busArn, functionArn, lambda, logGroupArn, queue, queueArn, rule } from '../support/stack.ts';

const ruleArn = 'arn:aws:events:eu-central-1:000000000000:rule/orders/r';
const roleArn = 'arn:aws:iam::000000000000:role/passing';
const everything = { source: ['orders.service'] };
const entry = {
  Source: 'orders.service',
  DetailType: 'OrderCreated',
  Detail: '{"n":1}',
  EventBusName: 'orders',
};

let running: Running | undefined;
afterEach(() => running?.stop());

/** One event for one target, whose dead letters go to `dlq`. */
const deliver = async (target: Record<string, unknown>, denies?: RegExp) => {
  const { permissions, asked } = permissionsBut(denies);
  const DeadLetterConfig = { Arn: queueArn('dlq') };
  const resources = [bus('orders'), bus('other'), queue('q'), queue('dlq'), lambda('fn')];
  const edges = await startEdges(
    [...resources, rule('r', 'orders', everything, [{ DeadLetterConfig, ...target }])],
    { permissions, functions: { fn: () => answers(null) } },
  );
  running = edges;
  await edges.bus.putEvents([entry]);
  await edges.bus.idle();
  const [letter] = await edges.queues.receive('dlq', { max: 1 });
  const [delivery] = edges.bus.recent().flatMap(({ deliveries }) => deliveries);
  return { edges, asked, letter, delivery, warnings: edges.warnings };
};

const toLogs = `${logGroupArn('/audit')}:log-stream:r`;

test.each<[string, Record<string, unknown>, string[]]>([
  [
    'a queue',
    { Arn: queueArn('q') },
    [`events.amazonaws.com for ${ruleArn} sqs:SendMessage on ${queueArn('q')}`],
  ],
  [
    'a function',
    { Arn: functionArn('fn') },
    [`events.amazonaws.com for ${ruleArn} lambda:InvokeFunction on ${functionArn('fn')}`],
  ],
  [
    'a log group, which those who hand the lines on must be let into too',
    { Arn: logGroupArn('/audit') },
    ['events', 'delivery.logs'].flatMap((service) =>
      ['CreateLogStream', 'PutLogEvents'].map(
        (action) => `${service}.amazonaws.com for ${ruleArn} logs:${action} on ${toLogs}`,
      ),
    ),
  ],
  [
    'another bus, with a role',
    { Arn: busArn('other'), RoleArn: roleArn },
    [`${roleArn} for ${ruleArn} events:PutEvents on ${busArn('other')}`],
  ],
])('given %s as the target, then EventBridge asks for this, and delivers', async (_, target, expected) => {
  const { asked, delivery, letter } = await deliver(target);
  expect(asked).toEqual(expected);
  expect(delivery).toMatchObject({ state: 'delivered' });
  expect(letter).toBeUndefined();
});

test('6.2 targets: one that does not let the rule in is not tried again, and the event is a dead letter', async () => {
  const { letter, delivery } = await deliver({ Arn: queueArn('q') }, /on .*:q$/);
  const message = `may not: events.amazonaws.com for ${ruleArn} sqs:SendMessage on ${queueArn('q')}`;
  expect(delivery).toMatchObject({
    state: 'dead-lettered',
    attempts: 1,
    error: `NO_PERMISSIONS: ${message}`,
  });
  expect(letter?.attributes).toMatchObject({
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: message,
    RULE_ARN: ruleArn,
    RETRY_ATTEMPTS: '0',
  });
});

test.each([/^events\.\S+ .*CreateLogStream/, /^delivery\.logs\.\S+ .*PutLogEvents/])(
  'given a log group that does not let %s in, then nothing is written',
  async (denies) => {
    const { edges, delivery } = await deliver({ Arn: logGroupArn('/audit') }, denies);
    expect(delivery).toMatchObject({ state: 'dead-lettered' });
    expect(edges.logs.read('/audit')).toEqual([]);
  },
);

test('given an event that is handed on, then the other bus is asked about its source and type', async () => {
  const contexts: unknown[] = [];
  running = await startEdges(
    [bus('orders'), bus('other'), rule('r', 'orders', everything, [{ Arn: busArn('other') }])],
    {
      permissions: {
        denial: (_, access) => {
          contexts.push(access.context);
          return undefined;
        },
      },
    },
  );
  await running.bus.putEvents([entry]);
  await running.bus.idle();
  expect(contexts).toEqual([{ 'events:source': 'orders.service', 'events:detail-type': 'OrderCreated' }]);
});

test('6.2 dead letters: a queue that does not let the rule in gets none, and the event is dropped with a warning', async () => {
  const { letter, delivery, warnings } = await deliver({ Arn: queueArn('q') }, /SendMessage/);
  expect(letter).toBeUndefined();
  expect(delivery).toMatchObject({ state: 'dropped' });
  expect(warnings).toEqual([
    expect.stringContaining(
      `is dropped, may not: events.amazonaws.com for ${ruleArn} sqs:SendMessage on ${queueArn('dlq')}: NO_PERMISSIONS`,
    ),
  ]);
});

test('6.2 rules put through the API: they deliver unasked, as nobody could give them permissions here', async () => {
  const { permissions, asked } = permissionsBut(/./);
  const edges = await startEdges([bus('orders'), queue('q')], { permissions });
  running = edges;
  await edges.bus.putRule({
    name: 'scratch',
    bus: 'orders',
    arn: ruleArn,
    pattern: JSON.stringify(everything),
    enabled: true,
    declared: false,
    targets: [parseTarget({ Id: 't', Arn: queueArn('q') })],
  });
  await edges.bus.putEvents([entry]);
  await edges.bus.idle();
  expect(await edges.queues.receive('q', { max: 1 })).toHaveLength(1);
  expect(asked).toEqual([]);
});
