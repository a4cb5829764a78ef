import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Round, Rounds } from '../../application/ports.ts';
import { HISTORY_KEYS, RECONCILER_PARTITION } from '../names.ts';
import { translated } from '../unavailable.ts';

const { partition, sort } = HISTORY_KEYS;

/** One item in the table of the history, under a key that no order can have. */
export const dynamoDbRounds = (client: DynamoDBDocumentClient, historyTable: string): Rounds => {
  const TableName = historyTable;
  const key = { [partition]: RECONCILER_PARTITION, [sort]: 'round' };
  return {
    last: async () => {
      const { Item } = await translated(
        client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true })),
      );
      return Item?.['round'] as Round | undefined;
    },
    keep: async (round) => {
      await translated(client.send(new PutCommand({ TableName, Item: { ...key, round } })));
    },
  };
};
