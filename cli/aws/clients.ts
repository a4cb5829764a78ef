import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The ordinary clients: region, credentials and AWS_ENDPOINT_URL come from where the AWS CLI takes them. */
export interface Clients {
  events: EventBridgeClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
  s3: S3Client;
  sqs: SQSClient;
  destroy: () => void;
}

export function createClients(env: Readonly<Record<string, string | undefined>>): Clients {
  // A bucket's name in the host's would not be found on this machine.
  const forcePathStyle = (env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']) !== undefined;
  const clients = {
    events: new EventBridgeClient({}),
    lambda: new LambdaClient({}),
    logs: new CloudWatchLogsClient({}),
    s3: new S3Client({ forcePathStyle }),
    sqs: new SQSClient({}),
  };
  return { ...clients, destroy: () => Object.values(clients).forEach((client) => client.destroy()) };
}
