import { PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Engine } from '../../../local/parts.ts';
import type { Metrics } from '../../../local/metrics/store.ts';
import { fakeClock } from '../support/clock.ts';
import { answers, fails, startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { bus, functionArn, httpApi, lambda, queue, queueArn, rule } from '../support/stack.ts';

const minute = 60_000;
const start = Date.parse('2026-11-22T10:00:00Z');

/** `Errors {FunctionName: api}` of a namespace, with the sum of its values and how many there were. */
const sent = (metrics: Metrics, namespace: string): Record<string, [sum: number, count: number]> =>
  Object.fromEntries(
    metrics
      .list()
      .filter((metric) => metric.namespace === namespace)
      .map((metric) => {
        const { sum = 0, count = 0 } = metrics.between(metric, start, start + 24 * 60 * minute) ?? {};
        const dimensions = Object.entries(metric.dimensions).map(([name, value]) => `${name}: ${value}`);
        return [`${metric.name} {${dimensions.join(', ')}}`, [sum, count]];
      }),
  );

let edges: Running;
afterEach(() => edges.stop());
const ours = { source: ['orders'] };

describe('AWS/ApiGateway', () => {
  test('counts each answer for the API, and for its stage', async () => {
    const clock = fakeClock(start);
    const statuses = [201, 404, 503];
    edges = await startEdges(httpApi({ 'GET /': {} }), {
      clock,
      functions: { api: () => answers({ statusCode: statuses.shift() }) },
    });
    for (let n = 0; n < 3; n += 1) await fetch(edges.url);
    const { metrics } = edges.monitoring;
    for (const dimensions of ['ApiId: api1', 'ApiId: api1, Stage: $default']) {
      expect(sent(metrics, 'AWS/ApiGateway')).toMatchObject({
        [`Count {${dimensions}}`]: [3, 3],
        [`4xx {${dimensions}}`]: [1, 3],
        [`5xx {${dimensions}}`]: [1, 3],
        [`Latency {${dimensions}}`]: [0, 3],
        [`IntegrationLatency {${dimensions}}`]: [0, 3],
      });
    }
  });
});

describe('AWS/Events', () => {
  const resources = [
    bus('orders'),
    queue('team'),
    queue('letters'),
    rule('team', 'orders', ours, [{ Arn: queueArn('team'), DeadLetterConfig: { Arn: queueArn('letters') } }]),
    rule('gone', 'orders', ours, [
      { Arn: queueArn('nowhere'), DeadLetterConfig: { Arn: queueArn('letters') } },
    ]),
    rule('lost', 'orders', ours, [{ Arn: queueArn('nowhere'), DeadLetterConfig: { Arn: queueArn('none') } }]),
  ];
  const put = (edges: Running) => {
    const { events, destroy } = sdkClients(edges.url);
    const entry = { Source: 'orders', DetailType: 'x', Detail: '{}', EventBusName: 'orders' };
    return events
      .send(new PutEventsCommand({ Entries: [entry, { ...entry, Detail: 'no JSON' }] }))
      .finally(destroy);
  };

  test('counts what came of an event for each rule, under the name of its bus and its own', async () => {
    const clock = fakeClock(start);
    edges = await startEdges(resources, { clock });
    await put(edges);
    await edges.bus.idle();
    const of = (name: string) => `{EventBusName: orders, RuleName: ${name}}`;
    const counted = sent(edges.monitoring.metrics, 'AWS/Events');
    expect(counted).toMatchObject({
      [`TriggeredRules ${of('team')}`]: [1, 1],
      [`MatchedEvents ${of('team')}`]: [1, 1],
      'MatchedEvents {EventBusName: orders}': [1, 1],
      'InvocationsCreated {}': [3, 3],
      [`Invocations ${of('team')}`]: [1, 1],
      [`InvocationAttempts ${of('team')}`]: [1, 1],
      [`SuccessfulInvocationAttempts ${of('team')}`]: [1, 1],
      [`IngestiontoInvocationStartLatency ${of('team')}`]: [0, 1],
      [`Invocations ${of('gone')}`]: [1, 1],
      [`FailedInvocations ${of('gone')}`]: [1, 1],
      [`InvocationsSentToDlq ${of('gone')}`]: [1, 1],
      [`FailedInvocations ${of('lost')}`]: [1, 1],
      [`InvocationsFailedToBeSentToDlq ${of('lost')}`]: [1, 1],
      'PutEventsApproximateCallCount {}': [1, 1],
      'PutEventsEntriesCount {}': [2, 1],
      'PutEventsFailedEntriesCount {}': [1, 1],
    });
    // What EventBridge sends only when it is not zero.
    for (const name of ['FailedInvocations', 'RetryInvocationAttempts', 'InvocationsSentToDlq']) {
      expect(Object.keys(counted)).not.toContain(`${name} ${of('team')}`);
    }
  });

  test('counts a retry as a try, and as no invocation until it succeeds', async () => {
    const clock = fakeClock(start);
    let down = true;
    edges = await startEdges(resources.slice(0, 4), {
      clock,
      fault: () => (down ? { code: 'SDK_CLIENT_ERROR', message: 'down', retryable: true } : undefined),
    });
    await put(edges);
    await edges.bus.idle();
    const of = '{EventBusName: orders, RuleName: team}';
    const before = sent(edges.monitoring.metrics, 'AWS/Events');
    expect([before[`InvocationAttempts ${of}`], before[`Invocations ${of}`]]).toEqual([[1, 1], undefined]);
    down = false;
    await clock.advance(2_000);
    await edges.bus.idle();
    expect(sent(edges.monitoring.metrics, 'AWS/Events')).toMatchObject({
      [`InvocationAttempts ${of}`]: [2, 2],
      [`RetryInvocationAttempts ${of}`]: [1, 1],
      [`Invocations ${of}`]: [1, 1],
      [`IngestiontoInvocationStartLatency ${of}`]: [0, 1],
    });
  });
});

describe('AWS/SQS', () => {
  const letters = { deadLetterTargetArn: queueArn('letters'), maxReceiveCount: 1 };

  test('samples each minute what a queue holds, and counts what is done with it', async () => {
    const clock = fakeClock(start);
    edges = await startEdges([queue('team', { RedrivePolicy: letters }), queue('letters'), queue('idle')], {
      clock,
    });
    edges.monitoring.start(edges.queues);
    const { sqs, destroy } = sdkClients(edges.url);
    const QueueUrl = `${edges.url}/_aws/000000000000/team`;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'four' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'four' }));
    await clock.advance(2 * minute);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }));
    await clock.advance(minute);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    await clock.advance(minute);
    destroy();
    await edges.monitoring.close();
    expect(sent(edges.monitoring.metrics, 'AWS/SQS')).toEqual({
      'NumberOfMessagesSent {QueueName: team}': [2, 2],
      'SentMessageSize {QueueName: team}': [8, 2],
      'NumberOfMessagesReceived {QueueName: team}': [1, 1],
      'NumberOfMessagesDeleted {QueueName: team}': [1, 1],
      'ApproximateNumberOfMessagesVisible {QueueName: team}': [2 + 2 + 1 + 1, 4],
      'ApproximateNumberOfMessagesNotVisible {QueueName: team}': [1, 1],
      'ApproximateAgeOfOldestMessage {QueueName: team}': [60 + 120 + 180 + 240, 4],
    });
  });

  test('counts the age in a dead-letter queue from when the message came there, until it was received three times', async () => {
    const clock = fakeClock(start);
    edges = await startEdges([queue('team', { RedrivePolicy: letters }), queue('letters')], { clock });
    await edges.queues.send('team', [{ body: 'x', attributes: {} }]);
    await edges.queues.receive('team', { max: 1, visibilitySeconds: 0 });
    await clock.advance(5 * minute);
    await edges.queues.receive('team', { max: 1 });
    await clock.advance(minute);
    const { oldestAt, oldestSentAt, visible } = edges.queues.depth('letters');
    expect([oldestAt, oldestSentAt, visible]).toEqual([start + 5 * minute, start, 1]);
    for (let n = 0; n < 3; n += 1) await edges.queues.receive('letters', { max: 1, visibilitySeconds: 0 });
    expect(edges.queues.depth('letters')).toMatchObject({ visible: 1, oldestSentAt: start });
    expect(edges.queues.depth('letters').oldestAt).toBeUndefined();
  });
});

