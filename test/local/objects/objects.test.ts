import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createObjects } from '../../../local/objects/objects.ts';
import { fakeClock } from '../support/clock.ts';
import { recordedJournal } from '../support/recorded-journal.ts';
import { bucket, stackOf } from '../support/stack.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'objects-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function open(found: readonly string[] = []) {
  const journal = recordedJournal(found);
  const objects = createObjects({ stack: stackOf([bucket('b')]), journal, clock: fakeClock(), directory });
  await journal.load();
  await objects.sweep();
  return { journal, objects };
}

const text = (content: Uint8Array | undefined) => content && Buffer.from(content).toString();

describe('objects', () => {
  test('are there after a restart, from the lines and from their summary', async () => {
    const { journal, objects } = await open();
    await objects.put('b', 'x/1', Buffer.from('one'));
    await objects.put('b', 'x/1', Buffer.from('two'));
    await objects.put('b', 'gone', Buffer.from('gone'));
    await objects.delete('b', 'gone');
    for (const found of [journal.lines, journal.compacted()]) {
      const { objects: again } = await open(found);
      expect(text(await again.get('b', 'x/1'))).toBe('two');
      expect(await again.get('b', 'gone')).toBeUndefined();
      expect(again.list('b').map(({ key, size }) => [key, size])).toEqual([['x/1', 3]]);
    }
  });

  test('leave no file behind: overwritten, deleted, or written just before a crash', async () => {
    const { journal, objects } = await open();
    await objects.put('b', 'k', Buffer.from('1'));
    await objects.put('b', 'k', Buffer.from('2'));
    await objects.put('b', 'd', Buffer.from('3'));
    await objects.delete('b', 'd');
    expect(await readdir(directory)).toHaveLength(1);
    await writeFile(join(directory, 'torn'), 'x');
    const { objects: again } = await open(journal.lines);
    expect(await readdir(directory)).toHaveLength(1);
    expect(text(await again.get('b', 'k'))).toBe('2');
  });

  test('are not acknowledged before the journal has them', async () => {
    const { journal, objects } = await open();
    journal.cut();
    await expect(objects.put('b', 'k', Buffer.from('1'))).rejects.toThrow('The disk is gone');
    const { objects: again } = await open(journal.lines);
    expect(await again.get('b', 'k')).toBeUndefined();
  });

  test('are of the buckets of the template', async () => {
    const { objects } = await open();
    expect(objects.buckets()).toEqual(['b']);
    await expect(objects.put('other', 'k', Buffer.from(''))).rejects.toThrow('No bucket other');
  });
});
