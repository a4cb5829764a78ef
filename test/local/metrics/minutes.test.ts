import { createMinutes } from '../../../local/metrics/minutes.ts';
import { createClock } from '../../../local/clock.ts';
import { fakeClock } from '../support/clock.ts';

const minute = 60_000;
const start = Date.parse('2026-11-22T10:00:30Z');
const first = Date.parse('2026-11-22T10:01:00Z');

test('given time that passes, then each minute ends once, at its end', async () => {
  const clock = fakeClock(start);
  const ended: [end: number, at: number][] = [];
  const minutes = createMinutes({ clock, ended: (end) => ended.push([end, clock.now()]) });
  minutes.start();
  await clock.advance(29_999);
  expect(ended).toEqual([]);
  await clock.advance(2 * minute);
  minutes.catchUp();
  expect(ended).toEqual([first, first + minute].map((end) => [end, end]));
  const closing = minutes.close();
  await clock.advance(5 * minute);
  await closing;
  expect(ended).toHaveLength(2);
});

test('given a clock that jumps, then the minutes between end one after the other, a day of them at most', () => {
  const clock = createClock();
  const ended: number[] = [];
  const minutes = createMinutes({ clock, ended: (end) => ended.push(end) });
  clock.advance('10m');
  minutes.catchUp();
  expect(ended).toHaveLength(10);
  expect(ended.every((end, n) => n === 0 || end - (ended[n - 1] ?? 0) === minute)).toBe(true);
  clock.advance('3d');
  minutes.catchUp();
  expect(ended.length).toBeLessThanOrEqual(10 + 24 * 60 + 1);
  expect(ended.at(-1)).toBe(clock.now() - (clock.now() % minute));
});