describe('AWS/DynamoDB', () => {
  const refusal = (type: string, more: object = {}) => ({
    status: 400,
    body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more }),
  });
  const answering = async (answer: { status: number; body: string }) => {
    const engine: Partial<Engine> = { call: () => Promise.resolve(answer) };
    edges = await startEdges([], { clock: fakeClock(start), engine });
    const { dynamodb, destroy } = sdkClients(edges.url);
    const put = { TableName: 'Orders', Item: { id: { S: '1' } } };
    await dynamodb.send(new PutItemCommand(put)).catch(() => undefined);
    await dynamodb
      .send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: put }, { Put: { ...put, TableName: 'Keys' } }],
        }),
      )
      .catch(() => undefined);
    await dynamodb
      .send(new QueryCommand({ TableName: 'Orders', IndexName: 'GSI1', KeyConditionExpression: 'x = :x' }))
      .catch(() => undefined);
    destroy();
    return sent(edges.monitoring.metrics, 'AWS/DynamoDB');
  };
  const reason = (resource: string) => ({
    throttlingReasons: [
      { reason: 'r', resource: `arn:aws:dynamodb:eu-west-1:000000000000:table/${resource}` },
    ],
  });

  test.each<[string, { status: number; body: string }, Record<string, [number, number]>]>([
    [
      'success, by table and operation',
      { status: 200, body: '{}' },
      {
        'SuccessfulRequestLatency {TableName: Orders, Operation: PutItem}': [0, 1],
        'SuccessfulRequestLatency {TableName: Orders, Operation: TransactWriteItems}': [0, 1],
        'SuccessfulRequestLatency {TableName: Keys, Operation: TransactWriteItems}': [0, 1],
        'SuccessfulRequestLatency {TableName: Orders, Operation: Query}': [0, 1],
      },
    ],
    [
      'a failed condition, which is no mistake of the caller',
      refusal('ConditionalCheckFailedException'),
      {
        'ConditionalCheckFailedRequests {TableName: Orders}': [3, 3],
        'ConditionalCheckFailedRequests {TableName: Keys}': [1, 1],
      },
    ],
    [
      'a conflict, for the table of the item that has it',
      refusal('TransactionCanceledException', {
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      }),
      { 'TransactionConflict {TableName: Keys}': [1, 1] },
    ],
    [
      'throttles, for the index that has no room',
      refusal('ThrottlingException', reason('Orders/index/GSI1')),
      {
        'ThrottledRequests {TableName: Orders, Operation: PutItem}': [1, 1],
        'ThrottledRequests {TableName: Orders, Operation: TransactWriteItems}': [1, 1],
        'ThrottledRequests {TableName: Keys, Operation: TransactWriteItems}': [1, 1],
        'ThrottledRequests {TableName: Orders, Operation: Query}': [1, 1],
        'WriteThrottleEvents {TableName: Orders, GlobalSecondaryIndexName: GSI1}': [2, 2],
        'ReadThrottleEvents {TableName: Orders, GlobalSecondaryIndexName: GSI1}': [1, 1],
      },
    ],
    ['mistakes of the caller, for the account', refusal('ValidationException'), { 'UserErrors {}': [3, 3] }],
    [
      'failures of its own',
      { status: 500, body: '{}' },
      {
        'SystemErrors {TableName: Orders, Operation: PutItem}': [1, 1],
        'SystemErrors {TableName: Orders, Operation: TransactWriteItems}': [1, 1],
        'SystemErrors {TableName: Keys, Operation: TransactWriteItems}': [1, 1],
        'SystemErrors {TableName: Orders, Operation: Query}': [1, 1],
      },
    ],
  ])('counts %s', async (_name, answer, expected) => {
    expect(await answering(answer)).toEqual(expected);
  });
});

