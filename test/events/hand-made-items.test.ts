import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { entriesOf } from '../../events/emitted.ts';
import { breaches } from '../../packages/order-events/src/contract/strict.ts';
import { samples } from '../../packages/order-events/src/testing/samples.ts';
import { runs } from '../support/property-times.ts';

const odd = fc.constantFrom<unknown[]>(
  '',
  'usd',
  'USD',
  '2026-11-22',
  '2026-11-22T10:00:00.000Z',
  'yesterday',
  '2026-02-30T10:00:00.000Z',
  'Thu, 01 Jan 2026',
  '2026-11-22T10:00:00+02:00',
  0,
  1,
  -1,
  1.5,
  true,
  null,
  [],
  {},
  [{ sku: '', quantity: 0, unitAmount: 0 }],
  [{ sku: 'A' }],
);

/** As an order has it, or absent, or rarely something odd. */
const field = (...usual: unknown[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual, undefined) }, { weight: 1, arbitrary: odd });
const TIME = '2026-11-22T10:00:00.000Z';

/** What somebody may put into the table by hand. */
const items = fc.record({
  customerId: fc.constant('C101'),
  orderId: fc.constant('O5001'),
  amount: fc.oneof({ weight: 12, arbitrary: fc.nat() }, { weight: 1, arbitrary: odd }),
  currency: field('USD', 'EUR'),
  status: field('PENDING', 'CONFIRMED', 'SHIPPED', 'LOST'),
  items: field([{ sku: 'A', quantity: 1, unitAmount: 5 }]),
  note: field('n'),
  trackingNumber: field('T'),
  createdAt: field(TIME),
  updatedAt: field(TIME),
  expiresAt: field(1_800_000_000),
  version: fc.constantFrom(undefined, 0, 1, 2),
  change: field({}, { actor: 'U1001', correlationId: 'c', reason: 'r', traceparent: 't' }, { actor: 1 }),
  colour: field('red'),
});
const image = (item: object) => marshall(item, { removeUndefinedValues: true });
const records = fc.record({
  eventName: fc.constantFrom('INSERT', 'MODIFY', 'REMOVE'),
  userIdentity: fc.constantFrom(undefined, { type: 'Service', principalId: 'dynamodb.amazonaws.com' }),
  dynamodb: fc.record({
    OldImage: items.map(image),
    NewImage: items.map(image),
    ApproximateCreationDateTime: fc.constant(1_800_000_000),
  }),
});

/** In the envelope of a sample. */
const enveloped = (type: string | undefined, detail: string | undefined): unknown => ({
  ...samples.OrderCreated.plain,
  'detail-type': type,
  detail: JSON.parse(detail ?? '') as unknown,
});

it('whatever somebody writes into the table by hand, what is published of it keeps the contract; the rest is parked', async () => {
  let published = 0;
  await fc.assert(
    fc.asyncProperty(records, async (record) => {
      for (const { DetailType, Detail } of await entriesOf(record as unknown as DynamoDBRecord)) {
        published += 1;
        expect(breaches(enveloped(DetailType, Detail))).toEqual([]);
      }
    }),
    { numRuns: runs(3000) },
  );
  expect(published).toBeGreaterThan(50);
});
