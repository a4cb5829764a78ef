import { buildSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT, startSystem } from '../support/system.ts';

jest.setTimeout(240_000);

const PACKAGE = path.join(ROOT, 'packages/orders-client');
const MODULES = path.join(ROOT, 'node_modules');
const readme = readFileSync(path.join(PACKAGE, 'README.md'), 'utf8');

let project: string;
beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), 'orders-client-'));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const run = (cwd: string, command: string, ...arguments_: string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, arguments_, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${arguments_.join(' ')}: ${stdout}${stderr}`);
  return stdout;
};

interface Packed {
  filename: string;
  files: { path: string }[];
}
const pack = (folder: string, ...options: string[]): Packed => {
  const told = run(folder, 'npm', 'pack', '--json', '--pack-destination', project, ...options);
  return (JSON.parse(told.slice(told.indexOf('[\n'))) as [Packed])[0];
};

/** As a team would use it that has nothing but the package and its dependencies. */
describe('the package of the client', () => {
  it('has what is to be published, and installs from that alone', () => {
    rmSync(path.join(PACKAGE, 'dist'), { recursive: true, force: true });
    const own = pack(PACKAGE);
    const paths = own.files.map((file) => file.path);
    expect(paths.filter((name) => !name.startsWith('dist/')).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    const compiled = paths.filter((name) => name.endsWith('.js'));
    expect(compiled).toContain('dist/index.js');
    expect(paths.filter((name) => name.startsWith('dist/')).sort()).toEqual(
      compiled.flatMap((name) => [name.replace('.js', '.d.ts'), name]).sort(),
    );
    const others = ['openapi-fetch', 'openapi-typescript-helpers'].map((name) =>
      pack(path.join(MODULES, name), '--ignore-scripts'),
    );
    writeFileSync(path.join(project, 'package.json'), '{"private": true, "type": "module"}');
    const files = [own, ...others].map(({ filename }) => `./${filename}`);
    const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    run(project, 'npm', 'install', ...quiet, '--cache', path.join(project, 'cache'), ...files);
  });

  it('is typed without help, and does what its README shows, against the running system', async () => {
    const system = await startSystem('--port', '0', '--seed', '--quiet');
    try {
      const program = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code).join('\n');
      writeFileSync(path.join(project, 'readme.ts'), program.replace('http://127.0.0.1:3000', system.url));
      const compilerOptions = {
        target: 'ES2022',
        lib: ['ES2022', 'DOM'],
        module: 'nodenext',
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        // The declarations of packages are checked; those of the language need not be.
        skipDefaultLibCheck: true,
      };
      writeFileSync(
        path.join(project, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['readme.ts'] }),
      );
      run(project, process.execPath, path.join(MODULES, 'typescript/bin/tsc'), '-p', '.');
      const printed = run(project, process.execPath, 'readme.js').trim().split('\n');
      const promised = [...program.matchAll(/console\.log.*; \/\/ (.+)$/gm)].map(([, line = '']) => line);
      expect(promised.length).toBeGreaterThan(5);
      for (const line of promised) {
        const [start = '', end = start] = line.split('…');
        expect(printed.filter((one) => one.startsWith(start) && one.endsWith(end))).not.toEqual([]);
      }
    } finally {
      await system.kill('SIGTERM');
    }
  });

  it('is as small as its README says', () => {
    const { outputFiles } = buildSync({
      entryPoints: [path.join(PACKAGE, 'src/index.ts')],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    const size = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length / 1000;
    expect(/([\d.]+) kB minified and gzipped/.exec(readme)?.[1]).toBe(size.toFixed(1));
  });
});
