import { ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { until } from '../local/support/clock.ts';
import { connect, startSystem } from '../support/system.ts';
import { run } from './support.ts';

jest.setTimeout(120_000);

const ROOT = path.join(__dirname, '../..');
let system: Awaited<ReturnType<typeof startSystem>>;
let client: ReturnType<typeof connect>;
let bearer: string;

beforeAll(async () => {
  system = await startSystem('--port', '0', '--quiet');
  client = connect(system.url);
  bearer = await client.token({ sub: 'C101', scope: 'orders/customer', customerId: 'C101' });
});
afterAll(async () => {
  await system.kill('SIGTERM');
});

/** As the operator calls it: a process of its own. */
const begin = (args: string[]) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/main.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: `${system.url}/_aws`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, out, err }));
  return { child, ended };
};
const orders = (...args: string[]) => begin(args).ended;
/** The same without a process. */
const ran = (...args: string[]) => run(system.url, args, { pause });
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 100)));
const create = async (orderId: string) => {
  const at = `/customers/C101/orders/${orderId}`;
  expect((await client.request('PUT', at, { bearer, body: { amount: 5 } })).status).toBe(201);
};
/** In the failure store, as Lambda keeps a batch that it gave up. */
const giveUp = async (records: object[]) => {
  const { Buckets = [] } = await client.s3.send(new ListBucketsCommand({}));
  const body = {
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 101 },
    payload: JSON.stringify({ Records: records }),
  };
  await client.s3.send(
    new PutObjectCommand({
      Bucket: Buckets[0]?.Name,
      Key: 'aws/lambda/mapping/shard/2026/11/22/2026-11-22T10.00.00-1',
      Body: JSON.stringify(body),
    }),
  );
};

