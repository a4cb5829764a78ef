import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { stageNamed } from '../../infra/stages.ts';
import { OPERATIONS } from '../../openapi/operations/all.ts';
import manifest from '../../package.json' with { type: 'json' };
import { synthesized } from '../infra/synthesized.ts';
import { connect, startSystem } from '../support/system.ts';
import { examples, invocations, ROOT, scripts } from './examples.ts';

jest.setTimeout(300_000);

let system: Awaited<ReturnType<typeof startSystem>>;
let client: ReturnType<typeof connect>;
beforeAll(async () => {
  system = await startSystem('--port', '0', '--seed');
  client = connect(system.url);
});
afterAll(async () => {
  await system.kill('SIGTERM');
});

/** Runs a command as a reader would, but against the system of this test; gives what it printed, and throws where it fails. */
const run = async (file: string, ...args: string[]) => {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: `${system.url}/_aws`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  return (await promisify(execFile)(file, args, { cwd: ROOT, env, maxBuffer: 1e8 })).stdout;
};
/** As npm would, without its own start. */
const script = (name: keyof typeof manifest.scripts, ...args: string[]) => {
  const [file = '', ...words] = manifest.scripts[name].split(' ');
  return run(file, ...words, ...args);
};
const contentOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** What takes too long to be run once more: the file that runs it, and the words there that do. */
const ranBy = (file: string, words: string) => () => expect(contentOf(file)).toContain(words);

/** `npm start` itself is what this test has started; its options are checked before anything else, the call for help too. */
const startTakes =
  (...options: string[]) =>
  async () => {
    expect(manifest.scripts.start).toBe('node --import tsx local/main.ts');
    expect(await script('start', ...options, '--help')).toContain('Runs the template on this machine');
  };

const jestFinds =
  (...folders: string[]) =>
  () => {
    for (const folder of folders) {
      const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
      expect(files.filter((file) => file.endsWith('.test.ts'))).not.toEqual([]);
    }
  };

const tokenFor = (body: string) => async () => {
  const response = await fetch(`${system.url}/_issuer/token`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({ access_token: expect.any(String) as string });
};

const KNOWN: Record<string, () => unknown> = {
  'npm ci': ranBy('.ci/run', 'npm ci '),
  'npm start': startTakes(),
  'npm start -- --seed': startTakes('--seed'),
  'npm start -- --help': async () => {
    expect(await run('npm', 'start', '--', '--help')).toContain('--data-dir DIR');
  },
  '--data-dir DIR': startTakes('--data-dir', 'DIR'),
  '--port': startTakes('--port', '3210'),
  'npm run demo': async () => {
    expect(await script('demo', '--url', system.url)).toMatch(/OrderCreated[^]*OrderShipped/);
  },
  'POST /_issuer/token': tokenFor('{"sub": "U1001"}'),
  '{"sub": "U1001", "scope": "orders/staff"}': tokenFor('{"sub": "U1001", "scope": "orders/staff"}'),
  'npx jest test/domain test/application': jestFinds('test/domain', 'test/application'),
  'npm test': ranBy('.ci/run', 'npm test '),
  'npm run check': ranBy('.ci/run', 'npm run check'),
  'npm run openapi': ranBy('test/openapi/document.test.ts', 'run `npm run openapi`'),
  'npm run synth': ranBy('test/infra/stack.test.ts', 'synthesized(stage, { validated: true })'),
  'npm run simulate': async () => {
    expect(await script('simulate', '--seeds', '2', '--ops', '20')).toContain('every promise was kept');
  },
  'npm run kills': async () => {
    expect(await script('kills', '--help')).toContain('--kills N');
    ranBy('test/kills/kills.test.ts', 'campaign(')();
  },
  'FUZZ_REQUESTS=100000 npx jest test/fuzz': ranBy('test/fuzz/api.test.ts', "process.env['FUZZ_REQUESTS']"),
  'npx cdk deploy --parameters JwtIssuer=https://...': async () => {
    expect(await run('node_modules/.bin/cdk', 'deploy', '--help')).toContain('--parameters');
    expect(synthesized().json.Parameters).toHaveProperty('JwtIssuer');
  },
  '-c stage=prod': () => expect(stageNamed('prod')).toMatchObject({ protectData: true }),
  'npm run orders -- dlq list': async () => {
    expect(await script('orders', 'dlq', 'list')).toContain('order-notifications-dlq');
  },
  'npm run orders -- reconcile': async () => {
    expect(await script('orders', 'reconcile')).toMatch(/compared/);
  },
};

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

describe('the examples of README.md', () => {
  it.each(examples)('%s', async (example) => {
    const proof = KNOWN[example] ?? requestOf(example);
    if (!proof) throw new Error(`No test knows this example: say in ${__filename} how it is proved.`);
    await proof();
  });

  it('are all of those that this test knows', () => {
    expect(Object.keys(KNOWN).filter((known) => !examples.includes(known))).toEqual([]);
  });

  it('of the shell are answered as they should', async () => {
    expect(scripts).toHaveLength(1);
    const script = scripts.join('\n').replaceAll('http://127.0.0.1:3000', system.url);
    const answers = await run('bash', '-e', '-c', script);
    const statuses = [...answers.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
    expect(statuses).toEqual([201, 200, 200, 200]);
    expect(answers).toContain('"amount":2499');
  });

  it('of direct invocation are answered one after the other', async () => {
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
