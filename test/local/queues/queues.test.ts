import { createQueues, type QueueService } from '../../../local/queues/queues.ts';
import { queueSettings } from '../../../local/queues/settings.ts';
import { fakeClock } from '../support/clock.ts';
import { recordedJournal } from '../support/recorded-journal.ts';
import { queue, queueArn, stackOf } from '../support/stack.ts';

const resources = [
  queue('team', {
    VisibilityTimeout: 30,
    MessageRetentionPeriod: 3600,
    RedrivePolicy: { deadLetterTargetArn: queueArn('dlq'), maxReceiveCount: 2 },
  }),
  queue('dlq'),
  queue('slow', { DelaySeconds: 10, ReceiveMessageWaitTimeSeconds: 20 }),
];

let clock: ReturnType<typeof fakeClock>;
let journal: ReturnType<typeof recordedJournal>;
let queues: QueueService;
const warnings: string[] = [];

async function open(found: readonly string[] = []): Promise<QueueService> {
  journal = recordedJournal(found);
  queues = createQueues({ stack: stackOf(resources), journal, clock, warn: (line) => warnings.push(line) });
  await journal.load();
  return queues;
}

beforeEach(async () => {
  clock = fakeClock();
  await open();
});

const send = (name: string, ...bodies: string[]) =>
  queues.send(
    name,
    bodies.map((body) => ({ body, attributes: {} })),
  );
const receive = (name: string, options = {}) => queues.receive(name, { max: 10, ...options });
const bodies = async (name: string) => (await receive(name)).map(({ body }) => body);

