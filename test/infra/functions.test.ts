import { defaultProvider } from '../../infra/credentials.ts';
import { CLIENT } from '../../src/adapters/container/clients.ts';
import {
  readApiConfig,
  readInvokeConfig,
  readReconcilerConfig,
  readStreamConfig,
} from '../../src/adapters/config.ts';
import { nameOf, synthesized } from './synthesized.ts';

const template = synthesized();
const functions = template.ofType('AWS::Lambda::Function');
const NAMES = [
  'orders-api',
  'orders-crud-handler',
  'orders-docs',
  'orders-history',
  'orders-reconciler',
  'orders-stream-reader',
];

/** The variables as the function sees them, with names in place of references. */
const environmentOf = (name: string): Record<string, string> => {
  const { Variables } = template.named(name, 'AWS::Lambda::Function').properties['Environment'] as {
    Variables: Record<string, unknown>;
  };
  return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, template.text(value)]));
};

describe('given the functions', () => {
  test('then they are these', () => {
    expect(functions.map(nameOf).sort()).toEqual(NAMES);
  });

  test.each(NAMES)('then %s runs Node 24 on arm64, and logs to its own group', (name) => {
    const { properties } = template.named(name, 'AWS::Lambda::Function');
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
    const { LogGroup } = properties['LoggingConfig'] as { LogGroup: unknown };
    expect(template.text(LogGroup)).toBe(`/aws/lambda/${name}`);
  });

  test('then a caller is answered in 10 seconds, a batch of changes may take 60, a piece of a round 300', () => {
    const timeouts = functions.map((each) => [nameOf(each), each.properties['Timeout']]);
    expect(Object.fromEntries(timeouts)).toEqual({
      'orders-api': 10,
      'orders-crud-handler': 10,
      'orders-docs': 10,
      'orders-history': 10,
      'orders-reconciler': 300,
      'orders-stream-reader': 60,
    });
  });

  test('7.0 #20 time runs out under retries: then all attempts of a client fit into the shortest timeout', () => {
    const { requestTimeout } = CLIENT.requestHandler as { requestTimeout: number };
    // The pauses of the SDK after the first and the second throttled attempt, at their longest.
    const pauses = 1000 + 2000;
    const shortest = Math.min(...functions.map(({ properties }) => Number(properties['Timeout'])));
    expect(CLIENT.maxAttempts).toBe(3);
    expect(3 * requestTimeout + pauses).toBeLessThan(shortest * 1000);
  });

  test.each(NAMES)('then the logs and metrics of %s carry the service', (name) => {
    expect(environmentOf(name)).toMatchObject({
      POWERTOOLS_SERVICE_NAME: 'orders',
      POWERTOOLS_METRICS_NAMESPACE: 'Orders',
      POWERTOOLS_LOG_LEVEL: 'INFO',
    });
  });
});

describe('given the environment that the template sets', () => {
  const orders = {
    ordersTable: 'Orders',
    indexShards: 8,
    defaultCurrency: 'USD',
    orderRetentionDays: 400,
    deletedRetentionDays: 30,
    cursorKeySecret: 'orders-cursor-key',
  };

  test('when orders-api reads it, then nothing is missing', () => {
    expect(readApiConfig(environmentOf('orders-api'))).toEqual({
      ...orders,
      usersTable: 'Users',
      historyTable: 'OrderHistory',
      idempotencyTable: 'IdempotencyKeys',
    });
  });

  test('when orders-crud-handler reads it, then nothing is missing', () => {
    expect(readInvokeConfig(environmentOf('orders-crud-handler'))).toEqual(orders);
  });

  test('when orders-reconciler reads it, then nothing is missing, and it waits longer than the stream may', () => {
    const [mapping] = template.ofType('AWS::Lambda::EventSourceMapping');
    const recordAge = Number(mapping!.properties['MaximumRecordAgeInSeconds']);
    const config = readReconcilerConfig(environmentOf('orders-reconciler'));
    const { cursorKeySecret: _, ...known } = orders;
    expect(config).toEqual({
      ...known,
      historyTable: 'OrderHistory',
      historyRetentionDays: 800,
      eventBus: 'orders.Arn',
      eventSource: 'orders.service',
      graceMinutes: 420,
    });
    expect(config.graceMinutes * 60).toBeGreaterThan(recordAge);
  });

  test('7.0 #13 a bus that is not there: when orders-stream-reader reads it, then its bus is that of the template, by ARN', () => {
    expect(readStreamConfig(environmentOf('orders-stream-reader'))).toEqual({
      eventBus: 'orders.Arn',
      eventSource: 'orders.service',
      failureBucket: 'AWS::S3::Bucket',
      defaultCurrency: 'USD',
      logHashKey: 'AWS::StackId',
    });
    expect(Object.keys(environmentOf('orders-stream-reader')).filter((key) => key.includes('TABLE'))).toEqual(
      [],
    );
  });
});

describe('given the credentials of the bundles', () => {
  const saved = { ...process.env };
  afterEach(() => {
    process.env = { ...saved };
  });

  test('when Lambda has set them, then they are those of the environment', async () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_SESSION_TOKEN: 'token',
    });
    await expect(defaultProvider()()).resolves.toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'key',
      sessionToken: 'token',
    });
  });

  test('when one is missing, then it is named', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'id' });
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    await expect(defaultProvider()()).rejects.toThrow('AWS_SECRET_ACCESS_KEY is missing');
  });
});
