import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { openJournal } from '../../local/journal.ts';
import { requireNode } from '../../local/node-version.ts';
import { connect, startSystem, startSystemBehind } from '../support/system.ts';
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

test('--quiet prints the last line only', async () => {
  const system = await startSystem('--port', '0', '--quiet');
  await system.kill('SIGTERM');
  expect([system.printed(), system.complained()]).toEqual([`ready ${system.url}\n`, '']);
});

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

test('a disk that is full is said in one sentence, ends the runtime, and loses nothing that was acknowledged: 1', async () => {
  const directory = temporary();
  const given = ['--port', '0', '--data-dir', directory.path, '--quiet'];
  const first = await startSystem(...given);
  await first.kill('SIGTERM');
  // A line without entries: the journal alone meets the limit, the engine's files are far from it.
  const blocks = 10_000;
  appendFileSync(join(directory.path, 'journal.jsonl'), `[${' '.repeat(blocks * 512 - 40_000)}]\n`);
  const full = await startSystemBehind(['sh', '-c', `ulimit -f ${blocks} && exec "$@"`, 'sh'], ...given);
  const orders: string[] = [];
  const bearer = await connect(full.url).token({ sub: 'C1', scope: 'orders/customer', customerId: 'C1' });
  const put = (order: string, url: string) =>
    connect(url)
      .request('PUT', `/customers/C1/orders/${order}`, { bearer, body: { amount: 1 } })
      .catch(() => undefined);
  for (let answer = await put('O0', full.url), next = 1; answer; next += 1) {
    if (answer.status === 201) orders.push(`O${next - 1}`);
    answer = await put(`O${next}`, full.url);
  }
  expect(await full.exited).toBe(1);
  expect(full.complained()).toBe(
    `${join(directory.path, 'journal.jsonl')} cannot be written (EFBIG: file too large, write): make room there and start again, nothing that was acknowledged is lost.\n`,
  );

  const again = await startSystem(...given);
  const client = connect(again.url);
  const token = await client.token({ sub: 'C1', scope: 'orders/customer', customerId: 'C1' });
  expect(orders.length).toBeGreaterThan(0);
  for (const order of orders) {
    const { status } = await client.request('GET', `/customers/C1/orders/${order}`, { bearer: token });
    expect([order, status]).toEqual([order, 200]);
  }
  const told = await client.receiveUntil((all) =>
    orders.every((order) => all.some(({ detail }) => detail.metadata.groupId === `C1#${order}`)),
  );
  expect(told.length).toBeGreaterThanOrEqual(orders.length);
  await again.kill('SIGTERM');
  directory.remove();
});

test('a stop that cannot write what it should is said in one sentence: 1', async () => {
  const directory = temporary();
  // As one types it, from where one is.
  const system = await startSystem('--port', '0', '--data-dir', relative(root, directory.path), '--quiet');
  const { pid } = JSON.parse(readFileSync(join(directory.path, 'engine.pid'), 'utf8')) as { pid: number };
  directory.remove();
  expect(await system.kill('SIGTERM')).toBe(1);
  expect(system.complained()).toMatch(
    /^\S+ cannot be written \(ENOENT: .+\): leave its directory where it is, or choose another --data-dir\.\n$/,
  );
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

/** A disk of its own, where the machine lets a user have one. */
const mounting = ['-Urm', 'sh', '-c', 'mount -t tmpfs -o size=2m tmpfs "$1" && shift && exec "$@"', 'sh'];
const mayMount = () => {
  const directory = temporary();
  const { status } = spawnSync('unshare', [...mounting, directory.path, 'true']);
  directory.remove();
  return status === 0;
};

(mayMount() ? test : test.skip)(
  'a disk that fills up under load ends the runtime with one sentence: 1',
  async () => {
    const directory = temporary();
    const full = await startSystemBehind(
      ['unshare', ...mounting, directory.path],
      ...['--port', '0', '--data-dir', directory.path, '--quiet'],
    );
    const { request, token } = connect(full.url);
    const bearer = await token({ sub: 'C1', scope: 'orders/customer', customerId: 'C1' });
    const put = (order: number) =>
      request('PUT', `/customers/C1/orders/O${order}`, { bearer, body: { amount: 1 } }).catch(
        () => undefined,
      );
    let order = 0;
    while (await put(order)) order += 1;
    expect(await full.exited).toBe(1);
    expect(full.complained()).toMatch(
      /^.* cannot (be written|write in) .*: make room there and start again, nothing that was acknowledged is lost\.\n$/,
    );
    directory.remove();
  },
);

test.each([
  [
    'an engine file that is none',
    'engine.sqlite',
    /^The DynamoDB engine did not start on .*engine\.sqlite: .*another --data-dir\.$/,
  ],
  [
    'a key that is none',
    'issuer-key.json',
    /^.*issuer-key\.json is damaged: delete it, and ask for new tokens after the start\.$/,
  ],
  [
    'a journal of another version',
    'journal.jsonl',
    /^.*journal\.jsonl holds an entry of "weather" .*another --data-dir\.$/,
  ],
])('%s is said in one sentence, and left as it is: 4', async (_, file, sentence) => {
  const directory = temporary();
  const content = '[["weather",{"rain":1}]]\n'.slice(file === 'journal.jsonl' ? 0 : 1).repeat(400);
  writeFileSync(join(directory.path, file), content);
  const { code, err } = await run('--port', '0', '--data-dir', directory.path, '--quiet');
  expect(err.trim()).toMatch(sentence);
  expect(code).toBe(4);
  expect(readFileSync(join(directory.path, file), 'utf8')).toBe(content);
  directory.remove();
});

test('a start that the disk refuses leaves no engine behind, and is said in one sentence: 4', async () => {
  const directory = temporary();
  // A directory where the engine's process id is to be kept: as good as a full disk.
  mkdirSync(join(directory.path, 'engine.pid', 'taken'), { recursive: true });
  const { code, err } = await run('--port', '0', '--data-dir', directory.path, '--quiet');
  expect(err.trim()).toMatch(/^.*engine\.pid.*: let this user write there, or choose another --data-dir\.$/);
  expect(code).toBe(4);
  const left = execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' });
  expect(left).not.toContain(directory.path);
  directory.remove();
});

test.each(['18.20.4', '20.18.3'])('Node.js %s is too old', (version) => {
  expect(() => requireNode(version)).toThrow(`This needs Node.js 20.19 or newer, and runs on ${version}.`);
});

test('on a Node.js that is too old the start says so in one sentence: 4', () => {
  const directory = temporary();
  const older = join(directory.path, 'older.cjs');
  writeFileSync(older, `Object.defineProperty(process.versions, 'node', { value: '20.18.3' });`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--require', older, 'local/main.ts'],
    { cwd: root, encoding: 'utf8' },
  );
  expect([stdout, stderr]).toEqual(['', 'This needs Node.js 20.19 or newer, and runs on 20.18.3.\n']);
  expect(status).toBe(4);
  directory.remove();
});

test.each(['20.19.0', '22.0.0', '24.1.0'])('Node.js %s will do', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});
