import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { UserDirectory } from '../../application/ports.ts';
import { translated } from '../unavailable.ts';

export const dynamoDbUsers = (client: DynamoDBDocumentClient, table: string): UserDirectory => ({
  find: async (userId) => {
    const { Item } = await translated(
      client.send(new GetCommand({ TableName: table, Key: { userId }, ConsistentRead: true })),
    );
    if (!Item) return undefined;
    const { name, role, active } = Item;
    return { userId, name: String(name), role: String(role), active: active === true };
  },
});
