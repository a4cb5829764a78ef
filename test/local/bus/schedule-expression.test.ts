import { timetableOf } from '../../../local/bus/schedule-expression.ts';

const from = (expression: string, after: string, count = 3) => {
  const timetable = timetableOf(expression);
  const times: string[] = [];
  for (let at = timetable.next(Date.parse(after)); at !== undefined && times.length < count;) {
    times.push(new Date(at).toISOString().replace(':00.000Z', ''));
    at = timetable.next(at);
  }
  return times;
};

test.each([
  ['rate(1 minute)', ['2026-11-22T10:08', '2026-11-22T10:09', '2026-11-22T10:10']],
  ['rate(5 hours)', ['2026-11-22T15:07', '2026-11-22T20:07', '2026-11-23T01:07']],
  ['rate(7 days)', ['2026-11-29T10:07', '2026-12-06T10:07', '2026-12-13T10:07']],
  ['cron(0 10 * * ? *)', ['2026-11-23T10:00', '2026-11-24T10:00', '2026-11-25T10:00']],
  ['cron(7 10 * * ? *)', ['2026-11-23T10:07', '2026-11-24T10:07', '2026-11-25T10:07']],
  ['cron(0/15 * * * ? *)', ['2026-11-22T10:15', '2026-11-22T10:30', '2026-11-22T10:45']],
  ['cron(0 18 ? * MON-FRI *)', ['2026-11-23T18:00', '2026-11-24T18:00', '2026-11-25T18:00']],
  ['cron(0 8 ? * 1 *)', ['2026-11-29T08:00', '2026-12-06T08:00', '2026-12-13T08:00']],
  ['cron(0 8 31 * ? *)', ['2026-12-31T08:00', '2027-01-31T08:00', '2027-03-31T08:00']],
  ['cron(0 8 29 2 ? *)', ['2028-02-29T08:00', '2032-02-29T08:00', '2036-02-29T08:00']],
  ['cron(30,0 12-13 22 nov,DEC ? 2026)', ['2026-11-22T12:00', '2026-11-22T12:30', '2026-11-22T13:00']],
  ['cron(0 0 1 1/5 ? *)', ['2027-01-01T00:00', '2027-06-01T00:00', '2027-11-01T00:00']],
  ['cron(0 0 1 1 ? 2027)', ['2027-01-01T00:00']],
  ['cron(0 0 31 2 ? *)', []],
])('after 2026-11-22T10:07, %s fires at %j', (expression, times) => {
  expect(from(expression, '2026-11-22T10:07:00Z')).toEqual(times);
});

test.each([
  ['every hour', /neither rate\(\.\.\.\) nor cron\(\.\.\.\)/],
  ['rate(1 hours)', /no rate/],
  ['rate(2 hour)', /no rate/],
  ['rate(0 hours)', /no rate/],
  ['rate(1 week)', /no rate/],
  ['cron(0 12 * * ?)', /5 fields, not six/],
  ['cron(0 12 * * * *)', /needs \? in one of its days/],
  ['cron(0 12 ? * ? *)', /needs \? in one of its days/],
  ['cron(60 12 * * ? *)', /minutes "60" is not within 0 and 59/],
  ['cron(0 12 ? * 0 *)', /day of week "0" is not within 1 and 7/],
  ['cron(0 12 L * ? *)', /day of month "L" is not run on this machine/],
  ['cron(0 12 3W * ? *)', /not run on this machine/],
  ['cron(0 12 ? * 6#3 *)', /not run on this machine/],
  ['cron(0 12 ? * 6L *)', /not run on this machine/],
  ['cron(0 12 ? * 1/2 *)', /wildcard that does not belong there/],
  ['cron(0/0 12 * * ? *)', /no whole number as its step/],
  ['cron(5-1 12 * * ? *)', /is empty/],
  ['cron(? 12 * * ? *)', /wildcard/],
])('%s is refused', (expression, reason) => {
  expect(() => timetableOf(expression)).toThrow(reason);
});
