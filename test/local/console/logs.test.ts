import { logRoutes } from '../../../local/console/log-search.ts';
import type { LogPage } from '../../../local/console/shapes/logs.ts';
import { createLogGroups } from '../../../local/logs.ts';
import { fakeClock } from '../support/clock.ts';
import { recordedJournal } from '../support/recorded-journal.ts';

const clock = fakeClock();
let logs: ReturnType<typeof createLogGroups>;
beforeEach(() => {
  logs = createLogGroups({ clock, journal: recordedJournal() });
});

const pageOf = (query: Record<string, string>) =>
  logRoutes({ logs })['GET /logs']!({
    query: new URLSearchParams(query),
    parameters: {},
    body: undefined,
  }) as LogPage;
const raws = ({ entries }: LogPage) => entries.map(({ raw }) => raw);

/** All pages, one after the other. */
const pages = (query: Record<string, string>, meanwhile: () => void = () => undefined) => {
  const read: string[][] = [];
  for (let before: string | null = ''; before !== null;) {
    const page = pageOf({ ...query, limit: '2', ...(before !== '' && { before }) });
    read.push(raws(page));
    before = page.older;
    meanwhile();
  }
  return read;
};

test('given lines of the same millisecond, then the newest comes first', async () => {
  logs.write('g', 's', 'first');
  logs.write('g', 's', 'second');
  await clock.advance(1);
  logs.write('g', 's', 'third');
  expect(raws(pageOf({}))).toEqual(['third', 'second', 'first']);
});

test('given more lines of the same millisecond than a page has, then each is shown once', async () => {
  logs.write('a', 's', 'early');
  await clock.advance(1);
  for (const line of ['1', '2', '3']) logs.write('a', 's', line);
  for (const line of ['4', '5']) logs.write('b', 's', line);
  await clock.advance(1);
  logs.write('a', 's', 'late');
  expect(pages({})).toEqual([['late', '5'], ['4', '3'], ['2', '1'], ['early']]);
  expect(pages({ group: 'a', not: '2' })).toEqual([
    ['late', '3'],
    ['1', 'early'],
  ]);
  let later = 0;
  const writing = () => logs.write('a', 's', `later ${(later += 1)}`);
  expect(pages({}, writing).flat()).toEqual(['late', '5', '4', '3', '2', '1', 'early']);
});

test.each(['', 'x', '_', '1_x', 'Infinity_1', '1.2.3_1'])(
  'given the place %j, then the newest lines are shown',
  (before) => {
    logs.write('g', 's', 'line');
    expect(raws(pageOf({ before }))).toEqual(['line']);
  },
);
