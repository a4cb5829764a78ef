import { OPERATIONS } from '../../openapi/operations/all.ts';
import { PROBLEMS } from '../../openapi/problems/all.ts';
import type { ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import { connect, startSystem } from '../support/system.ts';
import { documented, lasting, sending } from './sending.ts';

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

const sizeOf = ({ body }: { body: unknown }) => (body as { items: unknown[] }).items.length;

const all = OPERATIONS.flatMap(({ examples: own, ...operation }) =>
  Object.entries(own).map(
    ([name, example]) => [`${operation.operationId} ${name}`, operation, example] as const,
  ),
);

describe('each example of the document', () => {
  it.each(all)(
    '%s is answered as it says',
    async (_, { route, as }, { given = [], eventually, answers, ...example }) => {
      await examples.prepare(given);
      const { status, part } = answers;
      if (part !== undefined) {
        const { body, ...answer } = await examples.send({ route, as, ...example });
        const shown: unknown = typeof part === 'string' ? String(body).slice(0, part.length) : body;
        expect({ ...answer, body: shown }).toMatchObject({ status, body: part });
        return;
      }
      const expected = { status, body: lasting(answers.body) };
      const ask = async () => {
        const { status, body } = await examples.send({ route, as, ...example });
        return { status, body: lasting(body) };
      };
      let answer = await ask();
      while (eventually && sizeOf(answer) < sizeOf(expected)) answer = await ask();
      expect(answer).toEqual(expected);
    },
  );

  const problems = (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => [code, PROBLEMS[code]] as const);
  it.each(problems.filter(([, { condition }]) => condition === undefined || condition === 'handmade-item'))(
    'of the problem %s is answered as it says',
    async (code, { route, as, given = [], condition, path, query, headers, body }) => {
      await examples.prepare(given);
      if (condition) await examples.put('Orders', { ...path, amount: 'a lot', status: 'PENDING' });
      const request = { path, query, headers, body };
      const sent = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
      const known = OPERATIONS.some((operation) => operation.route === route);
      const answer = await examples.send({ route, as: as ?? (known ? 'owner' : 'anyone'), ...sent });
      expect({ status: answer.status, body: lasting(answer.body) }).toEqual(documented(code));
    },
  );
});
