import { readdirSync } from 'node:fs';
import path from 'node:path';
import { stageFrom } from '../../infra/settings.ts';
import { stageNamed } from '../../infra/stages.ts';
import { synthesized } from '../infra/synthesized.ts';
import { contentOf, ROOT } from './examples.ts';
import { run, script, url } from './running.ts';

/** What takes too long to be run once more: the file that runs it, and the words there that do. */
const ranBy = (file: string, words: string) => () => expect(contentOf(file)).toContain(words);

const asked = new Map<string, Promise<string>>();
/** What a command says of itself, asked once; an argument that it does not take is refused before. */
const help = (name: Parameters<typeof script>[0], ...args: string[]) => {
  const key = [name, ...args].join(' ');
  const told = asked.get(key) ?? script(name, ...args, '--help');
  asked.set(key, told);
  return told;
};
const says =
  (words: string, ...command: Parameters<typeof help>) =>
  async () => {
    expect(await help(...command)).toContain(words);
  };
/** `npm start` itself is what this test has started. */
const startTakes = (option: string) => says(option, 'start', '--seed', '--data-dir', 'DIR', '--port', '3210');

const TESTS = ['test', 'packages', 'examples'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file))
    .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules')),
);
/** `npx jest test/domain`: what it names are tests, which `npm test` runs. */
export const jestOf = (example: string): (() => unknown) | undefined => {
  const [, places] = /npx jest (.+)$/.exec(example) ?? [];
  if (places === undefined) return undefined;
  return () => {
    for (const place of places.split(' ').filter((word) => !word.startsWith('--'))) {
      expect([place, TESTS.some((file) => file.startsWith(place))]).toEqual([place, true]);
    }
  };
};

