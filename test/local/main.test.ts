import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openJournal } from '../../local/journal.ts';
import { requireNode } from '../../local/node-version.ts';
import { startSystem } from '../support/system.ts';
import { until } from './support/clock.ts';
import { temporary } from './support/engine.ts';

const root = join(__dirname, '../..');

const run = (...options: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'local/main.ts', ...options],
      { cwd: root },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });

test('--help says what there is, and starts nothing', async () => {
  const { code, out } = await run('--help');
  expect(code).toBe(0);
  expect(out).toContain('--data-dir DIR');
});

test.each([['--prot', '1'], ['--port', 'http'], ['--port', '65536'], ['something']])(
  '%s %s is a wrong argument: 2',
  async (...options) => {
    const { code, err } = await run(...options);
    expect(code).toBe(2);
    expect(err).toContain('--data-dir DIR');
  },
);

test('a port that is taken is said in one sentence: 4', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  const { code, err } = await run('--port', String(port));
  server.close();
  expect(code).toBe(4);
  expect(err).toBe(`Port ${port} is taken: end what uses it, or choose another with --port.\n`);
});

test('a data directory in use is said in one sentence: 4', async () => {
  const directory = temporary();
  const journal = await openJournal(directory.path);
  const { code, err } = await run('--port', '0', '--data-dir', directory.path);
  await journal.close();
  directory.remove();
  expect(code).toBe(4);
  expect(err).toBe(
    `The data directory ${directory.path} is in use by process ${process.pid}: end it, or choose another --data-dir.\n`,
  );
});

test('an engine that keeps ending is said in one sentence, and ends the runtime: 1', async () => {
  const directory = temporary();
  const system = await startSystem('--port', '0', '--data-dir', directory.path, '--quiet');
  const pidOf = () =>
    (JSON.parse(readFileSync(join(directory.path, 'engine.pid'), 'utf8')) as { pid: number }).pid;
  for (let last = 0, kill = 0; kill < 4; kill += 1) {
    await until(() => pidOf() !== last, 'the engine runs');
    last = pidOf();
    process.kill(last, 'SIGKILL');
  }
  expect(await system.exited).toBe(1);
  expect(system.complained().trim().split('\n').at(-1)).toBe(
    `The DynamoDB engine keeps ending; its file is ${join(directory.path, 'engine.sqlite')}.`,
  );
  directory.remove();
});

test.each(['18.20.4', '20.18.3'])('Node.js %s is too old', (version) => {
  expect(() => requireNode(version)).toThrow(`This needs Node.js 20.19 or newer, and runs on ${version}.`);
});

test.each(['20.19.0', '22.0.0', '24.1.0'])('Node.js %s will do', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});
