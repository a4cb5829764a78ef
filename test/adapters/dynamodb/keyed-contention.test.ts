import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { KeyedOrdersConfig } from '../../../src/adapters/config.ts';
import { dynamoDbKeyedOrders } from '../../../src/adapters/dynamodb/keyed-orders.ts';
import { live } from '../../support/orders.ts';

const cancelled = (...codes: (string | undefined)[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: codes.map((Code) => ({ ...(Code !== undefined && { Code }) })),
  });

const config: KeyedOrdersConfig = {
  ordersTable: 'Orders',
  idempotencyTable: 'IdempotencyKeys',
  indexShards: 8,
  defaultCurrency: 'USD',
  orderRetentionDays: 400,
  deletedRetentionDays: 30,
};

/** What engines answer to two transactions at once, each attempt the next answer and then the last again. */
const given = (...answers: (Error | undefined)[]) => {
  let sent = 0;
  const client = {
    send: () => {
      const answer = answers[Math.min(sent, answers.length - 1)];
      sent += 1;
      return answer ? Promise.reject(answer) : Promise.resolve({});
    },
  };
  const orders = dynamoDbKeyedOrders(client as unknown as DynamoDBDocumentClient, config);
  return { create: () => orders.create(live(), 'k1'), sent: () => sent };
};

describe('a create under a key that others create under', () => {
  const pauses: number[] = [];
  beforeEach(() => {
    pauses.length = 0;
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
      pauses.push(ms);
      act();
    }) as typeof setTimeout);
  });
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['a conflict over the order', ['TransactionConflict', 'None']],
    ['a conflict over the key', ['None', 'TransactionConflict']],
    ['throttling', ['ThrottlingError', 'None']],
    ['units used up', ['None', 'ProvisionedThroughputExceeded']],
  ])('given %s, then it is tried again after a pause', async (_, codes) => {
    const { create, sent } = given(cancelled(...codes), undefined);
    expect(await create()).toBeUndefined();
    expect(sent()).toBe(2);
    expect(pauses).toEqual([20]);
  });

  it('given conflicts without end, then it gives up after nine, each pause up to twice the one before, and to half a second', async () => {
    const { create, sent } = given(cancelled('None', 'TransactionConflict'));
    await expect(create()).rejects.toMatchObject({
      name: 'Contended',
      message: 'another request with the same key is being carried out',
    });
    expect(sent()).toBe(9);
    expect(pauses).toEqual([20, 40, 80, 160, 250, 250, 250, 250]);
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'given %s without end, then the service is unavailable, and nobody is said to use the key',
    async (code) => {
      const { create, sent } = given(cancelled('None', 'TransactionConflict'), cancelled(code, 'None'));
      await expect(create()).rejects.toMatchObject({ name: 'TemporarilyUnavailable', message: code });
      expect(sent()).toBe(9);
    },
  );

  it.each([
    ['a reason that does not pass', cancelled('ValidationError', 'None')],
    ['a reason for the order alone', cancelled('ItemCollectionSizeLimitExceeded')],
    ['a reason without a code', cancelled(undefined, undefined)],
    ['no reason at all', cancelled()],
    ['another error', new Error('no network')],
  ])('given %s, then the error is passed on, and nothing is tried again', async (_, error) => {
    const { create, sent } = given(error);
    await expect(create()).rejects.toBe(error);
    expect([sent(), pauses]).toEqual([1, []]);
  });
});
