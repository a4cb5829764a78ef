import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import type { ApiHandler } from '../../src/adapters/api-gateway/handler.ts';
import { PROBLEM_TYPES } from '../../src/adapters/api-gateway/problem-types.ts';
import { toUserItem } from '../../src/adapters/dynamodb/user-item.ts';
import { API, apiContainer } from '../../src/adapters/container/api.ts';
import { SIGNING_KEYS } from '../../src/adapters/container/orders.ts';
import { config, context, eventOf, type Request } from '../support/api.ts';
import { keysAtHand } from '../support/cursors.ts';
import { startEngine } from '../support/engine.ts';
import { user } from '../support/users.ts';
import { requests } from './requests.ts';

/** A few seconds' worth; FUZZ_REQUESTS=100000 for as many as the promise speaks of. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 500);
const TOGETHER = 8;
const WRITES = new Set([
  'PutCommand',
  'UpdateCommand',
  'DeleteCommand',
  'TransactWriteCommand',
  'BatchWriteCommand',
]);

let engine: Awaited<ReturnType<typeof startEngine>>;
let api: ApiHandler;
let written = 0;
/** What the request under way has written: several are, as in the functions' own instances. */
const underWay = new AsyncLocalStorage<{ writes: number }>();

beforeAll(async () => {
  engine = await startEngine();
  await engine.makeTable(config.ordersTable);
  await engine.makeUsersTable(config.usersTable);
  await engine.makeHistoryTable(config.historyTable);
  await engine.makeIdempotencyTable(config.idempotencyTable);
  for (const one of [user(), user({ userId: 'U1002', active: false })]) {
    await engine.documents.send(new PutCommand({ TableName: config.usersTable, Item: toUserItem(one) }));
  }
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const container = apiContainer(config);
  container.rebind(SIGNING_KEYS).toConstantValue(keysAtHand());
  api = container.get(API);
  const send = Reflect.get(DynamoDBDocumentClient.prototype, 'send') as (
    ...given: unknown[]
  ) => Promise<unknown>;
  jest.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async function (
    this: DynamoDBDocumentClient,
    ...given: unknown[]
  ) {
    const answer = await send.apply(this, given);
    const request = underWay.getStore();
    if (request && WRITES.has((given[0] as object).constructor.name)) request.writes += 1;
    return answer as never;
  } as never);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await engine.stop();
});

const counted: Record<string, number> = {};

/** 503 tells a client to send the request again: that is load, and does not last. */
const answered = async (request: Request, tries = 3): ReturnType<ApiHandler> => {
  const answer = await api(eventOf(request), context);
  return answer.statusCode === 503 && tries > 1 ? await answered(request, tries - 1) : answer;
};

const check = async (request: Request): Promise<void> => {
  const own = { writes: 0 };
  const {
    statusCode: status = 0,
    headers = {},
    body = '',
  } = await underWay.run(own, () => answered(request));
  written += own.writes;
  counted[status] = (counted[status] ?? 0) + 1;
  expect(status).toBeLessThan(500);
  for (const value of Object.values(headers)) expect(String(value)).toMatch(/^[\x20-\x7e]*$/);
  if (status < 400) return;
  expect(own.writes).toBe(0);
  expect(headers['content-type']).toBe('application/problem+json');
  const problem = JSON.parse(body) as { code: string; status: number; correlationId: string };
  expect(Object.keys(PROBLEM_TYPES)).toContain(problem.code);
  expect(problem).toMatchObject({ status, correlationId: headers['x-correlation-id'] });
  expect(body).not.toMatch(/node_modules|\.ts:\d/);
};

it(
  'whatever is asked of any route, then never a 5xx, and nothing is written for what is refused: so no event either',
  async () => {
    const start = performance.now();
    const batch = fc.array(requests, { minLength: TOGETHER, maxLength: TOGETHER });
    const all = (several: Request[]) => Promise.all(several.map(check));
    await fc.assert(
      fc.asyncProperty(batch, async (several) => {
        await all(several);
      }),
      { numRuns: Math.ceil(REQUESTS / TOGETHER) },
    );
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(
      `${REQUESTS} requests, ${Math.round(REQUESTS / seconds)} a second, ${written} writes: ${JSON.stringify(counted)}\n`,
    );
    expect(written).toBeGreaterThan(0);
  },
  60_000 + REQUESTS * 50,
);
