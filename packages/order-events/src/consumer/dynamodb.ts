import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { isAhead, isSame, type OrderKey, type Position, type PositionStore } from './store.ts';

export interface DynamoDbStoreOptions {
  client: DynamoDBDocumentClient;
  /** A table of the consumer's own whose partition key is a string, without a sort key. */
  tableName: string;
  /** `orderKey` when not given. */
  partitionKey?: string;
  /**
   * After so many days without an event, the table's TTL on `expiresAt` (seconds) may remove the position of an order; it
   * is kept for ever when not given. What comes later is taken for the first event of its order.
   */
  keepDays?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

type Item = Record<string, unknown>;
type Answer = { written: Item } | { instead: Item };

const AHEAD =
  '(attribute_not_exists(createdAt) OR createdAt < :createdAt OR (createdAt = :createdAt AND #sequence < :sequence))';
const FREE = '(attribute_not_exists(claim) OR claimedUntil <= :now)';
const named = { ExpressionAttributeNames: { '#sequence': 'sequence' } };

/**
 * Positions in a DynamoDB table, one small item for each order. An event costs two writes, one that is dropped costs one.
 * The consumer needs `dynamodb:UpdateItem` on the table, and nothing else.
 */
export const dynamoDbStore = ({
  client,
  tableName,
  partitionKey = 'orderKey',
  keepDays,
  now = Date.now,
}: DynamoDbStoreOptions): PositionStore => {
  const update = async (
    { customerId, orderId }: OrderKey,
    expressions: Partial<UpdateCommandInput>,
  ): Promise<Answer> => {
    const command = new UpdateCommand({
      TableName: tableName,
      Key: { [partitionKey]: `${customerId}#${orderId}` },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...expressions,
    });
    try {
      return { written: (await client.send(command)).Attributes ?? {} };
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
      return { instead: plain((error as { Item?: Marshalled }).Item) };
    }
  };

  /** With every claim and move: a claim must outlast what is done under it, and one that leads to nothing must go, too. */
  const kept = () =>
    keepDays === undefined
      ? { set: '', values: {} }
      : {
          set: ', expiresAt = :expiresAt',
          values: { ':expiresAt': Math.floor(now() / 1000) + keepDays * 86_400 },
        };

  return {
    claim: async (order, position, forMs) => {
      const token = randomUUID();
      const { set, values } = kept();
      const answer = await update(order, {
        UpdateExpression: `SET claim = :token, claimedUntil = :until${set}`,
        ConditionExpression: `${AHEAD} AND ${FREE}`,
        ...named,
        ExpressionAttributeValues: {
          ':token': token,
          ':now': now(),
          ':until': now() + forMs,
          ':createdAt': position.createdAt,
          ':sequence': position.sequence,
          ...values,
        },
      });
      const item = 'written' in answer ? answer.written : answer.instead;
      const last = positionIn(item);
      // The SDK sends again what it got no answer to: then our own claim stands there.
      if (item['claim'] === token) return { outcome: 'claimed', token, last };
      return last && !isAhead(position, last) ? { outcome: 'passed', last } : { outcome: 'busy' };
    },
    advance: async (order, token, position) => {
      const { set, values } = kept();
      const answer = await update(order, {
        UpdateExpression: `SET createdAt = :createdAt, #sequence = :sequence${set} REMOVE claim, claimedUntil`,
        ConditionExpression: 'claim = :token',
        ...named,
        ExpressionAttributeValues: {
          ':token': token,
          ':createdAt': position.createdAt,
          ':sequence': position.sequence,
          ...values,
        },
      });
      if ('written' in answer) return true;
      // Sent again by the SDK: the first time moved it.
      const last = positionIn(answer.instead);
      return last !== undefined && isSame(position, last);
    },
    release: async (order, token) => {
      await update(order, {
        UpdateExpression: 'REMOVE claim, claimedUntil',
        ConditionExpression: 'claim = :token',
        ExpressionAttributeValues: { ':token': token },
      });
    },
  };
};

function positionIn({ createdAt, sequence }: Item): Position | undefined {
  return typeof createdAt === 'string' && typeof sequence === 'number' ? { createdAt, sequence } : undefined;
}

type Marshalled = Record<string, { S?: string; N?: string }>;

/** The document client leaves the item in an error as it came. */
const plain = (item: Marshalled = {}): Item =>
  Object.fromEntries(Object.entries(item).map(([name, { S, N }]) => [name, N === undefined ? S : Number(N)]));
