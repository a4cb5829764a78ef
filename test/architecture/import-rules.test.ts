import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const CRUISE = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const FOLDERS = [
  'src',
  'infra',
  'openapi',
  'events',
  'local',
  'packages',
  'cli',
  'bench',
  'console',
  'examples',
];

/** Files that break rules, each beside the code that keeps them: what they import, and what the rules say to it. */
const BREAKING = [
  {
    place: 'src/domain/red',
    imported: ['node:fs', '../../application/ports.ts'],
    broken: [
      'domain-is-pure: src/domain/red/red.ts -> fs',
      'domain-is-pure: src/domain/red/red.ts -> src/application/ports.ts',
    ],
  },
  {
    place: 'src/adapters/api-gateway/red',
    imported: ['@aws-sdk/client-dynamodb', '@aws-sdk/client-sqs'],
    broken: [
      'dynamodb-has-its-own-sdk: src/adapters/api-gateway/red/red.ts -> node_modules/@aws-sdk/client-dynamodb/dist-cjs/index.js',
      'no-other-sdk: src/adapters/api-gateway/red/red.ts -> node_modules/@aws-sdk/client-sqs/dist-cjs/index.js',
    ],
  },
  {
    place: 'cli/red',
    imported: ['../../src/adapters/config.ts'],
    broken: ['cli-calls-aws: cli/red/red.ts -> src/adapters/config.ts'],
  },
  {
    place: 'packages/red',
    imported: ['../../src/domain/order.ts', '../../local/clock.ts', '../event-pattern/src/index.ts'],
    broken: [
      'packages-stand-alone: packages/red/red.ts -> src/domain/order.ts',
      'packages-stand-alone: packages/red/red.ts -> local/clock.ts',
      'packages-stand-alone: packages/red/red.ts -> packages/event-pattern/src/index.ts',
    ],
  },
];

const cruise = () => {
  const folders = FOLDERS.filter((folder) => existsSync(path.join(ROOT, folder)));
  const arguments_ = [CRUISE, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const { stdout } = spawnSync(process.execPath, arguments_, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
  const { summary } = JSON.parse(stdout) as {
    summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary;
};

describe('who may import whom', () => {
  let totalCruised = 0;
  let violations: { from: string; said: string }[] = [];
  beforeAll(() => {
    try {
      for (const { place, imported } of BREAKING) {
        mkdirSync(path.join(ROOT, place), { recursive: true });
        const lines = imported.map((name) => `import type {} from '${name}';\n`);
        writeFileSync(path.join(ROOT, place, 'red.ts'), lines.join(''));
      }
      const summary = cruise();
      ({ totalCruised } = summary);
      violations = summary.violations.map(({ rule, from, to }) => ({
        from,
        said: `${rule.name}: ${from} -> ${to}`,
      }));
    } finally {
      for (const { place } of BREAKING) rmSync(path.join(ROOT, place), { recursive: true, force: true });
    }
  }, 120_000);
  const saidOf = (belongs: (from: string) => boolean) =>
    violations.filter(({ from }) => belongs(from)).map(({ said }) => said);

  it('given the code as it is, then no rule is broken', () => {
    expect(saidOf((from) => !BREAKING.some(({ place }) => from.startsWith(place)))).toEqual([]);
    expect(totalCruised).toBeGreaterThan(100);
  });

  it.each(BREAKING)(
    'given a file in $place that breaks a rule, then the rule says so',
    ({ place, broken }) => {
      expect(saidOf((from) => from.startsWith(place))).toEqual(expect.arrayContaining(broken));
    },
  );
});
