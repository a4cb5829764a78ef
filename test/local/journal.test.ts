import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../../local/journal.ts';

let directory: string;
const file = () => join(directory, 'journal.jsonl');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A part that is a sum. */
const opened = async (options: { compactAt?: number } = {}) => {
  const journal = await openJournal(directory, options);
  const sums = { a: 0, b: 0 };
  for (const part of ['a', 'b'] as const) {
    journal.register(part, {
      apply: (entry) => {
        sums[part] += entry as number;
      },
      snapshot: () => [sums[part]],
    });
  }
  await journal.load();
  return { ...journal, sums, add: (part: 'a' | 'b', entry: number) => journal.append({ part, entry }) };
};

test('what append has acknowledged is there after a new start', async () => {
  const first = await opened();
  await Promise.all([first.add('a', 1), first.add('b', 10), first.add('a', 2)]);
  await first.close();
  const second = await opened();
  expect(second.sums).toEqual({ a: 3, b: 10 });
  await second.close();
});

test('append applies before it returns, and resolves when the line is in the file', async () => {
  const journal = await opened();
  const written = journal.add('a', 1);
  expect(journal.sums.a).toBe(1);
  await written;
  expect(readFileSync(file(), 'utf8')).toBe('[["a",1]]\n');
  await journal.close();
});

test('entries of one append are one line: both or none survive', async () => {
  const journal = await opened();
  await journal.append({ part: 'a', entry: 1 }, { part: 'b', entry: 2 });
  await journal.close();
  const whole = readFileSync(file(), 'utf8');
  writeFileSync(file(), whole.slice(0, -3));
  const second = await opened();
  expect(second.sums).toEqual({ a: 0, b: 0 });
  await second.close();
});

test.each(['[["a",', '[["a",5]]', 'xx\n'])(
  'a last line that a crash tore (%j) is cut off, and appending goes on',
  async (torn) => {
    const first = await opened();
    await first.add('a', 1);
    await first.close();
    appendFileSync(file(), torn);
    const second = await opened();
    expect(second.sums.a).toBe(1);
    await second.add('a', 2);
    await second.close();
    const third = await opened();
    expect(third.sums.a).toBe(3);
    await third.close();
  },
);

test('damage before the last line is refused in one sentence', async () => {
  const first = await opened();
  await first.add('a', 1);
  await first.close();
  writeFileSync(file(), `xx\n${readFileSync(file(), 'utf8')}`);
  await expect(opened()).rejects.toThrow(/is damaged at line 1/);
});

test('an entry of an unknown part is refused, not lost', async () => {
  writeFileSync(file(), '[["c",1]]\n');
  await expect(opened()).rejects.toThrow(
    /an entry of "c" that this version cannot read .*: start the version that wrote it/,
  );
});

test('an entry that its part cannot read is refused in one sentence', async () => {
  writeFileSync(file(), '[["strict",1]]\n');
  const journal = await openJournal(directory);
  journal.register('strict', {
    apply: () => {
      throw new TypeError('no such entry');
    },
    snapshot: () => [],
  });
  await expect(journal.load()).rejects.toThrow(/"strict" that this version cannot read \(no such entry\)/);
  await journal.close();
});

test('the file is rewritten from snapshots when it has grown, and nothing is lost meanwhile', async () => {
  const journal = await opened({ compactAt: 500 });
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(Array.from({ length: 10 }, () => journal.add('a', 1)));
  }
  const size = readFileSync(file()).length;
  expect(size).toBeLessThan(2_000);
  await journal.close();
  const second = await opened();
  expect(second.sums.a).toBe(400);
  await second.close();
});

test('a second runtime on the directory is refused in one sentence', async () => {
  const first = await opened();
  await expect(openJournal(directory)).rejects.toThrow(
    `The data directory ${directory} is in use by process ${process.pid}: end it, or choose another --data-dir.`,
  );
  await first.close();
  await (await opened()).close();
});
