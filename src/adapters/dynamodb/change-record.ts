import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { OrderChange } from '../../application/publish-order-changes.ts';
import type { OrderRecord } from '../../domain/order.ts';
import type { Removal } from '../../domain/order-events.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { ORDERS_KEYS } from '../names.ts';
import { fromItem, type Item } from './order-item.ts';

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

// The event's types and the SDK's say the same of the wire form, but for binary values, which no order has.
const itemOf = (image: Image): Item | undefined =>
  image && unmarshall(image as Record<string, AttributeValue>);

const iso = (seconds: unknown): string => new Date(Number(seconds) * 1000).toISOString();

const removalOf = (record: DynamoDBRecord, old: Item): Removal => {
  const { userIdentity } = record as { userIdentity?: { type?: string; principalId?: string } };
  const byTtl = userIdentity?.type === 'Service' && userIdentity.principalId === 'dynamodb.amazonaws.com';
  return byTtl
    ? { cause: 'expiry', at: iso(old[ORDERS_KEYS.ttl]) }
    : { cause: 'hand', at: iso(record.dynamodb?.ApproximateCreationDateTime) };
};

/** The states before and after one change of the Orders table. */
export const toOrderChange =
  (defaultCurrency: string) =>
  (record: DynamoDBRecord): Result<OrderChange, { reason: string }> => {
    const recordOf = (item: Item | undefined): OrderRecord | undefined =>
      item && fromItem(item, defaultCurrency);
    const { eventName, dynamodb } = record;
    try {
      const old = itemOf(dynamodb?.OldImage);
      const before = recordOf(old);
      const after = recordOf(itemOf(dynamodb?.NewImage));
      switch (eventName) {
        case 'INSERT':
          return after ? ok({ after }) : refused({ reason: 'INSERT without a new image' });
        case 'MODIFY':
          return before && after ? ok({ before, after }) : refused({ reason: 'MODIFY without both images' });
        case 'REMOVE':
          return before && old
            ? ok({ before, removal: removalOf(record, old) })
            : refused({ reason: 'REMOVE without an old image' });
        case undefined:
        default:
          return refused({ reason: `unknown operation ${String(eventName)}` });
      }
    } catch (error) {
      return refused({ reason: error instanceof Error ? error.message : String(error) });
    }
  };
