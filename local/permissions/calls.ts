import { functionIn } from '../aws/lambda.ts';
import { addressOf } from '../aws/s3.ts';
import { parseInput, type AwsCall } from '../aws/service.ts';
import type { Access, Stack } from '../parts.ts';
import { nameInArn, records, text, type Properties } from '../properties.ts';
import { dynamodbCalls, streamCalls } from './dynamodb-calls.ts';

type Accesses = (input: Properties, stack: Stack) => Access[];

const arn = ({ region, accountId }: Stack, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** Each entry asks by itself; all must be allowed, else the request is denied as a whole. */
const putEvents: Accesses = (input, stack) =>
  records(input, 'Entries').map((entry) => {
    const bus = text(entry, 'EventBusName') ?? 'default';
    const [source, type] = [text(entry, 'Source'), text(entry, 'DetailType')];
    return {
      action: 'events:PutEvents',
      resource: bus.startsWith('arn:') ? bus : arn(stack, 'events', `event-bus/${bus}`),
      context: {
        ...(source !== undefined && { 'events:source': source }),
        ...(type !== undefined && { 'events:detail-type': type }),
      },
    };
  });

const onQueue =
  (action: string): Accesses =>
  (input, stack) => {
    const name = nameInArn(text(input, 'QueueUrl') ?? text(input, 'QueueName') ?? '');
    return [{ action: `sqs:${action}`, resource: arn(stack, 'sqs', name) }];
  };

const onSecret =
  (action: string): Accesses =>
  (input, stack) => {
    const id = text(input, 'SecretId') ?? '';
    const named = stack
      .ofType('AWS::SecretsManager::Secret')
      .find((secret) => secret.properties['Name'] === id);
    const resource =
      named?.arn ?? (id.startsWith('arn:') ? id : arn(stack, 'secretsmanager', `secret:${id}`));
    return [{ action: `secretsmanager:${action}`, resource }];
  };

const jsonCalls: Readonly<Record<string, Readonly<Record<string, Accesses>>>> = {
  dynamodb: dynamodbCalls,
  'streams.dynamodb': streamCalls,
  events: { PutEvents: putEvents },
  sqs: {
    GetQueueUrl: onQueue('GetQueueUrl'),
    GetQueueAttributes: onQueue('GetQueueAttributes'),
    SendMessage: onQueue('SendMessage'),
    SendMessageBatch: onQueue('SendMessage'),
    ReceiveMessage: onQueue('ReceiveMessage'),
    DeleteMessage: onQueue('DeleteMessage'),
    DeleteMessageBatch: onQueue('DeleteMessage'),
    ChangeMessageVisibility: onQueue('ChangeMessageVisibility'),
    PurgeQueue: onQueue('PurgeQueue'),
  },
  secretsmanager: {
    GetSecretValue: onSecret('GetSecretValue'),
    PutSecretValue: onSecret('PutSecretValue'),
    DescribeSecret: onSecret('DescribeSecret'),
  },
};

const onObjects: Readonly<Record<string, string>> = {
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  DeleteObject: 's3:DeleteObject',
};
const onBuckets: Readonly<Record<string, string>> = {
  ListObjectsV2: 's3:ListBucket',
  HeadBucket: 's3:ListBucket',
};

/** What a call needs; undefined where that is not known here. */
export function accessesOf({ service, operation, request }: AwsCall, stack: Stack): Access[] | undefined {
  if (service === 's3') {
    const { bucket, key } = addressOf(request);
    const [onObject, onBucket] = [onObjects[operation], onBuckets[operation]];
    if (onObject !== undefined) return [{ action: onObject, resource: `arn:aws:s3:::${bucket}/${key}` }];
    return onBucket === undefined ? undefined : [{ action: onBucket, resource: `arn:aws:s3:::${bucket}` }];
  }
  if (service === 'lambda') {
    if (operation !== 'Invoke') return undefined;
    const { name = '' } = functionIn(request.path) ?? {};
    const resource = name.startsWith('arn:') ? name : arn(stack, 'lambda', `function:${name}`);
    return [{ action: 'lambda:InvokeFunction', resource }];
  }
  const accesses = jsonCalls[service]?.[operation];
  return accesses?.(parseInput(request.body), stack);
}
