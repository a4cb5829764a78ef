import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const text = readFileSync(path.join(ROOT, 'ARCHITECTURE.md'), 'utf8');

/** The rows of a table as their cells, each with what stands in backticks. */
const rows = (heading: string): string[][][] => {
  const table =
    text
      .slice(text.indexOf(heading))
      .split('\n\n')
      .find((part) => part.startsWith('|')) ?? '';
  return table
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, quoted]) => quoted ?? '')),
    );
};

const isFolder = (at: string) => statSync(path.join(ROOT, at)).isDirectory();
const foldersOf = (at: string) =>
  readdirSync(path.join(ROOT, at)).filter((name) => isFolder(`${at}/${name}`));

describe('ARCHITECTURE.md', () => {
  it('is at most 150 lines', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(150);
  });

  it('names files and folders that exist', () => {
    const missing = rows('## Code map').flatMap(([where = [], , start = []]) => {
      const [folder = ''] = where;
      const base = folder.replace(/\/\*\.ts$/, '');
      return [base, ...start.map((file) => `${base}/${file}`)].filter(
        (at) => !existsSync(path.join(ROOT, at)),
      );
    });
    const local = rows('Inside `local`').flatMap(([where = []]) => where.map((name) => `local/${name}`));
    expect([...missing, ...local.filter((at) => !existsSync(path.join(ROOT, at)))]).toEqual([]);
  });

  it('leaves out no folder of the repository, of src and of local', () => {
    const mapped = rows('## Code map').flatMap(([where = []]) => where);
    const tops = new Set(mapped.map((at) => at.split('/')[0]));
    const made = ['node_modules', 'dist', 'cdk.out', 'coverage', 'reports'];
    const top = foldersOf('.').filter((name) => !name.startsWith('.') && !made.includes(name));
    expect(top.filter((name) => name !== 'docs' && !tops.has(name))).toEqual([]);
    const adapters = foldersOf('src/adapters').map((name) => `src/adapters/${name}`);
    expect(['src/domain', 'src/application', ...adapters].filter((at) => !mapped.includes(at))).toEqual([]);
    const inside = rows('Inside `local`').flatMap(([where = []]) => where);
    expect(foldersOf('local').filter((name) => !inside.includes(`${name}/`))).toEqual([]);
  });

  it('names two paths of five functions in five files, none entered twice', () => {
    const steps = [...text.matchAll(/^\d\. `(\w+)` \(`([^`]+)`\)/gm)].map(([, name, file]) => ({
      name,
      file,
    }));
    expect(steps).toHaveLength(10);
    for (const path_ of [steps.slice(0, 5), steps.slice(5)]) {
      expect(new Set(path_.map(({ file }) => file)).size).toBe(5);
      for (const { name = '', file = '' } of path_) {
        const found = [`src/${file}`, `src/adapters/${file}`].find((at) => existsSync(path.join(ROOT, at)));
        expect([file, found === undefined]).toEqual([file, false]);
        const code = readFileSync(path.join(ROOT, found ?? ''), 'utf8');
        expect([name, new RegExp(`\\b${name}\\b`).test(code)]).toEqual([name, true]);
      }
    }
  });
});
