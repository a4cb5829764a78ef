import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { OrderRepository } from '../../application/ports.ts';
import { ok, refused } from '../../domain/result.ts';
import type { OrdersConfig } from '../config.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';
import { readMerged, type RunQuery } from './merged-pages.ts';
import { fromItem, toItem } from './order-item.ts';
import { readingOf } from './selections.ts';
import { translated } from './unavailable.ts';

/** What the stored version must be: an item made by hand has none, and counts as version 0. */
const condition = (expected: number | undefined) => {
  if (expected === undefined) return { ConditionExpression: 'attribute_not_exists(orderId)' };
  if (expected === 0) {
    return { ConditionExpression: 'attribute_exists(orderId) AND attribute_not_exists(version)' };
  }
  return {
    ConditionExpression: 'version = :expected',
    ExpressionAttributeValues: { ':expected': expected },
  };
};

export const dynamoDbOrders = (client: DynamoDBDocumentClient, config: OrdersConfig): OrderRepository => {
  const TableName = config.ordersTable;
  const run: RunQuery = async (input) => {
    const { Items = [], LastEvaluatedKey } = await translated(
      client.send(new QueryCommand({ TableName, ...input })),
    );
    return { items: Items, ...(LastEvaluatedKey && { last: LastEvaluatedKey }) };
  };

  return {
    find: async ({ customerId, orderId }, consistent) => {
      const { Item } = await translated(
        client.send(new GetCommand({ TableName, Key: { customerId, orderId }, ConsistentRead: consistent })),
      );
      return Item && fromItem(Item, config.defaultCurrency);
    },

    save: async (record, expected) => {
      try {
        await translated(
          client.send(
            new PutCommand({
              TableName,
              Item: toItem(record, config),
              ...condition(expected),
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ),
        );
        return { saved: true };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return error.Item
          ? { saved: false, current: fromItem(unmarshall(error.Item), config.defaultCurrency) }
          : { saved: false };
      }
    },

    list: async (selection, { limit, direction, cursor }) => {
      const reading = readingOf(selection, direction, config.indexShards);
      const position = cursor === undefined ? undefined : decodeCursor(cursor, reading.fingerprint);
      if (cursor !== undefined && !position) return refused({ code: 'cursor-invalid' });
      const { items, next } = await readMerged(run, reading, direction, limit, position);
      return ok({
        orders: items.map((item) => fromItem(item, config.defaultCurrency).order),
        ...(next && { next: encodeCursor(reading.fingerprint, next) }),
      });
    },
  };
};
