import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderHistory } from '../../application/ports.ts';
import type { OrderKey } from '../../domain/order.ts';
import type { HistoryConfig } from '../config.ts';
import { HISTORY_KEYS } from '../names.ts';
import type { Item } from './order-item.ts';
import { translated } from '../unavailable.ts';

const { partition, sort, ttl } = HISTORY_KEYS;
const DAY_SECONDS = 86_400;
const VERSION_DIGITS = 16;

// Ids have no '#', and digits of one length sort as their numbers do.
export const orderKey = ({ customerId, orderId }: OrderKey): string => `${customerId}#${orderId}`;
const versionKey = (createdAt: string, version: number): string =>
  `${createdAt}#${String(version).padStart(VERSION_DIGITS, '0')}`;

/** One small item an order version, in the order of the versions; an id used again after its order expired starts anew. */
export const dynamoDbHistory = (client: DynamoDBDocumentClient, config: HistoryConfig): OrderHistory => {
  const TableName = config.historyTable;
  return {
    record: async (entry) => {
      const item = {
        [partition]: orderKey(entry),
        [sort]: versionKey(entry.createdAt, entry.version),
        ...entry,
        [ttl]: Math.floor(Date.parse(entry.at) / 1000) + config.historyRetentionDays * DAY_SECONDS,
      };
      try {
        const ConditionExpression = `attribute_not_exists(${partition})`;
        await translated(client.send(new PutCommand({ TableName, Item: item, ConditionExpression })));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    versions: async (key, createdAt, since) => {
      const found = new Set<number>();
      let from: Item | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await translated(
          client.send(
            new QueryCommand({
              TableName,
              KeyConditionExpression: '#p = :p AND begins_with(#s, :s)',
              FilterExpression: '#at >= :since',
              ExpressionAttributeNames: { '#p': partition, '#s': sort, '#v': 'version', '#at': 'at' },
              ExpressionAttributeValues: { ':p': orderKey(key), ':s': `${createdAt}#`, ':since': since },
              ProjectionExpression: '#v',
              ...(from && { ExclusiveStartKey: from }),
            }),
          ),
        );
        for (const { version } of Items) found.add(Number(version));
        from = LastEvaluatedKey;
      } while (from);
      return found;
    },
  };
};
