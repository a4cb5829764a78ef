import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { requireTime } from '../deadline.ts';
import { token } from './wiring.ts';

export const DOCUMENTS = token<DynamoDBDocumentClient>('DynamoDBDocumentClient');

/** Three attempts and the pauses between them fit into the ten seconds that a caller waits. */
export const CLIENT: Pick<DynamoDBClientConfig, 'maxAttempts' | 'requestHandler'> = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: 2000, throwOnRequestTimeout: true },
};

export const documents = (): DynamoDBDocumentClient => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(CLIENT), {
    marshallOptions: { removeUndefinedValues: true },
  });
  client.middlewareStack.add(
    (next) => (args) => {
      requireTime();
      return next(args);
    },
    // Behind the SDK's retries: before each attempt.
    { name: 'requireTime', step: 'finalizeRequest', priority: 'low' },
  );
  return client;
};
