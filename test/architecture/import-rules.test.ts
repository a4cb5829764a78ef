import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const CRUISE = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const FOLDERS = ['src', 'infra', 'openapi', 'local', 'packages', 'cli', 'bench'];

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

  it('given a file that breaks a rule, then the rule says so', () => {
    const folder = path.join(ROOT, 'src/domain/red');
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        path.join(folder, 'red.ts'),
        "import 'node:fs';\nimport type {} from '../../application/ports.ts';\n",
      );
      expect(cruise('src/domain/red').broken).toEqual(
        expect.arrayContaining([
          'domain-is-pure: src/domain/red/red.ts -> fs',
          'domain-is-pure: src/domain/red/red.ts -> src/application/ports.ts',
        ]),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
