import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Gap, orderedConsumer, sqsHandler } from 'order-events/consumer';
import { dynamoDbStore } from 'order-events/consumer/dynamodb';
import { dynamoDbSales } from './dynamodb-sales.ts';
import { recordIn } from './sales.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** The next event says all that those before it did: a gap is worth a line, no more. */
const told = (gap: Gap): void => console.warn(JSON.stringify({ message: 'Events did not come', gap }));

export const handler = sqsHandler(
  orderedConsumer({
    store: dynamoDbStore({ client, tableName: process.env['POSITIONS_TABLE'] ?? '' }),
    onEvent: recordIn(dynamoDbSales(client, process.env['SALES_TABLE'] ?? '')),
    onGap: told,
  }),
);
