import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type * as events from '@aws-sdk/client-eventbridge';
import type * as lambda from '@aws-sdk/client-lambda';
import type * as s3 from '@aws-sdk/client-s3';
import type * as sqs from '@aws-sdk/client-sqs';
import { createRequire } from 'node:module';

/** The ordinary clients: region, credentials and AWS_ENDPOINT_URL come from where the AWS CLI takes them. */
export interface Clients {
  readonly events: events.EventBridgeClient;
  readonly lambda: lambda.LambdaClient;
  readonly logs: logs.CloudWatchLogsClient;
  readonly s3: s3.S3Client;
  readonly sqs: sqs.SQSClient;
  destroy: () => void;
}

const load = createRequire(import.meta.url);

/** Each is loaded and made when a command first asks for it: to load all takes longer than most commands. */
export function createClients(env: Readonly<Record<string, string | undefined>>): Clients {
  // A bucket's name in the host's would not be found on this machine.
  const forcePathStyle = (env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']) !== undefined;
  const made = new Map<string, { destroy: () => void }>();
  const once = <C extends { destroy: () => void }>(name: string, make: () => C): C => {
    const client = (made.get(name) as C | undefined) ?? make();
    made.set(name, client);
    return client;
  };
  return {
    get events() {
      const { EventBridgeClient } = load('@aws-sdk/client-eventbridge') as typeof events;
      return once('events', () => new EventBridgeClient({}));
    },
    get lambda() {
      const { LambdaClient } = load('@aws-sdk/client-lambda') as typeof lambda;
      return once('lambda', () => new LambdaClient({}));
    },
    get logs() {
      const { CloudWatchLogsClient } = load('@aws-sdk/client-cloudwatch-logs') as typeof logs;
      return once('logs', () => new CloudWatchLogsClient({}));
    },
    get s3() {
      const { S3Client } = load('@aws-sdk/client-s3') as typeof s3;
      return once('s3', () => new S3Client({ forcePathStyle }));
    },
    get sqs() {
      const { SQSClient } = load('@aws-sdk/client-sqs') as typeof sqs;
      return once('sqs', () => new SQSClient({}));
    },
    destroy: () => made.forEach((client) => client.destroy()),
  };
}
