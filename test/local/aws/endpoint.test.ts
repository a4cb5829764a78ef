import { CreateTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListQueueTagsCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import type { AwsCall } from '../../../local/aws/service.ts';
import { startEdges } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { bucket, queue } from '../support/stack.ts';

const refused = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('It was not refused');
    },
    (error: unknown) => error as Error,
  );

describe('the AWS endpoint', () => {
  test('hands DynamoDB to the engine, whatever it answers', async () => {
    const targets: string[] = [];
    const running = await startEdges([], {
      engine: {
        call: (target, body) => {
          targets.push(`${target} ${body}`);
          return Promise.resolve(
            target.endsWith('GetItem')
              ? { status: 200, body: '{"Item":{"a":{"S":"1"}}}' }
              : {
                  status: 400,
                  body: '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceInUseException","message":"m"}',
                },
          );
        },
      },
    });
    const { dynamodb, destroy } = sdkClients(running.url);
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 'T', Key: { a: { S: '1' } } }));
    expect(Item).toEqual({ a: { S: '1' } });
    expect(targets[0]).toBe('DynamoDB_20120810.GetItem {"TableName":"T","Key":{"a":{"S":"1"}}}');
    const create = new CreateTableCommand({ TableName: 'T', KeySchema: [], AttributeDefinitions: [] });
    expect((await refused(dynamodb.send(create))).name).toBe('ResourceInUseException');
    destroy();
    await running.stop();
  });

  test('tells who calls and what, and denies what the seam denies', async () => {
    const seen: string[] = [];
    const running = await startEdges([queue('q'), bucket('b')], {
      authorize: ({ service, operation, caller }: AwsCall) => {
        seen.push(
          `${service}:${operation} ${caller.kind === 'function' ? caller.functionName : caller.kind}`,
        );
        return caller.kind === 'function' ? `${caller.functionName} may not ${operation}` : undefined;
      },
    });
    const user = sdkClients(running.url);
    const fn = sdkClients(running.url, 'LOCAL-orders-api');
    await user.sqs.send(new ListQueuesCommand({}));
    const denied = await refused(fn.sqs.send(new ListQueuesCommand({})));
    expect(denied.message).toBe('orders-api may not ListQueues');
    expect((await refused(fn.s3.send(new ListObjectsV2Command({ Bucket: 'b' })))).name).toBe('AccessDenied');
    await fetch(`${running.url}/_aws/b`);
    expect(seen).toEqual([
      'sqs:ListQueues user',
      'sqs:ListQueues orders-api',
      's3:ListObjectsV2 orders-api',
      's3:ListObjectsV2 anonymous',
    ]);
    user.destroy();
    fn.destroy();
    await running.stop();
  });

  test('names what is supported where something is not', async () => {
    const running = await startEdges([]);
    const { sqs, destroy } = sdkClients(running.url);
    const error = await refused(sqs.send(new ListQueueTagsCommand({ QueueUrl: 'new' })));
    expect(error.name).toBe('UnknownOperationException');
    expect(error.message).toContain('sqs ListQueueTags is not run on this machine. Supported: GetQueueUrl');
    const other = await fetch(`${running.url}/_aws/`, {
      method: 'POST',
      headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord' },
      body: '{}',
    });
    expect(other.status).toBe(400);
    expect(((await other.json()) as { message: string }).message).toContain('Supported: dynamodb');
    destroy();
    await running.stop();
  });

  test('answers from the logs, by group, stream, time and terms', async () => {
    const running = await startEdges([]);
    running.logs.write('/aws/lambda/a', 's1', '{"level":"INFO","message":"one"}');
    running.logs.write('/aws/lambda/a', 's2', 'two INFO');
    const call = async (operation: string, input: object) => {
      const response = await fetch(`${running.url}/_aws/`, {
        method: 'POST',
        headers: { 'x-amz-target': `Logs_20140328.${operation}` },
        body: JSON.stringify(input),
      });
      return (await response.json()) as { events: { message: string }[]; __type?: string };
    };
    const group = { logGroupName: '/aws/lambda/a' };
    const filtered = await call('FilterLogEvents', { ...group, filterPattern: 'INFO "message":"one"' });
    expect(filtered.events).toMatchObject([{ logStreamName: 's1' }]);
    expect((await call('GetLogEvents', { ...group, logStreamName: 's2' })).events).toHaveLength(1);
    expect((await call('FilterLogEvents', { ...group, filterPattern: '{ $.level = "INFO" }' })).__type).toBe(
      'InvalidParameterException',
    );
    expect((await call('FilterLogEvents', { logGroupName: 'none' })).__type).toBe(
      'ResourceNotFoundException',
    );
    await running.stop();
  });
});
