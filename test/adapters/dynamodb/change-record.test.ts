import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { toOrderChange } from '../../../src/adapters/dynamodb/change-record.ts';
import { fromItem, toItem } from '../../../src/adapters/dynamodb/order-item.ts';
import { ORDER_STATUSES } from '../../../src/domain/order.ts';
import { change, deleted, live, order } from '../../support/orders.ts';

const retention = { indexShards: 8, orderRetentionDays: 400, deletedRetentionDays: 30 };
const image = (record: ReturnType<typeof live>) =>
  marshall(toItem(record, retention)) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];
const read = (record: object) => toOrderChange('USD')(record);

describe('a change record', () => {
  it('given an INSERT, a MODIFY and a REMOVE, then the states before and after come out as they were stored', () => {
    const [a, b] = [live(), deleted({ version: 2 })];
    expect(read({ eventName: 'INSERT', dynamodb: { NewImage: image(a) } })).toEqual({
      ok: true,
      value: { after: a },
    });
    expect(read({ eventName: 'MODIFY', dynamodb: { OldImage: image(a), NewImage: image(b) } })).toEqual({
      ok: true,
      value: { before: a, after: b },
    });
  });

  it("given a removal by DynamoDB's own hand, then it is an expiry, at the time that the item named", () => {
    const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    const record = { eventName: 'REMOVE', userIdentity, dynamodb: { OldImage: image(live()) } };
    expect(read(record)).toMatchObject({
      value: { removal: { cause: 'expiry', at: '2027-12-27T10:00:00.000Z' } },
    });
  });

  it.each([
    ['anybody else', undefined],
    ['another service', { type: 'Service', principalId: 'glue.amazonaws.com' }],
  ])('given a removal by %s, then it is by hand, at the time that the stream tells', (_, userIdentity) => {
    const record = {
      eventName: 'REMOVE',
      userIdentity,
      dynamodb: { OldImage: image(live()), ApproximateCreationDateTime: 1_800_000_000 },
    };
    expect(read(record)).toMatchObject({
      value: { removal: { cause: 'hand', at: '2027-01-15T08:00:00.000Z' } },
    });
  });

  const whole = marshall(toItem(live(), retention));
  it.each([
    ['an unknown operation', { eventName: 'TRUNCATE', dynamodb: {} }, 'TRUNCATE'],
    ['no operation', { dynamodb: {} }, 'unknown operation'],
    ['no image', { eventName: 'INSERT', dynamodb: {} }, 'without a new image'],
    ['no detail at all', { eventName: 'MODIFY' }, 'without both'],
    ['a removal without an image', { eventName: 'REMOVE', dynamodb: {} }, 'without an old image'],
    [
      'an amount that is text',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, amount: { S: '1' } } } },
      'amount',
    ],
    [
      'a broken amount',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, amount: { N: '1.5' } } } },
      'amount',
    ],
    [
      'an amount beyond a double',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, amount: { N: '12345678901234567890' } } } },
      '',
    ],
    [
      'an unknown status',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, status: { S: 'LOST' } } } },
      'status',
    ],
    [
      'a key that is none',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, orderId: { S: 'a b' } } } },
      'orderId',
    ],
    [
      'a time that is none',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, createdAt: { S: 'soon' } } } },
      'createdAt',
    ],
    [
      'a time of another form than ours',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, createdAt: { S: '2026-11-22' } } } },
      'createdAt',
    ],
    [
      'a day that no month has',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, updatedAt: { S: '2026-02-30T10:00:00Z' } } } },
      'updatedAt',
    ],
    [
      'a currency in words',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, currency: { S: 'dollars' } } } },
      'currency',
    ],
    [
      'a replaced value that is none',
      {
        eventName: 'INSERT',
        dynamodb: {
          NewImage: {
            ...whole,
            stated: {
              M: {
                type: { S: 'OrderAmended' },
                previous: { M: { amount: { S: '1' } } },
                version: { N: '1' },
              },
            },
          },
        },
      },
      'stated',
    ],
    [
      'items that are none',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, items: { L: [{ S: 'x' }] } } } },
      'items',
    ],
    [
      'an unknown wire type',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...whole, amount: { Q: '1' } } } },
      '',
    ],
  ])('given %s, then it says so and does not throw', (_, record, reason) => {
    const result = read(record);
    expect(result).toMatchObject({ ok: false, error: { reason: expect.stringContaining(reason) as string } });
  });
});

describe('any record whatever', () => {
  const whole = image(live());
  const broken = fc.json().map((text) => JSON.parse(text) as unknown);
  const images = fc.oneof(fc.constant(whole), fc.constant(undefined), broken);
  const operation = fc.constantFrom('INSERT', 'MODIFY', 'REMOVE', 'TRUNCATE', undefined);

  it('7.0 #9 one kind of change for all: is read by its kind where it is whole, or parked, and never throws', () => {
    fc.assert(
      fc.property(operation, images, images, (eventName, OldImage, NewImage) => {
        const result = read({ eventName, dynamodb: { OldImage, NewImage, ApproximateCreationDateTime: 1 } });
        const { before, after, removal } = result.ok ? result.value : {};
        const understood = [before, after, removal].map((part) => part !== undefined);
        if (eventName === 'INSERT' && NewImage === whole && OldImage === undefined) {
          expect(understood).toEqual([false, true, false]);
        } else if (eventName === 'MODIFY' && NewImage === whole && OldImage === whole) {
          expect(understood).toEqual([true, true, false]);
        } else if (eventName === 'REMOVE' && NewImage === undefined && OldImage === whole) {
          expect(understood).toEqual([true, false, true]);
        } else if (!result.ok) {
          expect(result.error.reason).not.toBe('');
        }
      }),
    );
  });
});

describe('the stored item', () => {
  it('loses its index keys when deleted, and only those', () => {
    const [item, gone] = [toItem(live(), retention), toItem(deleted(), retention)];
    const lost = Object.keys(item).filter((name) => !(name in gone));
    expect(lost.sort()).toEqual(['GSI1PK', 'GSI2PK', 'GSI3PK']);
    expect(item).toMatchObject({
      GSI1PK: expect.stringMatching(/^PENDING#[0-7]$/) as string,
      GSI3PK: 'O5001',
    });
    expect(item).toMatchObject({ GSI2PK: expect.stringMatching(/^2026-11-22#[0-7]$/) as string });
  });

  it('expires after the retention of its kind', () => {
    const days = (record: ReturnType<typeof live>) =>
      (Number(toItem(record, retention)['expiresAt']) - Date.parse(change().at) / 1000) / 86_400;
    expect([days(live()), days(deleted())]).toEqual([400, 30]);
  });

  it('whatever the order, then it reads back as it was written', () => {
    const amount = fc.maxSafeNat();
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const any = fc.record(
      {
        status: fc.constantFrom(...ORDER_STATUSES),
        amount,
        note: text,
        trackingNumber: text,
        items: fc.array(fc.record({ sku: text, quantity: fc.integer({ min: 1 }), unitAmount: amount }), {
          minLength: 1,
        }),
        version: fc.integer({ min: 1 }),
      },
      { requiredKeys: ['status', 'amount', 'version'] },
    );
    fc.assert(
      fc.property(any, fc.boolean(), (fields, isDeleted) => {
        const record = { deleted: isDeleted, order: order(fields) };
        expect(fromItem(toItem(record, retention), 'USD')).toEqual(record);
      }),
    );
  });
});
