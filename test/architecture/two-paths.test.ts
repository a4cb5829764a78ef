import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { toItem } from '../../src/adapters/dynamodb/order-item.ts';
import { API, apiContainer } from '../../src/adapters/container/api.ts';
import { INVOKE, invokeContainer } from '../../src/adapters/container/invoke.ts';
import { STREAM, streamContainer } from '../../src/adapters/container/stream.ts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { config, eventOf, OWNER } from '../support/api.ts';
import { live } from '../support/orders.ts';

const context = { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'r1' } as Context;

/** Files of src on the call stack of whoever calls this, outermost first; what wraps, for logging or for the time, is no step. */
const stack = (): string[] => {
  const { stack: text = '' } = new Error();
  const files = [...text.matchAll(/\/src\/((?:adapters|application|domain)\/[\w/-]+\.ts)/g)].map(
    ([, file]) => file ?? '',
  );
  return files
    .reverse()
    .filter((file) => !/observability|container|deadline/.test(file))
    .filter((file, index, all) => file !== all[index - 1]);
};

beforeAll(() => {
  Error.stackTraceLimit = 100;
});

describe('the two paths', () => {
  it('creating an order goes through one file a room, each entered once, and ends in one write', async () => {
    let steps: string[] = [];
    const sent: string[] = [];
    jest.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation((command: object) => {
      steps = stack();
      sent.push(command.constructor.name);
      return Promise.resolve({}) as never;
    });
    const event = eventOf({
      routeKey: 'PUT /customers/{customerId}/orders/{orderId}',
      path: { customerId: 'C101', orderId: 'O1' },
      body: { amount: 1 },
      claims: OWNER,
    });
    expect(await apiContainer(config).get(API)(event, context)).toMatchObject({ statusCode: 201 });
    expect(sent).toEqual(['PutCommand']);
    expect(steps).toEqual([
      'adapters/api-gateway/handler.ts',
      'adapters/api-gateway/order-routes.ts',
      'application/create-order.ts',
      // domain/order-decisions.ts was asked before: `create` is pure and has returned.
      'adapters/dynamodb/order-repository.ts',
    ]);
  });

  it('one change record goes through one file a room, each entered once, and ends in one PutEvents', async () => {
    let steps: string[] = [];
    jest.spyOn(EventBridgeClient.prototype, 'send').mockImplementation(() => {
      steps = stack();
      return Promise.resolve({ Entries: [{ EventId: 'e' }] }) as never;
    });
    const stream = {
      eventBus: 'bus',
      eventSource: 'orders.service',
      failureBucket: 'b',
      defaultCurrency: 'USD',
      logHashKey: 'key',
    };
    const NewImage = marshall(
      toItem(live(), { indexShards: 8, orderRetentionDays: 1, deletedRetentionDays: 1 }),
    );
    const Records = [{ eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage } }];
    expect(await streamContainer(stream).get(STREAM)({ Records } as DynamoDBStreamEvent, context)).toEqual({
      batchItemFailures: [],
    });
    expect(steps).toEqual([
      'adapters/dynamodb-stream/read-batch.ts',
      // adapters/dynamodb/change-record.ts and domain/order-events.ts are pure and have returned.
      'application/publish-order-changes.ts',
      'adapters/eventbridge/publisher.ts',
    ]);
  });

  it('every entry point can be resolved', () => {
    expect(invokeContainer(config).get(INVOKE)).toEqual(expect.any(Function));
  });
});
