import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { STREAM, streamContainer } from '../../src/adapters/container/stream.ts';
import { toItem } from '../../src/adapters/dynamodb/order-item.ts';
import type { StreamHandler } from '../../src/adapters/dynamodb-stream/read-batch.ts';
import { complaintsOf, jsonOf } from '../events/evidence.ts';
import { startEdges, type Running } from '../local/support/running.ts';
import { bucket, bus } from '../local/support/stack.ts';
import '../support/errors-of-node.ts';
import { deleted, live } from '../support/orders.ts';

jest.setTimeout(600_000);

/** Batches of up to ten records; FUZZ_REQUESTS=100000 for a long look. */
const BATCHES = Math.ceil(Number(process.env['FUZZ_REQUESTS'] ?? 500) / 5);

let running: Running;
let handler: StreamHandler;
beforeAll(async () => {
  running = await startEdges([bus('orders'), bucket('failures')]);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `${running.url}/_aws`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  handler = streamContainer({
    eventBus: 'orders',
    eventSource: 'orders.service',
    failureBucket: 'failures',
    defaultCurrency: 'USD',
    logHashKey: 'key',
  }).get(STREAM);
});
afterAll(() => running.stop());

const context = { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'r1', functionName: 'f' } as Context;
const retention = { indexShards: 8, orderRetentionDays: 400, deletedRetentionDays: 30 };

const hostile = fc.oneof(
  fc.constantFrom('\u001b[2J', 'a\r\nb', '\u2028', '__proto__', '', ' ', '\u0000', 'é'.repeat(300)),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
/** What anybody may put into an attribute of the table, in its wire form. */
const attribute = fc.oneof(
  hostile.map((S) => ({ S })),
  fc.constantFrom('0', '-1', '1.5', '1e125', '99999999999999999999', '9007199254740993').map((N) => ({ N })),
  fc.constantFrom(
    { NULL: true },
    { BOOL: true },
    { L: [] },
    { M: {} },
    { SS: ['a'] },
    { NS: ['1'] },
    { B: 'AAAA' },
  ),
  hostile.map((S) => ({
    M: { type: { S: 'OrderCreated' }, previous: { M: { status: { S } } }, version: { N: '1' } },
  })),
  hostile.map((S) => ({ L: [{ M: { sku: { S }, quantity: { N: '1' }, unitAmount: { N: '1' } } }] })),
);
const huge = fc.constantFrom(380_000, 1_100_000).map((length) => ({ S: 'x'.repeat(length) }));

const base = fc.constantFrom(
  ...Array.from({ length: 8 }, () => live()),
  live({ orderId: 'O2' }),
  live({ orderId: 'O3', createdAt: '2026-11-22T10:00:00Z' }),
  live({ version: 2, status: 'CONFIRMED' }),
  live({ version: 2, amount: 5 }),
  live({ note: 'n', items: [{ sku: 'A', quantity: 1, unitAmount: 199 }] }),
  deleted({ version: 2 }),
);
const names = Object.keys(marshall(toItem(live({ note: 'n' }), retention))).concat([
  'stated',
  'mutations',
  'deleted',
  'odd',
]);
const image = fc
  .tuple(
    base,
    fc.dictionary(fc.constantFrom(...names), attribute, { maxKeys: 1 }),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(names, { maxLength: 1 }) },
    ),
    fc.oneof({ weight: 60, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: huge }),
  )
  .map(([order, changed, gone, note]) => {
    const whole = { ...marshall(toItem(order, retention)), ...changed, ...(note && { note }) } as Record<
      string,
      unknown
    >;
    for (const name of gone) Reflect.deleteProperty(whole, name);
    return whole;
  });
const absent = fc.constantFrom(undefined, {}, { customerId: { S: 'request#1' }, orderId: { S: 'x' } });
const maybe = fc.oneof({ weight: 6, arbitrary: image }, { weight: 1, arbitrary: absent });

let numbered = 0;
const record = fc
  .record({
    eventName: fc.constantFrom(
      ...Array.from({ length: 6 }, () => 'INSERT'),
      'MODIFY',
      'REMOVE',
      'TRUNCATE',
      undefined,
    ),
    userIdentity: fc.constantFrom(undefined, { type: 'Service', principalId: 'dynamodb.amazonaws.com' }),
    NewImage: maybe,
    OldImage: maybe,
    orderId: hostile,
    at: fc.constantFrom(1_800_000_000, undefined, -1, 1e300),
  })
  .map(({ eventName, userIdentity, NewImage, OldImage, orderId, at }) => {
    numbered += 1;
    return {
      eventID: `e${numbered}`,
      ...(eventName !== undefined && { eventName }),
      ...(userIdentity && { userIdentity }),
      dynamodb: {
        SequenceNumber: String(10n ** 20n + BigInt(numbered)),
        Keys: { customerId: { S: 'C101' }, orderId: { S: orderId } },
        ...(NewImage && { NewImage }),
        ...(OldImage && { OldImage }),
        ...(at !== undefined && { ApproximateCreationDateTime: at }),
      },
    } as unknown as DynamoDBRecord;
  });

it('given whatever the table may hold, then each record is told of by a valid event, parked whole, or nothing: never a failure', async () => {
  const counted = { events: 0, parked: 0, nothing: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 10 }), async (Records) => {
      const before = running.bus.total();
      const response = await handler({ Records }, context);
      expect(response).toEqual({ batchItemFailures: [] });
      const told = running.bus.total() - before;
      for (const { json } of told === 0 ? [] : running.bus.recent().slice(-told)) {
        const event = JSON.parse(json) as Record<string, string>;
        const schema = jsonOf(`schemas/${event['detail-type']}.json`) as Parameters<typeof complaintsOf>[0];
        expect([json.slice(0, 600), complaintsOf(schema, event)]).toEqual([json.slice(0, 600), []]);
      }
      let parked = 0;
      for (const each of Records) {
        const object = await running.objects.get('failures', `parked/${each.eventID ?? ''}.json`);
        if (!object) continue;
        parked += 1;
        const { payload } = JSON.parse(Buffer.from(object).toString()) as { payload: unknown };
        expect(payload).toEqual(JSON.parse(JSON.stringify(each)));
      }
      counted.events += told;
      counted.parked += parked;
      counted.nothing += Records.length - told - parked;
      expect(told + parked).toBeLessThanOrEqual(Records.length);
    }),
    { numRuns: BATCHES },
  );
  process.stdout.write(`${JSON.stringify(counted)}\n`);
  expect(Math.min(counted.events, counted.parked)).toBeGreaterThan(0);
});
