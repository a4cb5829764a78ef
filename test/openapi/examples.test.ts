import { OPERATIONS } from '../../openapi/operations/all.ts';
import { PROBLEMS } from '../../openapi/problems.ts';
import { problem } from '../../openapi/samples.ts';
import { PROBLEM_TYPES, type ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import { TemporarilyUnavailable } from '../../src/application/ports.ts';
import { OWNER, startApi } from '../support/api.ts';
import { connect, startSystem } from '../support/system.ts';
import { lasting, sending } from './sending.ts';

jest.setTimeout(120_000);

let system: Awaited<ReturnType<typeof startSystem>>;
let examples: ReturnType<typeof sending>;
beforeAll(async () => {
  system = await startSystem('--port', '0', '--quiet');
  examples = sending(connect(system.url));
});
afterAll(async () => {
  await system.kill('SIGTERM');
});

const all = OPERATIONS.flatMap(({ examples: own, ...operation }) =>
  Object.entries(own).map(
    ([name, example]) => [`${operation.operationId} ${name}`, operation, example] as const,
  ),
);

describe('each example of the document', () => {
  it.each(all)('%s is answered as it says', async (_, { route, as }, { given = [], answers, ...example }) => {
    await examples.prepare(given);
    const { status, body } = await examples.send({ route, as, ...example });
    expect({ status, body: lasting(body) }).toEqual({ status: answers.status, body: lasting(answers.body) });
  });

  const problems = (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => [code, PROBLEMS[code]] as const);
  const expected = (code: ProblemCode) => ({
    status: PROBLEM_TYPES[code][0],
    body: lasting(problem(code, PROBLEMS[code].says)),
  });

  it.each(problems.filter(([, { condition }]) => condition === undefined || condition === 'handmade-item'))(
    'of the problem %s is answered as it says',
    async (code, { route, as, given = [], condition, path, query, headers, body }) => {
      await examples.prepare(given);
      if (condition) await examples.put('Orders', { ...path, amount: 'a lot', status: 'PENDING' });
      const request = { path, query, headers, body };
      const sent = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
      const known = OPERATIONS.some((operation) => operation.route === route);
      const answer = await examples.send({ route, as: as ?? (known ? 'owner' : 'anyone'), ...sent });
      expect({ status: answer.status, body: lasting(answer.body) }).toEqual(expected(code));
    },
  );

  const failures = { failure: new Error('a secret'), overload: new TemporarilyUnavailable('throttled') };
  it.each([
    ['internal-error', failures.failure],
    ['unavailable', failures.overload],
  ] as const)('of the problem %s is answered as it says, by a function that has it', async (code, error) => {
    const { call, orders } = startApi();
    orders.hooks.fail = error;
    const { route: routeKey, path = {}, body: sent } = PROBLEMS[code];
    const { status, body } = await call({ routeKey, path, body: sent, claims: OWNER });
    expect({ status, body: lasting(body) }).toEqual(expected(code));
  });
});
