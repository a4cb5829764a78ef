import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { INVOKE, invokeContainer } from '../../src/adapters/container/invoke.ts';
import { SIGNING_KEYS } from '../../src/adapters/container/orders.ts';
import type { InvokeHandler } from '../../src/adapters/invoke/handler.ts';
import { unicodeText } from '../support/unicode-text.ts';
import { config, context } from '../support/api.ts';
import { keysAtHand } from '../support/cursors.ts';
import { startEngine } from '../support/engine.ts';

jest.setTimeout(600_000);

/** FUZZ_REQUESTS=100000 for a long look. */
const INVOCATIONS = Number(process.env['FUZZ_REQUESTS'] ?? 500);
const WRITES = ['PutCommand', 'UpdateCommand', 'DeleteCommand', 'TransactWriteCommand', 'BatchWriteCommand'];

let engine: Awaited<ReturnType<typeof startEngine>>;
let invoke: InvokeHandler;
let writes = 0;
beforeAll(async () => {
  engine = await startEngine();
  await engine.makeTable(config.ordersTable);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const container = invokeContainer(config);
  container.rebind(SIGNING_KEYS).toConstantValue(keysAtHand());
  invoke = container.get(INVOKE);
  const send = Reflect.get(DynamoDBDocumentClient.prototype, 'send') as (
    ...given: unknown[]
  ) => Promise<unknown>;
  jest.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async function (
    this: DynamoDBDocumentClient,
    ...given: unknown[]
  ) {
    const answer = await send.apply(this, given);
    if (WRITES.includes((given[0] as object).constructor.name)) writes += 1;
    return answer as never;
  } as never);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await engine.stop();
});

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  unicodeText({ maxLength: 40 }),
  fc.constantFrom(
    '',
    '__proto__',
    '\ud800',
    '\u0000',
    'x'.repeat(2_000),
    -1,
    0.5,
    2 ** 53,
    1e308,
    null,
    [],
    {},
  ),
);
const mostly = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });
const key = {
  customerId: mostly(fc.constantFrom('C101', 'C102')),
  orderId: mostly(fc.stringMatching(/^O[0-9]$/)),
};
const content = {
  amount: mostly(fc.nat()),
  currency: mostly(fc.constantFrom('USD', 'EUR', 'QQQ')),
  items: mostly(fc.constant([{ sku: 'A', quantity: 2, unitAmount: 3 }])),
  note: mostly(fc.string({ minLength: 1, maxLength: 20 })),
};
const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  mostly(
    fc
      .tuple(
        fc.record(fields, { requiredKeys: [] }),
        fc.dictionary(fc.string(), odd, { maxKeys: 1 }),
        fc.nat(5),
      )
      .map(([known, unknown, chance]) => (chance === 0 ? { ...unknown, ...known } : known)),
  );
const actions = {
  create: fc.record({ action: fc.constant('create'), item: some({ ...key, ...content }) }),
  read: fc.record({ action: fc.constant('read'), ...key }),
  amend: fc.record({ action: fc.constant('update'), ...key, changes: some(content) }),
  move: fc.record(
    {
      action: fc.constant('update'),
      ...key,
      status: mostly(fc.constantFrom('CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
      reason: mostly(fc.string({ minLength: 1 })),
      version: mostly(fc.nat(3)),
    },
    { requiredKeys: ['action', 'customerId', 'orderId', 'status'] },
  ),
  delete: fc.record({ action: fc.constant('delete'), ...key }),
  list: fc.record(
    {
      action: fc.constant('list'),
      customerId: key.customerId,
      status: mostly(fc.constant('PENDING')),
      limit: mostly(fc.integer({ min: 1, max: 3 })),
      cursor: odd,
      order: mostly(fc.constant('desc')),
    },
    { requiredKeys: ['action'] },
  ),
};
const event = fc.oneof(
  { weight: 6, arbitrary: actions.create },
  ...Object.values(actions).map((arbitrary) => ({ weight: 3, arbitrary })),
  { weight: 1, arbitrary: odd },
  { weight: 1, arbitrary: fc.constantFrom('toString', '__proto__', 'day').map((action) => ({ action })) },
);

it('given whatever is invoked, then an answer or a refusal with a code, nothing thrown, and nothing written for a refusal', async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(event, async (given) => {
      writes = 0;
      // As Lambda hands it on: what JSON can say.
      const answer = (await invoke(JSON.parse(JSON.stringify(given ?? null)), context)) as Record<
        string,
        unknown
      >;
      expect(typeof answer).toBe('object');
      expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:\d/);
      made += writes;
      if (!('error' in answer)) return;
      expect(writes).toBe(0);
      expect(answer['error']).toEqual(expect.stringMatching(/^[A-Z]/));
      expect(answer['error'] === 'Invalid action' || typeof answer['code'] === 'string').toBe(true);
    }),
    { numRuns: INVOCATIONS },
  );
  expect(made).toBeGreaterThan(0);
});
