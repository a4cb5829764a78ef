import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The ordinary clients, set up as AWS_ENDPOINT_URL would. */
export function sdkClients(url: string, accessKeyId = 'test') {
  const configuration = {
    endpoint: `${url}/_aws`,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const clients = {
    dynamodb: new DynamoDBClient(configuration),
    events: new EventBridgeClient(configuration),
    lambda: new LambdaClient(configuration),
    s3: new S3Client(configuration),
    secrets: new SecretsManagerClient(configuration),
    sqs: new SQSClient(configuration),
  };
  return { ...clients, destroy: () => Object.values(clients).forEach((client) => client.destroy()) };
}
