import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { untold, type Access, type Principal } from '../../../local/parts.ts';
import { startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import {
  bucket,
  bus,
  busArn,
  functionArn,
  lambda,
  queue,
  queueArn,
  secret,
  secretArn,
} from '../support/stack.ts';

type Clients = ReturnType<typeof sdkClients>;
type Asked = [principal: Principal, ...accesses: Access[]];

let running: Running;
let asking: Clients;
let user: Clients;
let asked: Asked[];
const words = 'User: somebody is not authorized';

beforeAll(async () => {
  const Orders = {
    type: 'AWS::DynamoDB::Table',
    name: 'Orders',
    properties: { KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }] },
  };
  const resources = [Orders, queue('q'), bucket('b'), bus('orders'), lambda('f'), secret('s', { Name: 's' })];
  running = await startEdges(resources, {
    permissions: {
      denial: (...question) => {
        asked.push(question);
        return words;
      },
    },
  });
  asking = sdkClients(running.url, 'LOCAL-f');
  user = sdkClients(running.url);
});
beforeEach(() => (asked = []));
afterAll(async () => {
  asking.destroy();
  user.destroy();
  await running.stop();
});

interface Refusal extends Error {
  $metadata: { httpStatusCode: number };
}
const refusal = (call: Promise<unknown>): Promise<Refusal> =>
  call.then(
    () => Promise.reject(new Error('It was not denied')),
    (error: unknown) => error as Refusal,
  );
/** What the call needs. */
const needs = async (call: Promise<unknown>): Promise<Access[]> => {
  await refusal(call);
  const [[principal, ...accesses] = [], ...more] = asked;
  expect([principal, more]).toEqual([{ function: 'f' }, []]);
  return accesses;
};

const table = 'arn:aws:dynamodb:eu-central-1:000000000000:table/Orders';
const dynamodb = (action: string, keys: string[] | typeof untold, resource = table): Access => ({
  action: `dynamodb:${action}`,
  resource,
  context: { 'dynamodb:leadingkeys': keys },
});
const Key = { customer: { S: 'c1' }, order: { S: 'o1' } };
const one = { TableName: 'Orders', Key };

describe('calls of DynamoDB', () => {
  test.each<[string, () => Promise<unknown>, Access[]]>([
    ['GetItem', () => asking.dynamodb.send(new GetItemCommand(one)), [dynamodb('GetItem', ['c1'])]],
    [
      'PutItem',
      () => asking.dynamodb.send(new PutItemCommand({ ...one, Item: Key })),
      [dynamodb('PutItem', ['c1'])],
    ],
    ['UpdateItem', () => asking.dynamodb.send(new UpdateItemCommand(one)), [dynamodb('UpdateItem', ['c1'])]],
    ['DeleteItem', () => asking.dynamodb.send(new DeleteItemCommand(one)), [dynamodb('DeleteItem', ['c1'])]],
    [
      'a table by its ARN',
      () => asking.dynamodb.send(new GetItemCommand({ ...one, TableName: table })),
      [dynamodb('GetItem', ['c1'])],
    ],
    [
      'a number as key',
      () => asking.dynamodb.send(new GetItemCommand({ ...one, Key: { customer: { N: '7' } } })),
      [dynamodb('GetItem', ['7'])],
    ],
    [
      'bytes as key',
      () => asking.dynamodb.send(new GetItemCommand({ ...one, Key: { customer: { B: Buffer.from('x') } } })),
      [dynamodb('GetItem', untold)],
    ],
    [
      'a table that nobody knows',
      () => asking.dynamodb.send(new GetItemCommand({ ...one, TableName: 'X' })),
      [dynamodb('GetItem', untold, table.replace('Orders', 'X'))],
    ],
    [
      'Query',
      () => asking.dynamodb.send(new QueryCommand({ TableName: 'Orders' })),
      [dynamodb('Query', untold)],
    ],
    [
      'Query of an index',
      () => asking.dynamodb.send(new QueryCommand({ TableName: 'Orders', IndexName: 'GSI1' })),
      [dynamodb('Query', untold, `${table}/index/GSI1`)],
    ],
    [
      'Scan',
      () => asking.dynamodb.send(new ScanCommand({ TableName: 'Orders' })),
      [dynamodb('Scan', untold)],
    ],
    [
      'BatchGetItem',
      () =>
        asking.dynamodb.send(
          new BatchGetItemCommand({ RequestItems: { Orders: { Keys: [Key, { customer: { S: 'c2' } }] } } }),
        ),
      [dynamodb('BatchGetItem', ['c1', 'c2'])],
    ],
    [
      'BatchWriteItem',
      () =>
        asking.dynamodb.send(
          new BatchWriteItemCommand({
            RequestItems: { Orders: [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key } }] },
          }),
        ),
      [dynamodb('BatchWriteItem', ['c1'])],
    ],
    [
      'TransactGetItems',
      () => asking.dynamodb.send(new TransactGetItemsCommand({ TransactItems: [{ Get: one }] })),
      [dynamodb('GetItem', ['c1'])],
    ],
    [
      'DescribeTable',
      () => asking.dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' })),
      [{ action: 'dynamodb:DescribeTable', resource: table }],
    ],
  ])('%s', async (_, call, expected) => {
    expect(await needs(call())).toEqual(expected);
  });

  test('6.1 transactions: each item needs what it would alone', async () => {
    const TransactItems = [
      { Put: { TableName: 'Orders', Item: Key } },
      { Update: { ...one, UpdateExpression: 'SET a = b' } },
      { Delete: one },
      { ConditionCheck: { ...one, ConditionExpression: 'attribute_exists(a)' } },
    ];
    const accesses = await needs(asking.dynamodb.send(new TransactWriteItemsCommand({ TransactItems })));
    const actions = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];
    expect(accesses).toEqual(actions.map((action) => dynamodb(action, ['c1'])));
  });
});

