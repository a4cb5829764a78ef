import {
  CancelReplayCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  ListArchivesCommand,
  ListReplaysCommand,
  PutEventsCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
} from '@aws-sdk/client-eventbridge';
import { fakeClock } from '../support/clock.ts';
import { startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { archive, bus, busArn, queue, queueArn, rule } from '../support/stack.ts';

const start = Date.parse('2026-11-22T10:00:00Z');
const account = 'eu-central-1:000000000000';
const archiveArn = `arn:aws:events:${account}:archive/kept`;
const ruleArn = (name: string) => `arn:aws:events:${account}:rule/orders/${name}`;

let running: Running;
let clients: ReturnType<typeof sdkClients>;
let events: ReturnType<typeof sdkClients>['events'];

beforeEach(async () => {
  running = await startEdges(
    [
      bus('orders'),
      bus('other'),
      archive('kept', 'orders', { source: ['s'] }),
      archive('elsewhere', 'other'),
      queue('a'),
      queue('b'),
      rule('to-a', 'orders', { source: ['s'] }, [{ Arn: queueArn('a') }]),
      rule('to-b', 'orders', { source: ['s'] }, [{ Arn: queueArn('b') }]),
    ],
    { clock: fakeClock(start) },
  );
  clients = sdkClients(running.url);
  events = clients.events;
  const entry = { Source: 's', DetailType: 'T', Detail: '{"n":1}', EventBusName: 'orders' };
  const Entries = [entry, { ...entry, Time: new Date(start + 90_000) }];
  await events.send(new PutEventsCommand({ Entries }));
  await running.bus.idle();
});
afterEach(async () => {
  clients.destroy();
  await running.stop();
});

const asked = (more: Partial<StartReplayCommandInput> = {}): StartReplayCommandInput => ({
  ReplayName: 'again',
  EventSourceArn: archiveArn,
  EventStartTime: new Date(start),
  EventEndTime: new Date(start + 3_600_000),
  Destination: { Arn: busArn('orders') },
  ...more,
});
const replay = (more?: Partial<StartReplayCommandInput>) => events.send(new StartReplayCommand(asked(more)));
const described = () => events.send(new DescribeReplayCommand({ ReplayName: 'again' }));

describe('the EventBridge client', () => {
  test('given an archive, then it describes and lists it', async () => {
    const { Archives } = await events.send(new ListArchivesCommand({ EventSourceArn: busArn('orders') }));
    expect(Archives).toMatchObject([{ ArchiveName: 'kept', State: 'ENABLED', EventCount: 2 }]);
    expect(await events.send(new DescribeArchiveCommand({ ArchiveName: 'kept' }))).toMatchObject({
      ArchiveArn: archiveArn,
      EventSourceArn: busArn('orders'),
      EventPattern: '{"source":["s"]}',
      RetentionDays: 0,
      EventCount: 2,
    });
    await expect(events.send(new DescribeArchiveCommand({ ArchiveName: 'no' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('given a replay to one rule, then its state says how far it is, and only that rule gets the events', async () => {
    const Destination = { Arn: busArn('orders'), FilterArns: [ruleArn('to-b')] };
    expect(await replay({ Destination, Description: 'b was away' })).toMatchObject({
      ReplayArn: `arn:aws:events:${account}:replay/again`,
      State: 'STARTING',
      ReplayStartTime: new Date(start),
    });
    await running.bus.idle();
    expect(await described()).toMatchObject({
      State: 'COMPLETED',
      Description: 'b was away',
      Destination,
      EventSourceArn: archiveArn,
      EventStartTime: new Date(start),
      EventEndTime: new Date(start + 3_600_000),
      EventLastReplayedTime: new Date(start + 90_000),
      ReplayEndTime: new Date(start),
    });
    expect([running.queues.depth('a').visible, running.queues.depth('b').visible]).toEqual([2, 4]);
  });

  test('given many replays, then they are listed by prefix, state and page', async () => {
    for (const ReplayName of ['x1', 'y1', 'y2']) await replay({ ReplayName });
    await running.bus.idle();
    const list = async (given: object) => {
      const { Replays = [], NextToken } = await events.send(new ListReplaysCommand(given));
      return [Replays.map(({ ReplayName }) => ReplayName), NextToken];
    };
    expect(await list({ NamePrefix: 'y' })).toEqual([['y1', 'y2'], undefined]);
    expect(await list({ State: 'FAILED' })).toEqual([[], undefined]);
    expect(await list({ Limit: 2 })).toEqual([['x1', 'y1'], '2']);
    expect(await list({ Limit: 2, NextToken: '2' })).toEqual([['y2'], undefined]);
  });

  test('given a replay that has ended, then it cannot be cancelled', async () => {
    await replay();
    await running.bus.idle();
    const cancel = new CancelReplayCommand({ ReplayName: 'again' });
    await expect(events.send(cancel)).rejects.toMatchObject({ name: 'IllegalStatusException' });
  });

  test.each([
    ['no bus', { Destination: { Arn: busArn('no') } }, 'ResourceNotFoundException', /Event bus no does not/],
    [
      'a queue',
      { Destination: { Arn: queueArn('a') } },
      'ValidationException',
      /Must contain an event bus ARN/,
    ],
    [
      'an unknown rule',
      { Destination: { Arn: busArn('orders'), FilterArns: [ruleArn('no')] } },
      'ResourceNotFoundException',
      /Rule no does not exist/,
    ],
    [
      'an unknown archive',
      { EventSourceArn: `${archiveArn}x` },
      'ValidationException',
      /Archive keptx does not/,
    ],
    ['an end before its start', { EventEndTime: new Date(start) }, 'ValidationException', /must be before/],
    ['a name with spaces', { ReplayName: 'a b' }, 'ValidationException', /ReplayName/],
  ])('given %s, then StartReplay refuses', async (_, more, name, message) => {
    await expect(replay(more)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message) as string,
    });
  });

  test('2.4 only its own bus: given another, then StartReplay refuses', async () => {
    await expect(replay({ Destination: { Arn: busArn('other') } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Cross event bus replay') as string,
    });
  });

  test('given a name that is taken, then StartReplay refuses', async () => {
    await replay();
    await expect(replay()).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });
});

test('2.4 ten at a time: given as many that wait for a target, then they can be cancelled, and an eleventh cannot be started', async () => {
  const down = () => ({ code: 'SDK_CLIENT_ERROR', message: 'down', retryable: true });
  const held = await startEdges(
    [
      bus('orders'),
      archive('kept', 'orders'),
      queue('a'),
      rule('r', 'orders', { source: ['s'] }, [{ Arn: queueArn('a') }]),
    ],
    { clock: fakeClock(start), fault: down },
  );
  const { events: client, destroy } = sdkClients(held.url);
  const entry = { Source: 's', DetailType: 'T', Detail: '{}', EventBusName: 'orders' };
  for (let n = 0; n < 101; n += 1) await held.bus.putEvents(Array.from({ length: 10 }, () => entry));
  for (let n = 0; n < 10; n += 1) await client.send(new StartReplayCommand(asked({ ReplayName: `r${n}` })));
  await expect(client.send(new StartReplayCommand(asked()))).rejects.toMatchObject({
    name: 'LimitExceededException',
  });
  expect(await client.send(new CancelReplayCommand({ ReplayName: 'r0' }))).toMatchObject({
    State: 'CANCELLING',
  });
  expect(await client.send(new DescribeReplayCommand({ ReplayName: 'r0' }))).toMatchObject({
    State: 'CANCELLED',
  });
  destroy();
  await held.stop();
});
