/** When a scheduled rule fires, in milliseconds. */
export interface Timetable {
  /** The first time after this one; undefined when none is left. */
  next(after: number): number | undefined;
}

export class InvalidSchedule extends Error {
  override readonly name = 'InvalidSchedule';
}

const minute = 60_000;
const day = 24 * 60 * minute;
const units: Record<string, number> = { minute, hour: 60 * minute, day };

/** `rate(1 hour)` or `cron(0 12 * * ? *)`, as EventBridge reads them, in UTC. */
export function timetableOf(expression: string): Timetable {
  const [, kind, content = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(content, expression);
  if (kind === 'cron') return cron(content.split(/\s+/), expression);
  throw new InvalidSchedule(`"${expression}" is neither rate(...) nor cron(...)`);
}

function rate(content: string, expression: string): Timetable {
  const [, digits = '', unit = '', plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(content) ?? [];
  const period = Number(digits) * (units[unit] ?? NaN);
  if (Number.isNaN(period) || (digits === '1') === (plural === 's')) {
    throw new InvalidSchedule(`"${expression}" is no rate: rate(1 minute), rate(5 minutes), hours, days`);
  }
  return { next: (after) => after + period };
}

interface Field {
  name: string;
  least: number;
  most: number;
  /** In the place of numbers, the first for the least. */
  names?: readonly string[];
  wildcards: RegExp;
}

const plain = /^[\w,*/-]+$/;
const fields: readonly Field[] = [
  { name: 'minutes', least: 0, most: 59, wildcards: plain },
  { name: 'hours', least: 0, most: 23, wildcards: plain },
  { name: 'day of month', least: 1, most: 31, wildcards: plain },
  {
    name: 'month',
    least: 1,
    most: 12,
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
    wildcards: plain,
  },
  {
    name: 'day of week',
    least: 1,
    most: 7,
    names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
    wildcards: /^[\w,*-]+$/,
  },
  { name: 'year', least: 1970, most: 2199, wildcards: plain },
];

function cron(given: readonly string[], expression: string): Timetable {
  const [, , dayOfMonth, , dayOfWeek] = given;
  if (given.length !== 6) throw new InvalidSchedule(`"${expression}" has ${given.length} fields, not six`);
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new InvalidSchedule(`"${expression}" needs ? in one of its days, that of month or of week`);
  }
  const sets = fields.map((field, at) => valuesOf(given[at] ?? '', field, expression));
  const has = (at: number, value: number) => sets[at]?.has(value) === true;
  const times = [...(sets[1] ?? [])]
    .flatMap((hour) => [...(sets[0] ?? [])].map((each) => (hour * 60 + each) * minute))
    .sort((a, b) => a - b);
  return {
    next: (after) => {
      for (let start = Math.floor(after / day) * day; ; start += day) {
        const date = new Date(start);
        if (date.getUTCFullYear() > 2199) return undefined;
        const fits = has(5, date.getUTCFullYear()) && has(3, date.getUTCMonth() + 1);
        if (!fits || !has(2, date.getUTCDate()) || !has(4, date.getUTCDay() + 1)) continue;
        const time = times.find((each) => start + each > after);
        if (time !== undefined) return start + time;
      }
    },
  };
}

function valuesOf(text: string, { name, least, most, names = [], wildcards }: Field, expression: string) {
  const fail = (why: string): never => {
    throw new InvalidSchedule(`"${expression}": ${name} "${text}" ${why}`);
  };
  const number = (value: string): number => {
    const named = names.indexOf(value.toUpperCase());
    const found = named >= 0 ? named + least : /^\d+$/.test(value) ? Number(value) : NaN;
    return found >= least && found <= most ? found : fail(`is not within ${least} and ${most}`);
  };
  const values = new Set<number>();
  const every = (from: number, to: number, step: number) => {
    for (let value = from; value <= to; value += step) values.add(value);
  };
  if (text === '?' && name.startsWith('day')) {
    every(least, most, 1);
    return values;
  }
  if (/^(L|L?W|\d+W|.*#.*|\w+L)$/.test(text)) fail('is not run on this machine: L, W and # are not');
  if (!wildcards.test(text)) fail('has a wildcard that does not belong there');
  for (const part of text.split(',')) {
    const [range = '', step = '1', more] = part.split('/');
    if (!/^[1-9]\d*$/.test(step) || more !== undefined) fail('has no whole number as its step');
    const [from = '', to, another] = range.split('-');
    if (another !== undefined) fail('is no range');
    if (from === '*') every(least, most, Number(step));
    else if (to !== undefined) every(number(from), number(to), Number(step));
    else every(number(from), part.includes('/') ? most : number(from), Number(step));
  }
  return values.size > 0 ? values : fail('is empty');
}
