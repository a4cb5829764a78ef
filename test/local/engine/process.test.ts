import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { findBinary, requireBinary } from '../../../local/engine/binary.ts';
import { openEngine } from '../../../local/engine/opening.ts';
import { endOrphan } from '../../../local/engine/process.ts';
import { Unready } from '../../../local/unready.ts';
import { systemClock } from '../../../local/clock.ts';
import { startOf } from '../../../local/processes.ts';
import { until } from '../support/clock.ts';
import { attribute, describeWithEngine, key, runEngine, tableStack, temporary } from '../support/engine.ts';

test('a platform without a binary has none', () => {
  expect(findBinary('sunos', 'sparc')).toBeUndefined();
});

test('where there is none, one sentence names the two ways out', () => {
  const required = () => requireBinary('sunos', 'sparc');
  expect(required).toThrow(Unready);
  expect(required).toThrow(
    /^There is no embedded DynamoDB engine for sunos-sparc in node_modules: set DYNAMODB_ENDPOINT to .*, or use a supported platform \(linux-x64\) with optional dependencies installed\.$/,
  );
});

describeWithEngine('the embedded engine', () => {
  const directory = temporary();
  const pidFile = join(directory.path, 'engine.pid');
  const pidOf = () => (JSON.parse(readFileSync(pidFile, 'utf8')) as { pid: number }).pid;

  afterAll(() => directory.remove());

  test('starts again after a crash, with what was written', async () => {
    const running = await runEngine(directory.path);
    await running.put('O1');
    const first = pidOf();
    process.kill(first, 'SIGKILL');
    await until(() => pidOf() !== first, 'another engine runs');
    await until(async () => (await running.records()).length === 1, 'it answers');
    expect(running.warnings).toEqual(['The DynamoDB engine ended (SIGKILL); starting it again.']);
    await running.close();
  });

  test('stands at an address that no page can guess, since it answers pages of any origin', async () => {
    const hosts = new Set<string>();
    for (const run of ['one', 'another']) {
      const opened = await openEngine({
        directory: directory.path,
        clock: systemClock,
        warn: (line) => expect([run, line]).toEqual([]),
      });
      hosts.add(new URL(opened.endpoint).hostname);
      await opened.stop();
    }
    expect(hosts.size).toBe(2);
    for (const host of hosts) expect(host).toMatch(/^127\.\d+\.\d+\.\d+$/);
  });

  test('leaves nothing behind when it is closed', async () => {
    const running = await runEngine(directory.path);
    const pid = pidOf();
    await running.close();
    expect(startOf(pid)).toBeUndefined();
    expect(existsSync(pidFile)).toBe(false);
  });

  test("a killed runtime's engine is ended at the next start, and only if it is one", async () => {
    const orphan = spawn(requireBinary(), [
      'serve',
      '--port',
      '0',
      '--db-path',
      join(directory.path, 'orphan.sqlite'),
    ]);
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const name = ({ pid = 0 }: { pid?: number | undefined }, start = startOf(pid)) =>
      writeFileSync(pidFile, JSON.stringify({ pid, start }));
    await until(
      () => startOf(orphan.pid ?? 0) !== undefined && startOf(other.pid ?? 0) !== undefined,
      'both run',
    );
    name(other);
    await endOrphan(pidFile);
    expect(startOf(other.pid ?? 0)).toBeDefined();
    name(orphan, 'earlier');
    await endOrphan(pidFile);
    expect(startOf(orphan.pid ?? 0)).toBeDefined();
    name(orphan);
    await endOrphan(pidFile);
    expect(startOf(orphan.pid ?? 0)).toBeUndefined();
    other.kill();
  });

  test('its stream history has the index without which writes slow down', async () => {
    const running = await runEngine(directory.path);
    await running.close();
    const database = new sqlite.Database(join(directory.path, 'engine.sqlite'));
    database.exec('PRAGMA locking_mode=exclusive');
    const plan = database.all(
      "EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = 'Orders'",
    );
    database.close();
    expect(JSON.stringify(plan)).toContain('local_stream_history');
    expect(running.warnings).toEqual([]);
  });

  test('records that are settled and older than a day are trimmed at a start, and numbers go on', async () => {
    const data = temporary();
    const first = await runEngine(data.path);
    for (const order of ['O1', 'O2', 'O3', 'O4']) await first.put(order);
    const before = await first.records();
    first.engine.settledUpTo('Orders', before[2]?.dynamodb.SequenceNumber ?? '');
    await first.close();
    const database = new sqlite.Database(join(data.path, 'engine.sqlite'));
    database.exec('PRAGMA locking_mode=exclusive');
    database.run('UPDATE _stream_records SET created_at = created_at - 90000 WHERE id <> 2');
    database.close();
    const second = await runEngine(data.path);
    await second.put('O5');
    const numbers = (records: typeof before) =>
      records.map(({ dynamodb }) => dynamodb.SequenceNumber.slice(-1));
    expect(numbers(await second.records())).toEqual(['2', '4', '5']);
    await second.close();
    data.remove();
  });

  test('a file of another schema gets a warning, and works', async () => {
    const data = temporary();
    const database = new sqlite.Database(join(data.path, 'engine.sqlite'));
    database.exec('CREATE TABLE something (other TEXT)');
    database.close();
    const warnings: string[] = [];
    const opened = await openEngine({
      directory: data.path,
      clock: systemClock,
      warn: (line) => warnings.push(line),
    });
    await opened.stop();
    expect(warnings).toEqual([expect.stringContaining('its schema is another than expected')]);
    data.remove();
  });
});

describeWithEngine('tables of a data directory', () => {
  const indexed = {
    AttributeDefinitions: [attribute('customer'), attribute('order'), attribute('status')],
    GlobalSecondaryIndexes: [
      { IndexName: 'GSI1', KeySchema: key('status', 'order'), Projection: { ProjectionType: 'ALL' } },
    ],
  };

  test('an index that the template has got is added and filled; one that it has lost is removed', async () => {
    const data = temporary();
    const first = await runEngine(data.path);
    await first.put('O1', { status: { S: 'PENDING' } });
    await first.close();
    const second = await runEngine(data.path, { stack: tableStack(indexed) });
    const { Items } = await second.ask('Query', {
      TableName: 'Orders',
      IndexName: 'GSI1',
      KeyConditionExpression: '#s = :s',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':s': { S: 'PENDING' } },
    });
    expect(Items).toHaveLength(1);
    await second.close();
    const third = await runEngine(data.path);
    const { Table } = await third.ask('DescribeTable', { TableName: 'Orders' });
    expect(Table).not.toHaveProperty('GlobalSecondaryIndexes');
    await third.close();
    data.remove();
  });

  test('another key is refused in one sentence', async () => {
    const data = temporary();
    await (await runEngine(data.path)).close();
    const stack = tableStack({
      KeySchema: key('customer', 'other'),
      AttributeDefinitions: [attribute('customer'), attribute('other')],
    });
    await expect(runEngine(data.path, { stack })).rejects.toThrow(
      'The table Orders of this data directory has the key (customer, order) and the template says (customer, other): choose another --data-dir.',
    );
    data.remove();
  });
});
