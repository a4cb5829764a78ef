import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { UserDirectory, UserSaved } from '../../application/ports.ts';
import { USERS_INDEX, USERS_KEYS } from '../names.ts';
import { translated } from '../unavailable.ts';
import { readMerged } from './merged-pages.ts';
import { decodePosition, encodePosition } from './position.ts';
import { queriesOn } from './queries.ts';
import type { Reading } from './selections.ts';
import { EVERY_USER, fromUserItem, toUserItem } from './user-item.ts';
import { versionCondition } from './version-condition.ts';

const READING: Reading = {
  indexName: USERS_INDEX.name,
  keyAttributes: [USERS_INDEX.partition, USERS_INDEX.sort],
  partitionAttribute: USERS_INDEX.partition,
  sortAttribute: USERS_INDEX.sort,
  partitions: [{ shard: 0, value: EVERY_USER }],
  consistent: false,
};

export const dynamoDbUsers = (client: DynamoDBDocumentClient, TableName: string): UserDirectory => {
  const run = queriesOn(client, TableName);
  const condition = (expected: number | undefined) => ({
    ...versionCondition(USERS_KEYS.partition, expected),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  });

  const saving = async (write: Promise<unknown>): Promise<UserSaved> => {
    try {
      await translated(write);
      return { saved: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item ? { saved: false, current: fromUserItem(unmarshall(error.Item)) } : { saved: false };
    }
  };

  return {
    find: async (userId) => {
      const { Item } = await translated(
        client.send(new GetCommand({ TableName, Key: { userId }, ConsistentRead: true })),
      );
      return Item && fromUserItem(Item);
    },

    save: async (user, expected) =>
      await saving(
        client.send(new PutCommand({ TableName, Item: toUserItem(user), ...condition(expected) })),
      ),

    remove: async (userId, expected) =>
      await saving(client.send(new DeleteCommand({ TableName, Key: { userId }, ...condition(expected) }))),

    list: async ({ limit, direction, after }) => {
      const position = after === undefined ? undefined : decodePosition(READING, after);
      const { items, next } = await readMerged(run, READING, direction, limit, position);
      return { users: items.map(fromUserItem), ...(next && { next: encodePosition(READING, next) }) };
    },
  };
};
