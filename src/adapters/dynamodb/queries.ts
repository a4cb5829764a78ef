import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { RunQuery } from './merged-pages.ts';
import { translated } from '../unavailable.ts';

export const queriesOn =
  (client: DynamoDBDocumentClient, TableName: string): RunQuery =>
  async (input) => {
    const { Items = [], LastEvaluatedKey } = await translated(
      client.send(new QueryCommand({ TableName, ...input })),
    );
    return { items: Items, ...(LastEvaluatedKey && { last: LastEvaluatedKey }) };
  };