test('6.1 PutEvents: each entry asks for its bus, with its source and type', async () => {
  const Entries = [
    { EventBusName: 'orders', Source: 'orders.service', DetailType: 'OrderCreated', Detail: '{}' },
    { EventBusName: busArn('orders'), Source: 'orders.service', Detail: '{}' },
    { Detail: '{}' },
  ];
  const action = 'events:PutEvents';
  expect(await needs(asking.events.send(new PutEventsCommand({ Entries })))).toEqual([
    {
      action,
      resource: busArn('orders'),
      context: { 'events:source': 'orders.service', 'events:detail-type': 'OrderCreated' },
    },
    { action, resource: busArn('orders'), context: { 'events:source': 'orders.service' } },
    { action, resource: busArn('default'), context: {} },
  ]);
});

describe('calls of other services', () => {
  const object = { Bucket: 'b', Key: 'a key/1' };
  const onObject = (action: string) => [{ action, resource: 'arn:aws:s3:::b/a key/1' }];
  const onBucket = [{ action: 's3:ListBucket', resource: 'arn:aws:s3:::b' }];
  const onQueue = (action: string) => [{ action, resource: queueArn('q') }];
  const QueueUrl = 'http://127.0.0.1/_aws/000000000000/q';
  const onSecret = [{ action: 'secretsmanager:GetSecretValue', resource: secretArn('s') }];

  test.each<[string, () => Promise<unknown>, Access[]]>([
    [
      'PutObject',
      () => asking.s3.send(new PutObjectCommand({ ...object, Body: 'x' })),
      onObject('s3:PutObject'),
    ],
    ['GetObject', () => asking.s3.send(new GetObjectCommand(object)), onObject('s3:GetObject')],
    ['DeleteObject', () => asking.s3.send(new DeleteObjectCommand(object)), onObject('s3:DeleteObject')],
    ['ListObjectsV2', () => asking.s3.send(new ListObjectsV2Command({ Bucket: 'b' })), onBucket],
    ['HeadBucket', () => asking.s3.send(new HeadBucketCommand({ Bucket: 'b' })), onBucket],
    [
      'SendMessage',
      () => asking.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })),
      onQueue('sqs:SendMessage'),
    ],
    [
      'SendMessageBatch',
      () => asking.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] })),
      onQueue('sqs:SendMessage'),
    ],
    [
      'ReceiveMessage',
      () => asking.sqs.send(new ReceiveMessageCommand({ QueueUrl })),
      onQueue('sqs:ReceiveMessage'),
    ],
    [
      'DeleteMessage',
      () => asking.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' })),
      onQueue('sqs:DeleteMessage'),
    ],
    [
      'GetSecretValue by name',
      () => asking.secrets.send(new GetSecretValueCommand({ SecretId: 's' })),
      onSecret,
    ],
    [
      'and by ARN',
      () => asking.secrets.send(new GetSecretValueCommand({ SecretId: secretArn('s') })),
      onSecret,
    ],
    [
      'Invoke',
      () => asking.lambda.send(new InvokeCommand({ FunctionName: 'g' })),
      [{ action: 'lambda:InvokeFunction', resource: functionArn('g') }],
    ],
    [
      'and by ARN',
      () => asking.lambda.send(new InvokeCommand({ FunctionName: functionArn('g') })),
      [{ action: 'lambda:InvokeFunction', resource: functionArn('g') }],
    ],
  ])('%s', async (_, call, expected) => {
    expect(await needs(call())).toEqual(expected);
  });
});

