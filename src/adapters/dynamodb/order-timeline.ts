import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderTimeline } from '../../application/ports.ts';
import type { HistoryEntry } from '../../domain/order-history.ts';
import { HISTORY_KEYS } from '../names.ts';
import { translated } from '../unavailable.ts';
import { orderKey } from './order-history.ts';
import type { Item } from './order-item.ts';

const { partition, sort, ttl } = HISTORY_KEYS;

/** Reads what `dynamoDbHistory` records. */
export const dynamoDbTimeline = (client: DynamoDBDocumentClient, table: string): OrderTimeline => ({
  read: async (key, { limit, direction, after }) => {
    const of = orderKey(key);
    const { Items = [], LastEvaluatedKey } = await translated(
      client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: '#p = :p',
          ExpressionAttributeNames: { '#p': partition },
          ExpressionAttributeValues: { ':p': of },
          ScanIndexForward: direction === 'asc',
          // One more tells whether there is a next page.
          Limit: limit + 1,
          ...(after !== undefined && { ExclusiveStartKey: { [partition]: of, [sort]: after } }),
        }),
      ),
    );
    const page = Items.slice(0, limit);
    const end = Items.length > limit ? page.at(-1) : LastEvaluatedKey;
    return { entries: page.map(entryOf), ...(end && { next: String(end[sort]) }) };
  },
});

const entryOf = (item: Item): HistoryEntry => {
  const { [partition]: _partition, [sort]: _sort, [ttl]: _ttl, ...entry } = item;
  return entry as unknown as HistoryEntry;
};
