import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { readBatch } from '../../../src/adapters/dynamodb-stream/read-batch.ts';
import { pseudonym } from '../../../src/adapters/observability/pseudonym.ts';
import { createMetrics } from '../../../src/adapters/observability/metrics.ts';
import type { ChangeOutcome } from '../../../src/application/publish-order-changes.ts';
import { change, live, order } from '../../support/orders.ts';

const context = { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'r1', functionName: 'f' } as Context;
const record = (SequenceNumber: string) => ({
  eventID: `e${SequenceNumber}`,
  eventName: 'INSERT',
  dynamodb: { SequenceNumber, Keys: { customerId: { S: 'C101' }, orderId: { S: 'O5001' } } },
});
const published: ChangeOutcome = {
  outcome: 'published',
  event: { type: 'OrderCreated', sequence: 1, order: order(), previous: {}, change: change() },
};
const failed: ChangeOutcome = { outcome: 'failed', reason: 'ThrottlingException: slow' };
const parked: ChangeOutcome = { outcome: 'parked', reason: 'unknown shape' };

const run = async (outcomes: ChangeOutcome[], numbers: string[]) => {
  const lines: string[] = [];
  const spies = (['info', 'error', 'log'] as const).map((level) =>
    jest.spyOn(console, level).mockImplementation((...[line]: unknown[]) => {
      lines.push(String(line));
    }),
  );
  const warned: unknown[] = [];
  spies.push(jest.spyOn(console, 'warn').mockImplementation((...said) => warned.push(...said)));
  const logger = new Logger({ serviceName: 'orders' });
  let deadline = 0;
  const handler = readBatch({
    toOrderChange: () => ({ ok: true, value: { after: live({ note: 'canary' }) } }),
    publishOrderChanges: (_, until) => {
      deadline = until;
      return Promise.resolve(outcomes);
    },
    logger: Object.assign(logger, { console }),
    metrics: createMetrics(),
    customerName: pseudonym('key'),
  });
  const response = await handler({ Records: numbers.map(record) } as DynamoDBStreamEvent, context);
  for (const spy of spies) spy.mockRestore();
  return {
    response,
    deadline,
    warned,
    lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
};

beforeAll(() => {
  process.env['POWERTOOLS_METRICS_NAMESPACE'] = 'Orders';
  // Makes Powertools write to the global console, where the test can listen.
  process.env['POWERTOOLS_DEV'] = 'true';
  process.env['POWERTOOLS_METRICS_DISABLED'] = 'false';
  process.env['POWERTOOLS_SERVICE_NAME'] = 'orders';
});

describe('reading a batch of the stream', () => {
  it('7.0 #4 success reported as failure: given that all went well, then no failure is reported', async () => {
    expect((await run([published, { outcome: 'nothing' }, parked], ['1', '2', '3'])).response).toEqual({
      batchItemFailures: [],
    });
  });

  it('7.0 #19 sequence numbers as text: given failures, then the lowest sequence number is reported, counted as a number of any length', async () => {
    const numbers = ['1000000000000000000000', '900000000000000000001', '800000000000000000001'];
    const { response } = await run([failed, failed, published], numbers);
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '900000000000000000001' }] });
  });

  it('given a change that nothing is said of, then it comes again with what follows', async () => {
    const { response } = await run([published], ['1', '2', '3']);
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  });

  it('leaves a second of the remaining time to answer in', async () => {
    const { deadline } = await run([published], ['1']);
    expect(deadline - Date.now()).toBeGreaterThan(50_000);
    expect(deadline - Date.now()).toBeLessThanOrEqual(59_000);
  });

  it('logs each change by operation, order and correlation id, and nothing that a customer wrote', async () => {
    const { lines } = await run([published, parked, failed], ['1', '2', '3']);
    const changes = lines.filter(({ message }) => message === 'order change');
    expect(changes).toMatchObject([
      {
        level: 'INFO',
        service: 'orders',
        operation: 'INSERT',
        orderId: 'O5001',
        correlation_id: 'corr-1',
        new: { status: 'PENDING', version: 1, amount: 199 },
        eventType: 'OrderCreated',
      },
      { level: 'ERROR', outcome: 'parked', reason: 'unknown shape' },
      { level: 'ERROR', outcome: 'failed', reason: 'ThrottlingException: slow' },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/canary|C101/);
    // The name of C101 under this key: openssl dgst -sha256 -hmac key.
    expect(new Set(changes.map(({ customer }) => customer))).toEqual(new Set(['5e805e0f9c812468']));
  });

  it('counts orders, events and failures, and the time since the change, as embedded metrics', async () => {
    const { lines } = await run([published, published, failed, parked], ['1', '2', '3', '4']);
    const metrics = lines.find((line) => '_aws' in line);
    expect(metrics).toMatchObject({
      EventsFailed: 1,
      EventsParked: 1,
      EventsPublished: [1, 1],
      OrdersCreated: [1, 1],
      service: 'orders',
    });
    expect(metrics?.['PublishLag']).toHaveLength(2);
  });

  it('does not count the time to an expiry, which DynamoDB comes to whenever it likes', async () => {
    const expired: ChangeOutcome = {
      outcome: 'published',
      event: { type: 'OrderExpired', sequence: 2, order: order(), previous: {}, change: change() },
    };
    const { lines } = await run([expired, published], ['1', '2']);
    const metrics = lines.find((line) => '_aws' in line);
    expect(metrics).toMatchObject({ EventsPublished: [1, 1] });
    expect(metrics?.['PublishLag']).toEqual(expect.any(Number));
  });

  it('given changes that say nothing, then no line is written but those of the changes', async () => {
    const { lines, warned } = await run([{ outcome: 'nothing' }], ['1']);
    expect(lines.filter((line) => '_aws' in line)).toEqual([]);
    expect(warned).toEqual([]);
  });
});