describe('a message', () => {
  test('is hidden while it is being worked on, and comes back when that takes too long', async () => {
    await send('team', 'a', 'b');
    expect(await bodies('team')).toEqual(['a', 'b']);
    expect(await bodies('team')).toEqual([]);
    expect(queues.depth('team')).toMatchObject({ visible: 0, inFlight: 2 });
    await clock.advance(30_000);
    expect((await receive('team')).map(({ receiveCount }) => receiveCount)).toEqual([2, 2]);
  });

  test('is gone when it is deleted by the handle of its last receive, and only by that', async () => {
    await send('team', 'a');
    const [first] = await receive('team');
    await clock.advance(30_000);
    const [second] = await receive('team');
    expect(await queues.delete('team', first!.receiptHandle)).toBe(false);
    expect(queues.depth('team').inFlight).toBe(1);
    expect(await queues.delete('team', second!.receiptHandle)).toBe(true);
    expect(await queues.delete('team', second!.receiptHandle)).toBe(false);
    expect(queues.depth('team')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test('goes to the dead-letter queue once it was received often enough', async () => {
    await send('team', 'poison');
    await receive('team');
    await clock.advance(30_000);
    await receive('team');
    await clock.advance(30_000);
    expect(await bodies('team')).toEqual([]);
    expect(await bodies('dlq')).toEqual(['poison']);
  });

  test('given that the dead-letter queue was deleted meanwhile, when it is received too often, then it stays', async () => {
    const scratch = queueSettings(queueArn('scratch'), {
      VisibilityTimeout: 30,
      RedrivePolicy: { deadLetterTargetArn: queueArn('scratch-dlq'), maxReceiveCount: 1 },
    });
    await queues.create(scratch);
    await queues.create(queueSettings(queueArn('scratch-dlq'), {}));
    await send('scratch', 'poison');
    await receive('scratch');
    await queues.remove('scratch-dlq');
    for (const receiveCount of [2, 3]) {
      await clock.advance(30_000);
      expect(await receive('scratch')).toMatchObject([{ body: 'poison', receiveCount }]);
    }
  });

  test('is visible only after its delay', async () => {
    await send('slow', 'later');
    expect(queues.depth('slow')).toMatchObject({ visible: 0, delayed: 1 });
    const waiting = receive('slow');
    await clock.advance(10_000);
    expect((await waiting).map(({ body }) => body)).toEqual(['later']);
  });

  test('is forgotten after its retention', async () => {
    await send('team', 'old');
    await clock.advance(3_600_000);
    expect(queues.depth('team').visible).toBe(0);
    await send('team', 'new');
    expect(await bodies('team')).toEqual(['new']);
    expect(journal.compacted().join()).not.toContain('old');
  });

  test('may be hidden longer, or given back', async () => {
    await send('team', 'a');
    const [{ receiptHandle } = { receiptHandle: '' }] = await receive('team');
    expect(await queues.changeVisibility('team', receiptHandle, 60)).toBe(true);
    await clock.advance(59_000);
    expect(await bodies('team')).toEqual([]);
    expect(await queues.changeVisibility('team', receiptHandle, 0)).toBe(true);
    expect(await queues.changeVisibility('team', receiptHandle, 5)).toBe(false);
    expect(await bodies('team')).toEqual(['a']);
  });
});

describe('a receiver', () => {
  test('that waits gets the next message, and others wait on', async () => {
    const first = receive('team', { waitSeconds: 20 });
    const second = receive('team', { waitSeconds: 20 });
    await send('team', 'a');
    expect((await first).map(({ body }) => body)).toEqual(['a']);
    await clock.advance(20_000);
    expect(await second).toEqual([]);
  });

  test('that waits gets a message that becomes visible meanwhile', async () => {
    await send('team', 'a');
    await receive('team', { visibilitySeconds: 5 });
    const waiting = receive('team', { waitSeconds: 20 });
    await clock.advance(5_000);
    expect(await waiting).toHaveLength(1);
  });

  test('that goes away takes nothing with it', async () => {
    const gone = new AbortController();
    const waiting = queues.take('team', { max: 1, waitSeconds: 20, signal: gone.signal });
    gone.abort();
    expect(await waiting).toEqual([]);
    await send('team', 'a');
    expect(queues.depth('team')).toMatchObject({ visible: 1 });
  });

  test('is sent home when the queues close', async () => {
    const waiting = receive('team', { waitSeconds: 20 });
    queues.close();
    expect(await waiting).toEqual([]);
  });
});

describe('after a restart', () => {
  test('everything is as it was, from the lines and from their summary', async () => {
    await send('team', 'a', 'b', 'c');
    const [first] = await receive('team', { max: 1 });
    await queues.delete('team', first!.receiptHandle);
    const [second] = await receive('team', { max: 1 });
    const { lines } = journal;
    const compacted = journal.compacted();
    for (const found of [lines, compacted]) {
      await open(found);
      expect(queues.depth('team')).toMatchObject({ visible: 1, inFlight: 1 });
      expect(await queues.delete('team', second!.receiptHandle)).toBe(true);
      expect(await bodies('team')).toEqual(['c']);
    }
  });

  test('messages of a queue that the template no longer has are left out', async () => {
    await open([JSON.stringify([{ part: 'queues', entry: { type: 'sent', queue: 'gone', messages: [] } }])]);
    expect(queues.names()).toEqual(['team', 'dlq', 'slow']);
  });
});

test('a queue that nobody reads drops its oldest messages aloud', async () => {
  const big = 'x'.repeat(1024 * 1024);
  for (let n = 0; n < 131; n += 1) await send('dlq', `${n}${big}`);
  expect(queues.depth('dlq').visible).toBe(128);
  expect(warnings).toEqual([expect.stringContaining('queue dlq is full')]);
});

test('given a dead-letter queue that the template does not have, then the queue is refused', () => {
  const RedrivePolicy = { deadLetterTargetArn: queueArn('none'), maxReceiveCount: 1 };
  const stack = stackOf([queue('team', { RedrivePolicy })]);
  expect(() => createQueues({ stack, journal, clock, warn: () => undefined })).toThrow(
    `team (AWS::SQS::Queue): its dead-letter queue ${queueArn('none')} is no queue of the template`,
  );
});

test('what is sent by way of another part’s append is for a queue of the template', () => {
  expect(queues.sending(queueArn('team'), { body: 'x', attributes: {} })).toMatchObject({ part: 'queues' });
  expect(queues.sending(queueArn('other'), { body: 'x', attributes: {} })).toBeUndefined();
  expect(queues.sending('arn:aws:sqs:us-east-1:1:team', { body: 'x', attributes: {} })).toBeUndefined();
});