describe('the system as it is deployed', () => {
  it('given messages that a team never deleted, then redrive brings them back, with the same event ids', async () => {
    for (const id of ['R1', 'R2', 'R3']) await create(id);
    const { QueueUrl } = await client.sqs.send(new GetQueueUrlCommand({ QueueName: 'order-notifications' }));
    const seen = new Set<string>();
    const dead = async () => {
      const { Messages = [] } = await client.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      for (const { Body = '', ReceiptHandle } of Messages) {
        seen.add(Body);
        await client.sqs.send(
          new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
        );
      }
      return seen.size === 3 && Messages.length === 0;
    };
    await until(dead, 'every message is in the dead-letter queue', 30_000);

    const { code, out } = await orders('dlq', 'redrive', 'order-notifications-dlq', '--yes');
    expect([code, out]).toEqual([
      0,
      '3 redelivered, 0 failed, 0 skipped, 0 left in order-notifications-dlq.\n',
    ]);
    const again = await client.receiveUntil((all) => all.length >= 3);
    expect(again.map(({ detail }) => detail.metadata.eventId).sort()).toEqual(
      [...seen].map((body) => (JSON.parse(body) as (typeof again)[number]).detail.metadata.eventId).sort(),
    );
  });

  it('given a batch that the mapping gave up, then redrive publishes it, with the event id that it always has', async () => {
    await create('R4');
    const [first] = await client.receiveUntil((all) => all.length >= 1);
    const Key = { customerId: 'C101', orderId: 'R4' };
    const { Item = {} } = await client.documents.send(new GetCommand({ TableName: 'Orders', Key }));
    const NewImage = marshall(Item);
    await giveUp([{ eventID: 'e1', eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage } }]);

    const listed = JSON.parse((await orders('dlq', 'list', '--json')).out) as { places: object[] };
    expect(listed.places).toContainEqual(
      expect.objectContaining({ name: 'failures', depth: 1, topError: 'RetryAttemptsExhausted' }),
    );
    expect((await orders('dlq', 'redrive', 'failures', '--yes')).out).toContain('1 redelivered');
    const [second] = await client.receiveUntil((all) => all.length >= 1);
    expect(JSON.stringify(second?.detail)).toBe(JSON.stringify(first?.detail));
  });

  it('given an item that somebody made by hand, then its record is parked, and stays parked', async () => {
    await client.documents.send(
      new PutCommand({ TableName: 'Orders', Item: { customerId: 'C101', orderId: 'X1', colour: 'red' } }),
    );
    const failures = async () => (await orders('dlq', 'peek', 'failures', '--json')).out;
    await until(async () => (await failures()).includes('red'), 'the record is parked', 30_000);
    const { code, err } = await orders('dlq', 'redrive', 'failures', '--yes');
    expect(code).toBe(1);
    expect(err).toContain('it was parked again');
    expect(await failures()).toContain('red');
  });

  it('given the archive, then replay brings one rule all events again, named as a replay', async () => {
    const { code, out } = await orders(
      ...[
        'events',
        'replay',
        '--rule',
        'order-notifications',
        '--from',
        '1h',
        '--to',
        'now',
        '--yes',
        '--json',
      ],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ state: 'COMPLETED' });
    const events = await client.receiveUntil((all) => all.length >= 5);
    expect(events.every((event) => 'replay-name' in event)).toBe(true);
    expect(events.map(({ detail }) => detail.data.order.orderId).sort()).toEqual([
      'R1',
      'R2',
      'R3',
      'R4',
      'R4',
    ]);
  });

  it('given one order, then the audit log has its events', async () => {
    const { code, out } = await orders(
      ...[
        'events',
        'replay',
        '--rule',
        'order-notifications',
        '--from',
        '1h',
        '--to',
        'now',
        '--order',
        'C101/R2',
        '--yes',
      ],
    );
    expect([code, out]).toEqual([0, '1 of 1 events sent to the targets of order-notifications, 0 failed.\n']);
    expect(await client.receiveUntil((all) => all.length >= 1)).toMatchObject([
      { detail: { data: { order: { orderId: 'R2' } } } },
    ]);
  });

  it('given one Ctrl-C, which npm passes on once more, then what is in hand is finished, and it says how to go on', async () => {
    const range = ['--from', '1h', '--to', 'now'];
    const slow = ['events', 'replay', '--rule', 'order-notifications', ...range, '--rate', '0.2', '--yes'];
    const { child, ended } = begin(slow);
    await client.receiveUntil((all) => all.length >= 1);
    child.kill('SIGINT');
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toMatch(/To go on, give the same command with --after \S+\.\n$/);
  });

  it('given an event to trigger, then the API is taken there step by step, and all that came of it is shown', async () => {
    const items = ['--item', 'chair:2:4500', '--item', 'lamp:1:1999', '--currency', 'EUR'];
    const { code, out, err } = await ran(
      ...['events', 'trigger', 'OrderDelivered', '--order', 'T1', ...items],
    );
    expect(code).toBe(0);
    expect(out.match(/Order\w+ +C-trigger\/T1 {2}version \d {2}\w+ {2}10999 EUR/g)).toHaveLength(4);
    expect(err.trimEnd().split('\n')).toEqual([
      'create C-trigger/T1: version 1',
      'confirm C-trigger/T1: version 2',
      'ship C-trigger/T1: version 3',
      'deliver C-trigger/T1: version 4',
    ]);
  });

  it.each([
    ['OrderAmended', ['OrderCreated', 'OrderAmended']],
    ['OrderCancelled', ['OrderCreated', 'OrderCancelled']],
    ['OrderRestored', ['OrderCreated', 'OrderDeleted', 'OrderRestored']],
  ])('given %s to trigger as JSON, then its steps and whole events', async (type, types) => {
    const said = ['--reason', 'to see it', '--customer', 'C7'];
    const { code, out } = await ran('events', 'trigger', type, '--json', ...said);
    expect(code).toBe(0);
    const told = JSON.parse(out) as {
      correlationId: string;
      steps: { version: number }[];
      events: { 'detail-type': string; detail: { metadata: { correlationId: string } } }[];
      missing: number[];
    };
    expect(told).toMatchObject({ type, customerId: 'C7', missing: [] });
    expect(told.steps.map(({ version }) => version)).toEqual(types.map((_, place) => place + 1));
    expect(told.events.map((event) => event['detail-type']).sort()).toEqual(types.toSorted());
    for (const { detail } of told.events) expect(detail.metadata.correlationId).toBe(told.correlationId);
  });

  it('given what the API refuses, then it ends with 1, and says what and why', async () => {
    const again = await ran('events', 'trigger', 'OrderCreated', '--order', 'T1', '--amount', '5');
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toMatch(/^To create the order C-trigger\/T1 was refused: 4\d\d order-exists/);
    const invalid = await ran('events', 'trigger', 'OrderCreated', '--currency', 'XXQ');
    expect(invalid.err).toMatch(/refused: 422 order-invalid.*currency.*"XXQ" is no ISO 4217 currency/);
  });

  it('given a token of its own, then that one is used for every step', async () => {
    const env = { ORDERS_TOKEN: bearer };
    const { code, err } = await run(system.url, ['events', 'trigger', 'OrderShipped', '--customer', 'C101'], {
      env,
    });
    expect(code).toBe(1);
    expect(err).toMatch(/To confirm the order C101\/T\w+ was refused: 403/);
  });

  it('given an event that the rule of a file matches, then the backtest finds it among the others', async () => {
    const { out } = await ran('events', 'match', '--rule', 'order-notifications', '--since', '1h', '--json');
    const { events, matched } = JSON.parse(out) as { events: number; matched: number };
    expect(matched).toBe(events);
    expect(events).toBeGreaterThanOrEqual(11);
  });

  it('given a reader that has enough, then following ends quietly', async () => {
    const { child, ended } = begin(['events', 'tail', '--since', '1h', '--json']);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    await create('R5');
    expect(await ended).toMatchObject({ code: 0, err: '' });
  });
});
