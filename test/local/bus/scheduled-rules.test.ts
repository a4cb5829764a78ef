import { DescribeRuleCommand } from '@aws-sdk/client-eventbridge';
import { fakeClock } from '../support/clock.ts';
import { answers, startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { bus, functionArn, lambda, queue, queueArn } from '../support/stack.ts';

const hour = 3_600_000;
const begin = Date.parse('2026-11-22T10:00:00Z');

const scheduled = (name: string, expression: string, Targets: object[], more: object = {}) => ({
  type: 'AWS::Events::Rule',
  name,
  properties: {
    ScheduleExpression: expression,
    State: 'ENABLED',
    Targets: Targets.map((target, at) => ({ Id: `Target${at}`, ...target })),
    ...more,
  },
});
const worker = { Arn: functionArn('worker'), Input: '{"action":"round"}' };

let running: Running | undefined;
afterEach(() => running?.stop());

const start = async (...rules: Parameters<typeof startEdges>[0]) => {
  const clock = fakeClock(begin);
  running = await startEdges([bus('orders'), lambda('worker'), queue('team'), ...rules], {
    clock,
    functions: { worker: () => answers(null) },
  });
  const { bus: service, invocations, calls } = running;
  const advance = async (ms: number) => {
    await clock.advance(ms);
    await service.idle();
    await invocations.idle();
  };
  return { edges: running, advance, calls };
};

test('given a rate, when its time comes on the clock, then its function gets the constant, once each time', async () => {
  const { advance, calls } = await start(scheduled('hourly', 'rate(1 hour)', [worker]));
  await advance(hour - 1);
  expect(calls).toEqual([]);
  await advance(1);
  expect(calls).toEqual([{ name: 'worker', payload: { action: 'round' } }]);
  await advance(3 * hour);
  expect(calls).toHaveLength(4);
});

test('given a cron expression and no constant, then its target gets a scheduled event of that time', async () => {
  const { edges, advance } = await start(
    scheduled('nightly', 'cron(30 3 * * ? *)', [{ Arn: queueArn('team') }]),
  );
  await advance(24 * hour);
  const [message, more] = await edges.queues.receive('team', { max: 10 });
  expect(more).toBeUndefined();
  expect(JSON.parse(message?.body ?? '')).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: '2026-11-23T03:30:00Z',
    resources: ['arn:aws:events:eu-central-1:000000000000:rule/nightly'],
    detail: {},
  });
});

test('given a rule that is disabled, then it does not fire; given one of a pattern, then it is not told', async () => {
  const { edges, advance, calls } = await start(
    scheduled('off', 'rate(1 hour)', [worker], { State: 'DISABLED' }),
    scheduled('on', 'rate(1 hour)', [worker]),
    {
      type: 'AWS::Events::Rule',
      name: 'listener',
      properties: {
        EventPattern: { source: ['aws.events'] },
        Targets: [{ Id: 'a', Arn: queueArn('team') }],
      },
    },
  );
  await advance(hour);
  expect(calls).toHaveLength(1);
  expect(edges.queues.depth('team').visible).toBe(0);
});

test('given a scheduled rule, then EventBridge describes it with its schedule', async () => {
  const { edges } = await start(scheduled('hourly', 'rate(1 hour)', [worker]));
  const { events, destroy } = sdkClients(edges.url);
  const described = await events.send(new DescribeRuleCommand({ Name: 'hourly' }));
  destroy();
  expect(described).toMatchObject({ ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' });
  expect(described.EventPattern).toBeUndefined();
});

test.each([
  [
    'a schedule that is not known',
    scheduled('r', 'rate(1 week)', []),
    /r \(.*\): its schedule cannot be run: .*rate/,
  ],
  ['one on a bus of its own', scheduled('r', 'rate(1 day)', [], { EventBusName: 'orders' }), /default bus/],
  ['neither pattern nor schedule', { type: 'AWS::Events::Rule', name: 'r' }, /neither/],
])('given %s, then it is refused at start, by name', async (_, rule, reason) => {
  await expect(start(rule)).rejects.toThrow(reason);
});
