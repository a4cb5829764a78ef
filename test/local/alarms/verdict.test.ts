import type { AlarmState, MissingData } from '../../../local/alarms/settings.ts';
import { verdictOf } from '../../../local/alarms/verdict.ts';

const points = (text: string) => text.split(' ').map((point) => (point === '-' ? undefined : point === 'X'));

/** CloudWatch's own tables of what becomes of missing data; `retained` stands for the state that the alarm had. */
const tables: [bad: number, of: number, rows: [string, ...(AlarmState | 'retained')[]][]][] = [
  [
    3,
    3,
    [
      ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
      ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
      ['- - - - -', 'INSUFFICIENT_DATA', 'retained', 'ALARM', 'OK'],
      ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['- - X - -', 'ALARM', 'retained', 'ALARM', 'OK'],
      ['- - - - X', 'INSUFFICIENT_DATA', 'retained', 'ALARM', 'OK'],
    ],
  ],
  [
    2,
    3,
    [
      ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - X -', 'ALARM', 'retained', 'ALARM', 'OK'],
    ],
  ],
  [
    1,
    1,
    [
      ['- - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      // A metric that is sent only when it is not zero stays in alarm as long as CloudWatch looks back.
      ['X - -', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['X - 0', 'OK', 'OK', 'OK', 'OK'],
      ['- - -', 'INSUFFICIENT_DATA', 'retained', 'ALARM', 'OK'],
    ],
  ],
];
const treatments: MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const cases = tables.flatMap(([bad, of, rows]) =>
  rows.flatMap(([row, ...states]) =>
    states.map((expected, column) => [row, bad, of, treatments[column] ?? 'missing', expected] as const),
  ),
);

test.each(cases)('%s, %i of %i, missing data %s: %s', (row, bad, of, missing, expected) => {
  for (const current of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
    const rules = { datapointsToAlarm: bad, evaluationPeriods: of, missing };
    expect(verdictOf(points(row), rules, current)).toBe(expected === 'retained' ? current : expected);
  }
});
