import { readApiConfig, readInvokeConfig, readStreamConfig } from '../../src/adapters/config.ts';

const orders = {
  ORDERS_TABLE: 'Orders',
  INDEX_SHARDS: '8',
  DEFAULT_CURRENCY: 'USD',
  ORDER_RETENTION_DAYS: '400',
  DELETED_RETENTION_DAYS: '30',
  CURSOR_KEY_SECRET: 'cursor-key',
};

describe('the configuration', () => {
  it('given every variable, then it is read with its types', () => {
    expect(readInvokeConfig(orders)).toEqual({
      ordersTable: 'Orders',
      indexShards: 8,
      defaultCurrency: 'USD',
      orderRetentionDays: 400,
      deletedRetentionDays: 30,
      cursorKeySecret: 'cursor-key',
    });
    const tables = { USERS_TABLE: 'Users', HISTORY_TABLE: 'OrderHistory', IDEMPOTENCY_TABLE: 'Keys' };
    expect(readApiConfig({ ...orders, ...tables })).toMatchObject({
      usersTable: 'Users',
      historyTable: 'OrderHistory',
      idempotencyTable: 'Keys',
    });
  });

  it('given what is missing or no number, then one error names all of it', () => {
    expect(() => readApiConfig({ ...orders, INDEX_SHARDS: '0', DEFAULT_CURRENCY: '' })).toThrow(
      'INDEX_SHARDS must be a whole number of at least 1, not "0"; DEFAULT_CURRENCY is missing; USERS_TABLE is missing; HISTORY_TABLE is missing',
    );
    expect(() => readStreamConfig({})).toThrow(
      /EVENT_BUS_ARN.*EVENT_SOURCE.*FAILURE_BUCKET.*DEFAULT_CURRENCY/,
    );
  });
});