const tokenFor = (body: string) => async () => {
  const response = await fetch(`${url()}/_issuer/token`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({ access_token: expect.any(String) as string });
};

const reconcileTakes = (option: string) => says(option, 'orders', 'reconcile');
const replayTakes = (option: string) => says(option, 'orders', 'events', 'replay');
const cdkKnows = (command: string) => says(`cdk ${command} `, 'cdk');

const THROTTLE = '{"requestsPerSecond": 6000, "burst": 2500}';
const RESERVED = '{"orders-api": 400}';

/** Each example that stands alone, and how it is proved. */
export const KNOWN: Record<string, () => unknown> = {
  'npm ci': ranBy('.ci/run', 'npm ci '),
  'npm start': startTakes('npm start'),
  'npm start -- --seed': startTakes('--seed'),
  'npm start -- --help': async () => {
    expect(await run('npm', 'start', '--', '--help')).toContain('--data-dir DIR');
  },
  'npm start -- --seed --data-dir .local/data': startTakes('--data-dir DIR'),
  '--data-dir DIR': startTakes('--data-dir DIR'),
  '--port': startTakes('--port'),
  '--data-dir': startTakes('--data-dir DIR'),
  'npm run demo': async () => {
    expect(await script('demo', '--url', url())).toMatch(/OrderCreated[^]*OrderShipped/);
  },
  'POST /_issuer/token': tokenFor('{"sub": "U1001"}'),
  '{"sub": "U1001", "scope": "orders/staff"}': tokenFor('{"sub": "U1001", "scope": "orders/staff"}'),
  'npm test': ranBy('.ci/run', 'npm test '),
  'npm run check': () => {
    const { scripts } = JSON.parse(contentOf('package.json')) as { scripts: { check: string } };
    const run = contentOf('.ci/run').split('\n');
    const beside = ['npm run lint >"$scratch/lint" 2>&1 &', 'wait "$lint" || status=$?', 'exit "$status"'];
    const others = scripts.check.split(' && ').filter((part) => part !== 'npm run lint');
    expect(run).toEqual(expect.arrayContaining([...beside, ...others]));
  },
  'npm run openapi': ranBy('test/openapi/document.test.ts', 'run `npm run openapi`'),
  'npm run synth': ranBy('test/infra/stack.test.ts', 'synthesized(stage, { validated: true })'),
  'npm run simulate': async () => {
    expect(await script('simulate', '--seeds', '2', '--ops', '20')).toContain('every promise was kept');
  },
  'npm run kills': ranBy('test/kills/kills.test.ts', 'campaign('),
  'PROPERTY_TIMES=20 npx jest test packages': ranBy('jest.config.ts', "process.env['PROPERTY_TIMES']"),
  'FUZZ_REQUESTS=100000 npx jest test/fuzz': ranBy('test/fuzz/api.test.ts', "process.env['FUZZ_REQUESTS']"),
  'npm run simulate -- --help': says('--seeds', 'simulate'),
  'npm run simulate -- --seeds 1000 --ops 200': says(
    '--ops N',
    'simulate',
    '--seeds',
    '1000',
    '--ops',
    '200',
  ),
  'npm run simulate -- --changes 1000000': says('--changes N', 'simulate', '--changes', '1000000'),
  'npm run simulate -- --bug 8': ranBy('test/simulation/planted-bugs.test.ts', 'planted: PLANTED[name]'),
  'npm run soak -- --minutes 60': says('--minutes 60', 'soak', '--minutes', '60'),
  'npm run kills -- --kills 200': says('--kills 200', 'kills', '--kills', '200'),
  'npm run events': ranBy('test/events/agreement.test.ts', 'if not, run `npm run events`'),
  'npm run bench': says('all of it', 'bench'),
  'npm run bench -- hot-status': says('hot-status', 'bench'),
  'npm run bench -- event-pattern': says('event-pattern', 'bench'),
  'npm run events -- check': says('npm run events -- check', 'events'),
  'npm run events -- release': says('npm run events -- release', 'events'),
  'npm run typecheck': ranBy('package.json', '"check": "npm run typecheck && '),
  'npm run sbom': ranBy('test/security/dependencies.test.ts', "['run', '--silent', 'sbom'"),
  'PART=domain npm run mutate': ranBy('stryker.config.js', "process.env.PART ?? 'domain'"),
  'npm run release:template': ranBy('test/infra/released.test.ts', 'released(name)'),
  'npx cdk bootstrap': cdkKnows('bootstrap'),
  'npx cdk diff': cdkKnows('diff'),
  'npx cdk import': cdkKnows('import'),
  'npx cdk destroy': cdkKnows('destroy'),
  'npx cdk destroy -c stage=prod': cdkKnows('destroy'),
  'npx cdk deploy': ranBy('test/infra/deploy.test.ts', "'deploy', '--app'"),
  'npx cdk deploy --app "tsx app.ts"': says('--app', 'cdk'),
  'npx cdk deploy --app "tsx examples/daily-sales/infra/app.ts"': ranBy(
    'examples/daily-sales/test/stack.test.ts',
    'Template.fromStack',
  ),
  'npx cdk deploy --parameters JwtIssuer=https://issuer.example': ranBy(
    'test/infra/deploy.test.ts',
    "'--parameters', 'JwtIssuer=https://issuer.example'",
  ),
  'npx cdk deploy -c stage=prod -c account=111122223333 -c region=eu-central-1 -c alarmEmails=orders@example.com,night@example.com --parameters JwtIssuer=https://issuer.example':
    () =>
      expect(
        stageFrom({
          stage: 'prod',
          account: '111122223333',
          region: 'eu-central-1',
          alarmEmails: 'orders@example.com,night@example.com',
        }),
      ).toMatchObject({ account: '111122223333', alarmEmails: ['orders@example.com', 'night@example.com'] }),
  '--parameters JwtAudience=...': () => {
    expect(synthesized().json.Parameters).toHaveProperty('JwtAudience');
  },
  '-c name=value': ranBy('test/infra/settings.test.ts', 'No setting "regoin"'),
  '--bus NAME': says('--bus NAME', 'orders'),
  [`-c throttle='${THROTTLE}'`]: () =>
    expect(stageFrom({ stage: 'prod', throttle: THROTTLE }).throttle).toEqual(JSON.parse(THROTTLE)),
  [`-c reservedConcurrency='${RESERVED}'`]: () =>
    expect(stageFrom({ stage: 'prod', reservedConcurrency: RESERVED }).reservedConcurrency).toEqual(
      JSON.parse(RESERVED),
    ),
  '-c stage=prod': () => expect(stageNamed('prod')).toMatchObject({ protectData: true }),
  'npm run orders -- events tail': ranBy('test/cli/tail.test.ts', "'events', 'tail'"),
  'npm run orders -- doctor': async () => {
    expect(await script('orders', 'doctor')).toMatch(/^stream +ok /m);
  },
  'npm run orders -- token --staff U1001 --url http://127.0.0.1:3000': async () => {
    expect(await script('orders', 'token', '--staff', 'U1001', '--url', url())).toMatch(/^ey[^ ]+\n$/);
  },
  'npm run orders -- dlq list': async () => {
    expect(await script('orders', 'dlq', 'list')).toContain('order-notifications-dlq');
  },
  'npm run orders -- reconcile': async () => {
    expect(await script('orders', 'reconcile')).toMatch(/compared/);
  },
  'npm run orders -- reconcile --dry-run --grace 0': async () => {
    expect(await script('orders', 'reconcile', '--dry-run', '--grace', '0')).toMatch(/compared/);
  },
  'npm run orders -- reconcile --from 400d --to now --dry-run': async () => {
    expect(await script('orders', 'reconcile', '--from', '400d', '--to', 'now', '--dry-run')).toMatch(
      /compared/,
    );
  },
  '--grace 0': reconcileTakes('--grace MINUTES'),
  '--grace MINUTES': reconcileTakes('--grace MINUTES'),
  '--from': reconcileTakes('--from T'),
  '--to': reconcileTakes('--to T'),
  '--report FILE': reconcileTakes('--report FILE'),
  '--order': replayTakes('--order'),
  '--type': replayTakes('--type'),
  '--rate': replayTakes('--rate'),
};
