import { createLogGroups } from '../../local/logs.ts';
import { fakeClock } from './support/clock.ts';
import { recordedJournal } from './support/recorded-journal.ts';

const open = (bounds: { maxLines?: number; maxBytes?: number } = {}, journal = recordedJournal()) =>
  createLogGroups({ clock: fakeClock(), journal, ...bounds });

test('the newest lines are kept, bounded by their number', () => {
  const logs = open({ maxLines: 3 });
  for (let number = 0; number < 100; number += 1) logs.write('group', 'stream', String(number));
  expect(logs.read('group').map(({ message }) => message)).toEqual(['97', '98', '99']);
  expect(logs.names()).toEqual(['group']);
  expect(logs.read('other')).toEqual([]);
});

test('and by their bytes, a single huge line too', () => {
  const logs = open({ maxBytes: 10_000 });
  for (let number = 0; number < 100; number += 1) logs.write('group', 'stream', 'x'.repeat(1_000_000));
  const kept = logs.read('group');
  expect(kept.reduce((bytes, { message }) => bytes + message.length * 2, 0)).toBeLessThanOrEqual(10_000);
  expect(kept.length).toBeGreaterThan(0);
});

test('a line of the journal is there after a restart, one that was only written is not', async () => {
  const journal = recordedJournal();
  const logs = open({ maxLines: 3 }, journal);
  for (let number = 0; number < 5; number += 1)
    await journal.append(logs.writing('events', 'rule', String(number)));
  logs.write('function', 'stream', 'gone');
  const before = logs.read('events');
  expect(before.map(({ message }) => message)).toEqual(['2', '3', '4']);
  for (const found of [journal.lines, journal.compacted()]) {
    const next = recordedJournal(found);
    const again = open({ maxLines: 3 }, next);
    await next.load();
    expect(again.read('events')).toEqual(before);
    expect(again.names()).toEqual(['events']);
  }
});
