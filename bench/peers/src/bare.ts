import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Action, placed, TABLE } from './order.ts';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** The seed's handler, on the SDK of today: the floor. */
export const handler = async (event: Action) => {
  if (event.action === 'create') {
    await db.send(new PutCommand({ TableName: TABLE, Item: placed(event.item) }));
    return { message: 'Order created' };
  }
  if (event.action === 'read') {
    const { customerId, orderId } = event;
    return (await db.send(new GetCommand({ TableName: TABLE, Key: { customerId, orderId } }))).Item;
  }
  if (event.action === 'list') {
    const { Items } = await db.send(
      new QueryCommand({
        TableName: TABLE,
        KeyConditionExpression: 'customerId = :c',
        ExpressionAttributeValues: { ':c': event.customerId },
        Limit: event.limit,
      }),
    );
    return Items;
  }
  if (event.action === 'cancel') {
    const { customerId, orderId } = event;
    const { Attributes } = await db.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { customerId, orderId },
        UpdateExpression: 'SET #s = :to, updatedAt = :now ADD version :one',
        ConditionExpression: '#s IN (:pending, :confirmed)',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: {
          ':to': 'CANCELLED',
          ':pending': 'PENDING',
          ':confirmed': 'CONFIRMED',
          ':now': new Date().toISOString(),
          ':one': 1,
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Attributes;
  }
  return { error: 'Invalid action' };
};
