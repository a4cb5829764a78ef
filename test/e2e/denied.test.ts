import type { Local, StartOptions } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { until } from '../local/support/clock.ts';
import { take } from '../support/grants.ts';
import { connect } from '../support/system.ts';

let local: Local;
let warnings: string[];

/** The system, from a template in which something is not granted; what is given up is given up at once. */
const startWithout = async (taken: NonNullable<StartOptions['amend']>) => {
  warnings = [];
  local = await startLocal({
    warn: (line) => warnings.push(line),
    amend: (template) => {
      for (const { Type, Properties = {} } of Object.values(template.Resources))
        if (Type === 'AWS::Lambda::EventSourceMapping') Properties['MaximumRetryAttempts'] = 0;
      taken(template);
    },
  });
  return connect(local.url);
};
const logged = (function_: string) =>
  local.logs
    .read(`/aws/lambda/${function_}`)
    .map(({ message }) => message)
    .join('\n');
const denial = (role: string, action: string) =>
  new RegExp(
    `assumed-role/Orders-${role}[^/]+/\\S+ is not authorized to perform: ${action} on resource: \\S+ because no identity-based policy allows the ${action} action`,
  );

describe('given a template without some of its grants', () => {
  let client: ReturnType<typeof connect>;
  beforeAll(async () => {
    client = await startWithout((template) => {
      take(template, 'FunctionsApiRole', 'dynamodb:PutItem');
      take(template, 'StreamReaderRole', 'events:PutEvents');
      take(template, 'StreamReaderRole', 's3:PutObject');
      take(template, 'SampleQueuePolicy', 'sqs:SendMessage');
    });
  });
  afterAll(() => local.close());

  test('when orders-api may not put items, then a create answers 500, says nothing of it, and logs why', async () => {
    const bearer = await client.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' });
    const answer = await client.request('PUT', '/customers/C101/orders/o1', { bearer, body: { amount: 1 } });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toMatch(/dynamodb|arn:|role/i);
    await until(
      () => denial('FunctionsApiRole', 'dynamodb:PutItem').test(logged('orders-api')),
      'it is logged',
    );
    expect(logged('orders-api')).toContain('AccessDeniedException');
  });

  test('when the reader may neither publish nor keep what it failed, then both are told, and nothing is published', async () => {
    const item = { customerId: 'C101', orderId: 'o2', amount: 1 };
    expect(await client.invoke({ action: 'create', item })).toEqual({ message: 'Order created' });
    await local.drain();
    expect(logged('orders-stream-reader')).toMatch(denial('StreamReaderRole', 'events:PutEvents'));
    expect(local.events()).toEqual([]);
    expect(warnings).toContainEqual(expect.stringMatching(denial('StreamReaderRole', 's3:PutObject')));
    expect(warnings.join('\n')).toMatch(
      /records of \S+ are lost, their failure could not be kept: AccessDenied/,
    );
  });

  test('when a queue does not let its rule in, then the event is a dead letter, and the other targets have it', async () => {
    const [EventBusName, Source] = ['orders', 'orders.service'];
    await local.edges.bus.putEvents([{ EventBusName, Source, DetailType: 'OrderCreated', Detail: '{}' }]);
    await local.edges.bus.idle();
    expect(local.deliveries().map(({ rule, state }) => `${rule} ${state}`)).toEqual([
      'orders-audit delivered',
      'order-notifications dead-lettered',
      'orders-history delivered',
    ]);
    const [letter] = await local.edges.queues.receive('order-notifications-dlq', { max: 1 });
    expect(letter?.attributes).toMatchObject({
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: expect.stringContaining(
        'User: events.amazonaws.com is not authorized to perform: sqs:sendmessage',
      ) as string,
    });
  });
});

test('given a role that may not read the stream, then the mapping says so, and no event comes', async () => {
  const client = await startWithout((template) => take(template, 'StreamReaderRole', 'dynamodb:GetRecords'));
  const item = { customerId: 'C101', orderId: 'o1', amount: 1 };
  await client.invoke({ action: 'create', item });
  await until(
    () => warnings.some((line) => denial('StreamReaderRole', 'dynamodb:GetRecords').test(line)),
    'the warning',
  );
  expect(warnings.join('\n')).toContain('The stream cannot be read, and is tried again: AccessDenied');
  expect(local.events()).toEqual([]);
  await local.close();
});
