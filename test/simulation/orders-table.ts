import { type AttributeValue, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ChangeStream } from './change-stream.ts';
import { isDeepStrictEqual } from 'node:util';
import { holds, type Substitutes } from './expressions.ts';
import type { Faults } from './faults.ts';
import type { Commit, History } from './history.ts';
import { type Item, keyOf, versionOf } from './item.ts';
import type { VirtualTime } from './virtual-time.ts';

type Image = Record<string, AttributeValue>;

interface Stored {
  item: Item;
  image: Image;
}

export interface OrdersTable {
  get: (key: string) => Item | undefined;
  /** Written whole, if the condition holds for what is there. */
  put: (item: Item, condition?: Substitutes & { ConditionExpression?: string | undefined }) => void;
  /** As somebody does in the console; undefined removes it. */
  edit: (key: string, item: Item | undefined) => void;
  /** Removes what expired before `time`, as the table does in its own time. */
  expire: (before: number, chosen: () => boolean) => void;
  items: () => Item[];
  /** As the indexes show the table: some changes reach them late. */
  indexed: () => Item[];
}

const TTL = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

export const ordersTable = (
  time: VirtualTime,
  faults: Faults,
  stream: ChangeStream,
  history: History,
): OrdersTable => {
  const stored = new Map<string, Stored>();
  const indexes = new Map<string, { item: Item | undefined; commit: number }>();
  let commits = 0;

  const index = (key: string, item: Item | undefined): void => {
    commits += 1;
    const commit = commits;
    const arrive = (): void => {
      if ((indexes.get(key)?.commit ?? 0) < commit) indexes.set(key, { item, commit });
    };
    const lag = faults.strike('F13');
    if (lag) time.after(lag.between(10, 30_000), arrive);
    else arrive();
  };

  const commit = (key: string, by: Commit['by'], next: Item | undefined): void => {
    const old = stored.get(key);
    const image = next && marshall(next, { removeUndefinedValues: true });
    const item = image && unmarshall(image);
    // DynamoDB writes no stream record for a write that changes nothing.
    if (old && item && versionOf(old.item) === versionOf(item) && isDeepStrictEqual(old.item, item)) return;
    if (image && item) stored.set(key, { item, image });
    else stored.delete(key);
    const [customerId = '', orderId = ''] = key.split('#');
    const place = stream.append(key, {
      eventName: !old ? 'INSERT' : image ? 'MODIFY' : 'REMOVE',
      ...(by === 'expiry' && { userIdentity: TTL }),
      Keys: { customerId: { S: customerId }, orderId: { S: orderId } },
      ...(image && { NewImage: image }),
      ...(old && { OldImage: old.image }),
    });
    history.add({
      is: 'commit',
      at: time.now(),
      key,
      by,
      ...(old && { before: old.item }),
      ...(item && { after: item }),
      ...place,
    });
    index(key, item);
  };

  return {
    get: (key) => stored.get(key)?.item,
    put: (item, condition) => {
      const key = keyOf(item);
      const old = stored.get(key);
      const { ConditionExpression } = condition ?? {};
      if (condition && ConditionExpression && !holds(ConditionExpression, old?.item, condition)) {
        throw new ConditionalCheckFailedException({
          message: 'The conditional request failed',
          $metadata: { httpStatusCode: 400 },
          ...(old && { Item: old.image }),
        });
      }
      commit(key, 'request', item);
    },
    edit: (key, item) => {
      if (item ?? stored.has(key)) commit(key, 'hand', item);
    },
    expire: (before, chosen) => {
      for (const [key, { item }] of stored) {
        if (Number(item['expiresAt'] ?? Infinity) * 1000 < before && chosen()) {
          commit(key, 'expiry', undefined);
        }
      }
    },
    items: () => [...stored.values()].map(({ item }) => item),
    indexed: () => [...indexes.values()].flatMap(({ item }) => (item ? [item] : [])),
  };
};