describe('AWS/Lambda', () => {
  test('counts asynchronous invocations: taken, tried, dropped, and lost', async () => {
    const clock = fakeClock(start);
    const config = {
      type: 'AWS::Lambda::EventInvokeConfig',
      name: 'config',
      properties: {
        FunctionName: 'recorder',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: queueArn('none') } },
      },
    };
    const target = { Arn: functionArn('recorder') };
    edges = await startEdges(
      [bus('orders'), lambda('recorder'), config, rule('r', 'orders', ours, [target])],
      {
        clock,
        functions: { recorder: () => fails() },
      },
    );
    await edges.bus.putEvents([{ Source: 'orders', DetailType: 'x', Detail: '{}', EventBusName: 'orders' }]);
    await edges.bus.idle();
    await edges.invocations.idle();
    await clock.advance(minute);
    await edges.invocations.idle();
    expect(sent(edges.monitoring.metrics, 'AWS/Lambda')).toMatchObject({
      'AsyncEventsReceived {FunctionName: recorder}': [1, 1],
      'AsyncEventAge {FunctionName: recorder}': [minute, 2],
      'AsyncEventsDropped {FunctionName: recorder}': [1, 1],
      'DestinationDeliveryFailures {FunctionName: recorder}': [1, 1],
      'AsyncEventsDropped {FunctionName: recorder, Resource: recorder}': [1, 1],
      'AsyncEventsDropped {}': [1, 1],
    });
  });
});
