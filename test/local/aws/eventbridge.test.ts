import {
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { bus, queue, queueArn, rule } from '../support/stack.ts';

let running: Running;
let clients: ReturnType<typeof sdkClients>;
let events: ReturnType<typeof sdkClients>['events'];

beforeEach(async () => {
  running = await startEdges([
    bus('orders'),
    queue('team'),
    queue('scratch'),
    rule('to-team', 'orders', { source: ['orders.service'] }, [{ Arn: queueArn('team') }]),
  ]);
  clients = sdkClients(running.url);
  events = clients.events;
});

afterEach(async () => {
  clients.destroy();
  await running.stop();
});

const entry = (more = {}) => ({
  Source: 'orders.service',
  DetailType: 'OrderCreated',
  Detail: '{"amount": 199}',
  EventBusName: 'orders',
  ...more,
});

describe('the EventBridge client', () => {
  test('puts an event that arrives in the queue of the rule that it matches', async () => {
    const { Entries, FailedEntryCount } = await events.send(
      new PutEventsCommand({ Entries: [entry({ Time: new Date('2026-02-01T10:00:00.700Z') })] }),
    );
    expect(FailedEntryCount).toBe(0);
    await running.bus.idle();
    const [message] = await running.queues.receive('team', { max: 1 });
    expect(JSON.parse(message!.body)).toEqual({
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'OrderCreated',
      source: 'orders.service',
      account: '000000000000',
      time: '2026-02-01T10:00:00Z',
      region: 'eu-central-1',
      resources: [],
      detail: { amount: 199 },
    });
  });

  test('2.1 results by place: the refusal of each entry stands where the entry stood, and that of the request is an error', async () => {
    const { Entries, FailedEntryCount } = await events.send(
      new PutEventsCommand({ Entries: [entry({ Source: '' }), entry(), entry({ Detail: '[1]' })] }),
    );
    expect(FailedEntryCount).toBe(2);
    expect(Entries).toEqual([
      {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
      },
      { EventId: expect.any(String) as string },
      { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
    ]);
    await expect(
      events.send(new PutEventsCommand({ Entries: Array.from({ length: 11 }, () => entry()) })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('puts a scratch rule, which works until it is removed', async () => {
    const Name = 'try';
    const EventBusName = 'orders';
    const { RuleArn } = await events.send(
      new PutRuleCommand({
        Name,
        EventBusName,
        EventPattern: '{"detail":{"amount":[{"numeric":[">",100]}]}}',
      }),
    );
    expect(RuleArn).toBe('arn:aws:events:eu-central-1:000000000000:rule/orders/try');
    const Targets = [{ Id: 'q', Arn: queueArn('scratch'), InputPath: '$.detail' }];
    await events.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets }));
    await events.send(new PutEventsCommand({ Entries: [entry(), entry({ Detail: '{"amount":99}' })] }));
    await running.bus.idle();
    expect((await running.queues.receive('scratch', { max: 10 })).map(({ body }) => body)).toEqual([
      '{"amount":199}',
    ]);
    const listed = await events.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName }));
    expect(listed.Targets).toEqual(Targets);

    await expect(events.send(new DeleteRuleCommand({ Name, EventBusName }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await events.send(new RemoveTargetsCommand({ Rule: Name, EventBusName, Ids: ['q'] }));
    await events.send(new DeleteRuleCommand({ Name, EventBusName }));
    await expect(events.send(new DescribeRuleCommand({ Name, EventBusName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule try does not exist on EventBus orders.',
    });
  });

  test('2.2 targets of a rule: it has five at most', async () => {
    const name = { Name: 'try', EventBusName: 'orders' };
    await events.send(new PutRuleCommand({ ...name, EventPattern: '{"source":["x"]}' }));
    const put = (...ids: string[]) => {
      const Targets = ids.map((Id) => ({ Id, Arn: queueArn('scratch') }));
      return events.send(new PutTargetsCommand({ Rule: 'try', EventBusName: 'orders', Targets }));
    };
    await put('1', '2', '3', '4', '5');
    await put('5');
    await expect(put('6')).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  test('keeps a scratch rule over a restart', async () => {
    const name = { Name: 'try', EventBusName: 'orders' };
    await events.send(new PutRuleCommand({ ...name, EventPattern: '{"source":["x"]}', State: 'DISABLED' }));
    for (const found of [running.journal.lines, running.journal.compacted()]) {
      const next = await startEdges([bus('orders')], { found });
      expect(next.bus.rules.find('orders', 'try')).toMatchObject({ enabled: false, declared: false });
      await next.stop();
    }
  });

  test('refuses a target beyond the limits, and says which', async () => {
    const name = { Name: 'try', EventBusName: 'orders' };
    await events.send(new PutRuleCommand({ ...name, EventPattern: '{"source":["x"]}' }));
    const Targets = [{ Id: 'q', Arn: queueArn('scratch'), RetryPolicy: { MaximumRetryAttempts: 186 } }];
    const put = new PutTargetsCommand({ Rule: 'try', EventBusName: 'orders', Targets });
    await expect(events.send(put)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Target q: MaximumRetryAttempts is from 0 to 185, and is 186.',
    });
  });

  test('leaves the rules of the template to the template', async () => {
    const name = { Name: 'to-team', EventBusName: 'orders' };
    const { Rules } = await events.send(new ListRulesCommand({ EventBusName: 'orders' }));
    expect(Rules).toMatchObject([
      { Name: 'to-team', State: 'ENABLED', EventPattern: '{"source":["orders.service"]}' },
    ]);
    for (const change of [
      () => events.send(new DeleteRuleCommand(name)),
      () => events.send(new PutRuleCommand({ ...name, EventPattern: '{"source":["x"]}' })),
      () =>
        events.send(new RemoveTargetsCommand({ Rule: 'to-team', EventBusName: 'orders', Ids: ['Target0'] })),
    ]) {
      await expect(change()).rejects.toMatchObject({ name: 'ManagedRuleException' });
    }
  });

  test('tests a pattern, and says what is wrong with one', async () => {
    const Event = JSON.stringify({ id: '1', source: 'a', detail: { n: 5 } });
    const result = (EventPattern: string) =>
      events.send(new TestEventPatternCommand({ EventPattern, Event }));
    expect((await result('{"detail":{"n":[{"numeric":["=",5]}]}}')).Result).toBe(true);
    expect((await result('{"detail":{"n":[6]}}')).Result).toBe(false);
    await expect(result('{"detail":{"n":5}}')).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
    });
  });

  test('describes a bus, and knows no other', async () => {
    expect(await events.send(new DescribeEventBusCommand({ Name: 'orders' }))).toMatchObject({
      Arn: 'arn:aws:events:eu-central-1:000000000000:event-bus/orders',
    });
    await expect(events.send(new DescribeEventBusCommand({ Name: 'other' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
