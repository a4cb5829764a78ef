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

const cruise = (...folders: string[]) => {
  const arguments_ = [CRUISE, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const { stdout } = spawnSync(process.execPath, arguments_, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
  const { summary } = JSON.parse(stdout) as {
    summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return {
    ...summary,
    broken: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  };
};

describe('who may import whom', () => {
  it('given the code as it is, then no rule is broken', () => {
    const { broken, totalCruised } = cruise(
      ...FOLDERS.filter((folder) => existsSync(path.join(ROOT, folder))),
    );
    expect(broken).toEqual([]);
    expect(totalCruised).toBeGreaterThan(100);
  });

  it.each([
    [
      'src/domain/red',
      ['node:fs', '../../application/ports.ts'],
      [
        'domain-is-pure: src/domain/red/red.ts -> fs',
        'domain-is-pure: src/domain/red/red.ts -> src/application/ports.ts',
      ],
    ],
    [
      'cli/red',
      ['../../src/adapters/config.ts'],
      ['cli-calls-aws: cli/red/red.ts -> src/adapters/config.ts'],
    ],
    [
      'packages/red',
      ['../../src/domain/order.ts', '../../local/clock.ts', '../event-pattern/src/index.ts'],
      [
        'packages-stand-alone: packages/red/red.ts -> src/domain/order.ts',
        'packages-stand-alone: packages/red/red.ts -> local/clock.ts',
        'packages-stand-alone: packages/red/red.ts -> packages/event-pattern/src/index.ts',
      ],
    ],
  ])('given a file in %s that breaks a rule, then the rule says so', (place, imported, broken) => {
    const folder = path.join(ROOT, place);
    try {
      mkdirSync(folder, { recursive: true });
      const lines = imported.map((name) => `import type {} from '${name}';\n`);
      writeFileSync(path.join(folder, 'red.ts'), lines.join(''));
      expect(cruise(place).broken).toEqual(expect.arrayContaining(broken));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
