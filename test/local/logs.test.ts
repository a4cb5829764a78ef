import { createLogGroups } from '../../local/logs.ts';
import { fakeClock } from './support/clock.ts';

test('the newest lines are kept, bounded by their number', () => {
  const logs = createLogGroups({ clock: fakeClock(), maxLines: 3 });
  for (let number = 0; number < 100; number += 1) logs.write('group', 'stream', String(number));
  expect(logs.read('group').map(({ message }) => message)).toEqual(['97', '98', '99']);
  expect(logs.names()).toEqual(['group']);
  expect(logs.read('other')).toEqual([]);
});

test('and by their bytes, a single huge line too', () => {
  const logs = createLogGroups({ clock: fakeClock(), maxBytes: 10_000 });
  for (let number = 0; number < 100; number += 1) logs.write('group', 'stream', 'x'.repeat(1_000_000));
  const kept = logs.read('group');
  expect(kept.reduce((bytes, { message }) => bytes + message.length * 2, 0)).toBeLessThanOrEqual(10_000);
  expect(kept.length).toBeGreaterThan(0);
});
