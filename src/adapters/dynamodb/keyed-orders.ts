import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { Contended, type KeyedOrders, TemporarilyUnavailable } from '../../application/ports.ts';
import type { Order } from '../../domain/order.ts';
import type { KeyedOrdersConfig } from '../config.ts';
import { IDEMPOTENCY_KEYS } from '../names.ts';
import { fromItem, type Item, orderAttributes, toItem } from './order-item.ts';
import { translated } from '../unavailable.ts';

const { partition, ttl } = IDEMPOTENCY_KEYS;
const KEPT_SECONDS = 7 * 86_400;
/** With the pauses between them at most 2.6 seconds. */
const ATTEMPTS = 9;
const BASE_DELAY_MS = 20;
const MAX_DELAY_MS = 500;

const pause = (attempt: number): Promise<void> => {
  const most = Math.min(BASE_DELAY_MS * 2 ** attempt, MAX_DELAY_MS);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
};

/** The key's item in a table of its own, written in one transaction with the order. */
export const dynamoDbKeyedOrders = (
  client: DynamoDBDocumentClient,
  config: KeyedOrdersConfig,
): KeyedOrders => {
  const firstUnder = (marker: Item): Order => fromItem(marker['order'] as Item, config.defaultCurrency).order;

  /** The order as first created where the key was there; undefined where this has written both. */
  const attempt = async (
    order: Item,
    marker: Item,
    seconds: number,
  ): Promise<Order | Contended | TemporarilyUnavailable | undefined> => {
    try {
      await translated(
        client.send(
          new TransactWriteCommand({
            // For the SDK's own attempts: each sends the same, and only the first is carried out.
            ClientRequestToken: randomUUID(),
            TransactItems: [
              {
                Put: {
                  TableName: config.ordersTable,
                  Item: order,
                  ConditionExpression: 'attribute_not_exists(orderId)',
                },
              },
              {
                Put: {
                  TableName: config.idempotencyTable,
                  Item: marker,
                  // TTL removes in its own time; the key is free on time.
                  ConditionExpression: 'attribute_not_exists(#key) OR #expires <= :now',
                  ExpressionAttributeNames: { '#key': partition, '#expires': ttl },
                  ExpressionAttributeValues: { ':now': seconds },
                  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
                },
              },
            ],
          }),
        ),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const [ofOrder, ofMarker] = error.CancellationReasons ?? [];
      if (ofMarker?.Item) return firstUnder(unmarshall(ofMarker.Item));
      const codes = [ofOrder?.Code, ofMarker?.Code];
      if (codes.includes('TransactionConflict')) {
        return new Contended('another request with the same key is being carried out');
      }
      const throttled = codes.find((code) => THROTTLED.has(code));
      if (throttled === undefined) throw error;
      return new TemporarilyUnavailable(throttled, { cause: error });
    }
  };

  return {
    create: async (record, key) => {
      const { order } = record;
      const seconds = Math.floor(Date.parse(order.change.at) / 1000);
      const marker = {
        [partition]: `create#${order.customerId}#${key}`,
        order: orderAttributes(order),
        [ttl]: seconds + KEPT_SECONDS,
      };
      for (let n = 1; ; n += 1) {
        const answer = await attempt(toItem(record, config), marker, seconds);
        if (!(answer instanceof Error)) return answer;
        if (n === ATTEMPTS) throw answer;
        await pause(n);
      }
    },
  };
};

const THROTTLED = new Set<string | undefined>(['ThrottlingError', 'ProvisionedThroughputExceeded']);