describe('a denial', () => {
  test.each<[string, () => Promise<unknown>, string, number]>([
    ['DynamoDB', () => asking.dynamodb.send(new GetItemCommand(one)), 'AccessDeniedException', 400],
    [
      'EventBridge',
      () => asking.events.send(new PutEventsCommand({ Entries: [{}] })),
      'AccessDeniedException',
      400,
    ],
    [
      'Secrets Manager',
      () => asking.secrets.send(new GetSecretValueCommand({ SecretId: 's' })),
      'AccessDeniedException',
      400,
    ],
    ['SQS', () => asking.sqs.send(new ReceiveMessageCommand({ QueueUrl: 'q' })), 'AccessDenied', 403],
    ['S3', () => asking.s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })), 'AccessDenied', 403],
    [
      'Lambda',
      () => asking.lambda.send(new InvokeCommand({ FunctionName: 'g' })),
      'AccessDeniedException',
      403,
    ],
  ])('6.1 denials: that of %s has the form that its SDK knows', async (_, call, name, status) => {
    const { name: given, message, $metadata } = await refusal(call());
    expect([given, message, $metadata.httpStatusCode]).toEqual([name, words, status]);
  });

  const raw = async (target: string, body: string) => {
    const headers = {
      'x-amz-target': target,
      authorization: 'AWS4-HMAC-SHA256 Credential=LOCAL-f/d/r/s/aws4_request',
    };
    const response = await fetch(`${running.url}/_aws/`, { method: 'POST', headers, body });
    return { headers: response.headers, body: await response.json() };
  };

  test('comes before the service: so its form is not quite the service’s', async () => {
    const __type = 'com.amazon.coral.service#AccessDeniedException';
    const ofSqs = await raw('AmazonSQS.ReceiveMessage', '{"QueueUrl":"q"}');
    expect(ofSqs.body).toEqual({ __type, Message: words });
    expect(ofSqs.headers.get('x-amzn-query-error')).toBe('AccessDenied;Sender');
    expect((await raw('DynamoDB_20120810.GetItem', '{}')).body).toEqual({ __type, Message: words });
  });

  test('given a body that is no JSON, then nothing is asked for, and nothing let through', async () => {
    const { body } = await raw('DynamoDB_20120810.GetItem', '{"TableName":');
    expect(body).toMatchObject({ __type: expect.stringContaining('SerializationException') as unknown });
    expect(asked).toEqual([]);
  });
});

test.each<[string, () => Promise<unknown>]>([
  [
    'dynamodb ExecuteStatement',
    () => asking.dynamodb.send(new ExecuteStatementCommand({ Statement: 'SELECT' })),
  ],
  ['events PutRule', () => asking.events.send(new PutRuleCommand({ Name: 'r' }))],
  ['s3 ListBuckets', () => asking.s3.send(new ListBucketsCommand())],
])('6.1 unknown calls: no function may make %s', async (call, made) => {
  expect((await refusal(made())).message).toBe(
    `The local runtime does not know what permissions ${call} needs, so no function may call it.`,
  );
  expect(asked).toEqual([]);
});

test('6.1 other callers: nothing is asked for those that are no functions', async () => {
  await user.s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' }));
  await user.dynamodb.send(new GetItemCommand(one));
  expect(asked).toEqual([]);
});
