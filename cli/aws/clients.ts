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
  const once = <C extends { destroy: () => void }>(name: string, make: (sdk: unknown) => C): C => {
    const known = made.get(name) as C | undefined;
    if (known) return known;
    const client = make(load(`@aws-sdk/client-${name}`));
    made.set(name, client);
    return client;
  };
  return {
    get events() {
      return once('eventbridge', (sdk) => new (sdk as typeof events).EventBridgeClient({}));
    },
    get lambda() {
      return once('lambda', (sdk) => new (sdk as typeof lambda).LambdaClient({}));
    },
    get logs() {
      return once('cloudwatch-logs', (sdk) => new (sdk as typeof logs).CloudWatchLogsClient({}));
    },
    get s3() {
      return once('s3', (sdk) => new (sdk as typeof s3).S3Client({ forcePathStyle }));
    },
    get sqs() {
      return once('sqs', (sdk) => new (sdk as typeof sqs).SQSClient({}));
    },
    destroy: () => made.forEach((client) => client.destroy()),
  };
}
