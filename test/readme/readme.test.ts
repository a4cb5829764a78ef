import { stageFrom } from '../../infra/settings.ts';
import { OPERATIONS } from '../../openapi/operations/all.ts';
import { pseudonym } from '../../src/adapters/observability/pseudonym.ts';
import { synthesized } from '../infra/synthesized.ts';
import { connect } from '../support/system.ts';
import { NOT_RUN, RUN_ELSEWHERE } from './elsewhere.ts';
import { contentOf, DOCUMENTS, examplesOf } from './examples.ts';
import { jestOf, KNOWN } from './known.ts';
import { run, start, stop, url } from './running.ts';

jest.setTimeout(300_000);

let client: ReturnType<typeof connect>;
beforeAll(async () => {
  await start();
  client = connect(url());
});
afterAll(stop);

const TOKENS: Record<string, Record<string, string>> = {
  'orders/staff': { sub: 'U1001', scope: 'orders/staff' },
  'orders/admin': { sub: 'admin', scope: 'orders/admin' },
};

/** `GET /orders?status=PENDING`, or `PUT .../orders/{orderId}`, of one customer: one that can be sent as it stands is sent. */
const requestOf = (example: string): (() => unknown) | undefined => {
  const [method = '', at = ''] = example.replace(' ...', ' /customers/{customerId}').split(' ');
  const route = `${method} ${at.replace(/\?.*/, '')}`;
  const operation = OPERATIONS.find((known) => known.route === route);
  if (!operation) return undefined;
  if (method !== 'GET' || at.includes('{')) {
    // Sent, with their answers, by test/openapi/examples.test.ts.
    return () => expect(Object.keys(operation.examples)).not.toEqual([]);
  }
  return async () => {
    const [scope = ''] = operation.scopes;
    const claims = TOKENS[scope];
    const bearer = claims && (await client.token(claims));
    expect(await client.request('GET', at, bearer === undefined ? {} : { bearer })).toMatchObject({
      status: 200,
    });
  };
};

const runElsewhere = (file: string) => RUN_ELSEWHERE.find(({ documents }) => documents.test(file));

/** Where each example stands. */
const examples = new Map<string, string[]>();
for (const file of DOCUMENTS) {
  const { commands, inline } = examplesOf(file);
  for (const example of [...(runElsewhere(file) ? [] : commands), ...inline]) {
    const plain = example.replace('npm run -s ', 'npm run ');
    examples.set(plain, [...(examples.get(plain) ?? []), file]);
  }
}

describe('the examples of the documents', () => {
  it.each([...examples])('%s (%s)', async (example) => {
    if (example in NOT_RUN) return;
    const proof = KNOWN[example] ?? jestOf(example) ?? requestOf(example);
    if (!proof) throw new Error(`No test knows this example: say in test/readme/known.ts how it is proved.`);
    await proof();
  });

  it('are all of those that this test knows', () => {
    const known = [...Object.keys(KNOWN), ...Object.keys(NOT_RUN)];
    expect(known.filter((example) => !examples.has(example))).toEqual([]);
  });

  it('that have tests of their own are read there', () => {
    for (const { documents, by, words } of RUN_ELSEWHERE) {
      expect([by, DOCUMENTS.some((file) => documents.test(file))]).toEqual([by, true]);
      expect(contentOf(by)).toContain(words);
    }
  });

  it('in other languages stand where a test runs them', () => {
    const run = ['packages/event-pattern/README.md', 'docs/api.md'];
    const others = DOCUMENTS.filter((file) => !runElsewhere(file) && !run.includes(file));
    expect(
      others.filter((file) => {
        const { programs, invocations } = examplesOf(file);
        return programs.length + invocations.length > 0;
      }),
    ).toEqual([]);
  });
});

/** The blocks that belong together, run as they stand. */
const SCRIPTS: Record<string, (script: string) => Promise<void>> = {
  'README.md': async (script) => {
    expect(statuses(await shell(script))).toEqual([201]);
  },
  'docs/api.md': async (script) => {
    const answers = await shell(script);
    expect(statuses(answers)).toEqual([201, 200, 200, 200]);
    expect(answers).toContain('"amount":2499');
  },
  'docs/console.md': async (script) => {
    // The second command does not end by itself.
    const printed = await shell(script.replace(/curl -sN \S+/, 'timeout 3 $& || [ $? = 124 ]'));
    expect(printed).toContain('"orderId":"O5002"');
    expect(printed).toMatch(/^data: /m);
  },
  // The accounts, tokens and users of Cognito are AWS's alone: what the script reads of the stack is there.
  'docs/deploy.md': async (script) => {
    const outputs = [...script.matchAll(/\$\(out (\w+)\)/g)].map(([, name = '']) => name);
    expect(outputs.length).toBeGreaterThan(4);
    const { json } = synthesized(stageFrom({ identity: 'cognito' }));
    expect(Object.keys(json.Outputs)).toEqual(expect.arrayContaining(outputs));
    expect(await run('cdk', 'deploy', '--help')).toContain('--outputs-file');
  },
  'docs/logs-and-traces.md': async (script) => {
    const named = await run('bash', '-c', script.replace(/STACK_ID=.*/, 'STACK_ID=the-stack'));
    expect(named.trim()).toBe(pseudonym('the-stack')('C101'));
  },
};

const shell = (script: string) => run('bash', '-e', '-c', script.replaceAll('http://127.0.0.1:3000', url()));
const statuses = (answers: string) =>
  [...answers.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

describe('the scripts of the documents', () => {
  it.each(Object.keys(SCRIPTS))('%s', async (file) => {
    const { scripts } = examplesOf(file);
    expect(scripts).toHaveLength(1);
    await SCRIPTS[file]?.(scripts.join());
  });

  it('are all run', () => {
    const withScripts = DOCUMENTS.filter(
      (file) => !runElsewhere(file) && examplesOf(file).scripts.length > 0,
    );
    expect(withScripts.toSorted()).toEqual(Object.keys(SCRIPTS).toSorted());
  });

  it('of direct invocation are answered one after the other', async () => {
    const { invocations } = examplesOf('docs/api.md');
    expect(invocations).toHaveLength(7);
    const answers: unknown[] = [];
    for (const event of invocations) answers.push(await client.invoke(JSON.parse(event)));
    const order = { customerId: 'C101', orderId: 'O4444' };
    expect(answers).toMatchObject([
      { message: 'Order created' },
      { ...order, amount: 250 },
      {},
      {},
      {
        items: expect.arrayContaining([
          expect.objectContaining({ ...order, amount: 300, status: 'CONFIRMED' }),
        ]) as unknown,
      },
      { items: [order] },
      { message: 'Order deleted' },
    ]);
  });
});
