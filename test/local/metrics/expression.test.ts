import { parseExpression } from '../../../local/metrics/expression.ts';
import type { Series } from '../../../local/metrics/math.ts';
import { compileQueries, readQueries } from '../../../local/metrics/queries.ts';

const starts = [0, 1, 2, 3, 4];
const series = (...values: (number | undefined)[]): Series =>
  new Map(values.flatMap((value, start) => (value === undefined ? [] : [[start, value] as const])));
const listed = (value: unknown) =>
  value instanceof Map ? starts.map((start) => (value as Series).get(start)) : value;
const _ = undefined;

const data: Record<string, Series> = {
  m1: series(30, 20, 0, 0, _),
  m2: series(20, _, 20, _, _),
  one: series(1, 1, 0, 0, _),
  two: series(30, _, 0, 0, 30),
  three: series(0, 0, 20, _, 20),
  none: series(),
};
const value = (text: string) =>
  listed(
    parseExpression(text).evaluate({
      starts,
      of: (id) => data[id] ?? series(),
      metrics: (containing = '') =>
        Object.entries(data).flatMap(([id, each]) => (id.includes(containing) ? [each] : [])),
    }),
  );

// The examples of CloudWatch's own documentation are among them.
test.each<[string, unknown]>([
  ['m1 + m2', [50, 20, 20, 0, _]],
  ['100 * m2 / m1', [(100 * 20) / 30, 0, _, _, _]],
  ['m1 - 5', [25, 15, -5, -5, _]],
  ['-m1', [-30, -20, 0, 0, _]],
  ['2 + 3 * 4', 14],
  ['(2 + 3) * 4', 20],
  ['10 - 4 - 3', 3],
  ['m1 < m2', [0, 0, 1, 0, _]],
  ['m1 >= 30', [1, 0, 0, 0, _]],
  ['m1 > 15 AND m2 > 15', [1, 0, 0, 0, _]],
  ['m1 > 15 || m2 > 15', [1, 1, 1, 0, _]],
  ['m1 == 0', [0, 0, 1, 1, _]],
  ['FILL(m2, 7)', [20, 7, 20, 7, 7]],
  ['FILL(none, 0)', [0, 0, 0, 0, 0]],
  ['IF(one, two, three)', [30, 0, 20, _, _]],
  ['IF(one, 5, three)', [5, 5, 20, _, _]],
  ['IF(one, two, 5)', [30, 0, 5, 5, _]],
  ['IF(one, two)', [30, 0, _, _, _]],
  ['IF(1, two, three)', [30, _, 0, 0, 30]],
  ['IF(FILL(m2, 0) > 0 AND m1 > 0, 1, 0)', [1, 0, 0, 0, 0]],
  ['SUM([m1, m2])', [50, 20, 20, 0, _]],
  ['MAX([m1, m2])', [30, 20, 20, 0, _]],
  ['SUM(METRICS("m"))', [50, 20, 20, 0, _]],
  ['SUM(FILL(METRICS("m"), 1))', [50, 21, 20, 1, 2]],
])('%s', (text, expected) => {
  expect(value(text)).toEqual(expected);
});

test.each([
  ['RATE(m1)', /uses RATE, which is not evaluated here/],
  ['SEARCH("x", "Sum")', /uses SEARCH, which is not evaluated here/],
  ['m1 +', /cannot be read at its end/],
  ['(m1', /lacks "\)" at its end/],
  ['m1 m2', /cannot be read at "m2"/],
  ['m1 ? 1', /cannot be read at "\? 1"/],
  ['IF(m1)', /gives IF 1 arguments/],
])('%s is refused in words', (text, words) => {
  expect(() => parseExpression(text)).toThrow(words);
});

const metric = (id: string) => ({
  Id: id,
  MetricStat: { Metric: { Namespace: 'N', MetricName: 'M', Dimensions: [] }, Period: 60, Stat: 'Sum' },
  ReturnData: false,
});

test.each([
  ['an id that is no query', [metric('a'), { Id: 'e', Expression: 'a + b' }], /names b, which is no query/],
  [
    'a number for a series',
    [metric('a'), { Id: 'e', Expression: '1 + 1' }],
    /e gives a number, not a series/,
  ],
  [
    'the sum of one series',
    [metric('a'), { Id: 'e', Expression: 'a / SUM(a)' }],
    /SUM of one series is not evaluated/,
  ],
  [
    'itself',
    [
      { Id: 'e', Expression: 'f + 1' },
      { Id: 'f', Expression: 'e + 1' },
    ],
    /names itself/,
  ],
  [
    'a way to fill',
    [metric('a'), { Id: 'e', Expression: 'FILL(a, a)' }],
    /FILL is evaluated here with a number only/,
  ],
])('an expression over %s is refused before there is any data', (_name, queries, words) => {
  expect(() => compileQueries(readQueries(queries))).toThrow(words);
});
