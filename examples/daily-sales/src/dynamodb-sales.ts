import { DeleteCommand, type DynamoDBDocumentClient, paginateQuery, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Sale } from './sale.ts';
import type { Sales } from './sales.ts';

/** A table with the partition key `day` and the sort key `order`, both strings. */
export const dynamoDbSales = (client: DynamoDBDocumentClient, TableName: string): Sales => {
  const keyOf = ({ day, customerId, orderId }: Pick<Sale, 'day' | 'customerId' | 'orderId'>) => ({
    day,
    order: `${customerId}#${orderId}`,
  });
  return {
    put: async (sale) => {
      await client.send(new PutCommand({ TableName, Item: { ...keyOf(sale), ...sale } }));
    },
    remove: async (sale) => {
      await client.send(new DeleteCommand({ TableName, Key: keyOf(sale) }));
    },
    on: async (day) => {
      const query = {
        TableName,
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': day },
      };
      const sales: Sale[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, query)) sales.push(...(Items as Sale[]));
      return sales;
    },
  };
};
