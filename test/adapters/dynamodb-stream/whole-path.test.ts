import { Logger } from '@aws-lambda-powertools/logger';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import { toOrderChange } from '../../../src/adapters/dynamodb/change-record.ts';
import { toItem } from '../../../src/adapters/dynamodb/order-item.ts';
import { readBatch } from '../../../src/adapters/dynamodb-stream/read-batch.ts';
import { pseudonym } from '../../../src/adapters/observability/pseudonym.ts';
import { createMetrics } from '../../../src/adapters/observability/metrics.ts';
import type { EventPublisher } from '../../../src/application/ports.ts';
import { publishOrderChanges } from '../../../src/application/publish-order-changes.ts';
import { inMemoryFailures, inMemoryPublisher } from '../../support/in-memory-ports.ts';
import { live } from '../../support/orders.ts';

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
const retention = { indexShards: 8, orderRetentionDays: 400, deletedRetentionDays: 30 };
const orderItem = (orderId: string) => toItem(live({ orderId }), retention);

const inserted = (item: object, place: number) => ({
  eventID: `e${place}`,
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(11 + place), NewImage: marshall(item) },
});

const readRecords = async (publisher: EventPublisher, Records: object[], failures = inMemoryFailures()) => {
  const handler = readBatch({
    toOrderChange: toOrderChange('USD'),
    publishOrderChanges: publishOrderChanges({ publisher, failures }),
    logger: new Logger({ logLevel: 'SILENT' }),
    metrics: createMetrics(),
    customerName: pseudonym('key'),
  });
  const response = await handler({ Records }, context);
  return { response, parked: [...failures.parked.keys()] };
};
const read = (publisher: EventPublisher, ...items: object[]) => readRecords(publisher, items.map(inserted));

beforeAll(() => {
  process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
});

describe('from the records of a batch to the publisher', () => {
  it('7.0 #3 failures swallowed: given a bus that takes nothing, then the whole batch comes again', async () => {
    const publish: EventPublisher['publish'] = (events) =>
      Promise.resolve(events.map(() => ({ outcome: 'failed', code: 'AccessDeniedException', detail: 'no' })));
    const { response } = await read({ publish }, orderItem('O1'), orderItem('O2'));
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '11' }] });
  });

  it('7.0 #17 other rows leak: given rows that are no orders, then they are parked, and only orders go out', async () => {
    const publisher = inMemoryPublisher();
    const { response, parked } = await read(
      publisher,
      { customerId: 'C101', orderId: 'request#0f3a', answer: { orderId: 'O1' } },
      orderItem('O1'),
      { customerId: 'outbox', orderId: 'O1', payload: '{}' },
      { customerId: 'C101', orderId: 'O2', amount: 1 },
    );
    expect(publisher.published.map(({ order }) => order.orderId)).toEqual(['O1']);
    expect(parked).toEqual(['e0', 'e2', 'e3']);
    expect(response).toEqual({ batchItemFailures: [] });
  });

  it('given records that are no changes of an item, then they are parked, and hold nothing up', async () => {
    const publisher = inMemoryPublisher();
    const { response, parked } = await readRecords(publisher, [
      { eventID: 'e9' },
      inserted(orderItem('O1'), 0),
    ]);
    expect([parked, publisher.published.length]).toEqual([['e9'], 1]);
    expect(response).toEqual({ batchItemFailures: [] });
  });

  it('given one without a sequence number that cannot be parked, then the whole batch comes again, as Lambda reads an empty number', async () => {
    const park = () => Promise.reject(new Error('no room'));
    const records = [inserted(orderItem('O1'), 0), {}];
    const { response } = await readRecords(inMemoryPublisher(), records, { ...inMemoryFailures(), park });
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '' }] });
  });
});
