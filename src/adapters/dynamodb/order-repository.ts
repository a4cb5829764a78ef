import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type OrderRepository, UnreadableOrder } from '../../application/ports.ts';
import type { Order } from '../../domain/order.ts';
import type { OrdersConfig } from '../config.ts';
import { ORDERS_KEYS } from '../names.ts';
import { translated } from '../unavailable.ts';
import { readMerged } from './merged-pages.ts';
import { fromItem, type Item, toItem } from './order-item.ts';
import { decodePosition, encodePosition } from './position.ts';
import { queriesOn } from './queries.ts';
import { readingOf } from './selections.ts';
import { versionCondition } from './version-condition.ts';

export const dynamoDbOrders = (
  client: DynamoDBDocumentClient,
  config: OrdersConfig,
  /** Is told of each item that a list leaves out. */
  unreadable: (error: UnreadableOrder) => void = () => undefined,
): OrderRepository => {
  const TableName = config.ordersTable;
  const run = queriesOn(client, TableName);

  /** One item that cannot be read must not hide the others. */
  const readable = (item: Item): Order[] => {
    try {
      return [fromItem(item, config.defaultCurrency).order];
    } catch (error) {
      if (!(error instanceof UnreadableOrder)) throw error;
      unreadable(error);
      return [];
    }
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
              ...versionCondition(ORDERS_KEYS.sort, expected),
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

    list: async (selection, { limit, direction, after }) => {
      const reading = readingOf(selection, config.indexShards);
      const position = after === undefined ? undefined : decodePosition(reading, after);
      const { items, next } = await readMerged(run, reading, direction, limit, position);
      return {
        orders: items.flatMap((item) => readable(item)),
        ...(next && { next: encodePosition(reading, next) }),
      };
    },
  };
};
