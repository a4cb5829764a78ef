import { NotEvaluated } from './statistics.ts';

/** Values by the start of their period, in milliseconds since the epoch; a period without one is missing. */
export type Series = ReadonlyMap<number, number>;

export type Value = number | Series | Series[];

export interface Scope {
  /** The starts of all periods that are asked for. */
  starts: readonly number[];
  of: (id: string) => Value;
  /** The metrics of the request, not its expressions; with a text, those whose id contains it. */
  metrics: (containing: string | undefined) => Series[];
}

type Arithmetic = (a: number, b: number) => number | undefined;

const arithmetic: Record<string, Arithmetic> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  // A point that would divide by zero is dropped.
  '/': (a, b) => (b === 0 ? undefined : a / b),
};

const truth: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  AND: (a, b) => a !== 0 && b !== 0,
  '&&': (a, b) => a !== 0 && b !== 0,
  OR: (a, b) => a !== 0 || b !== 0,
  '||': (a, b) => a !== 0 || b !== 0,
};

export const combined = (sign: string, a: Value, b: Value): Value =>
  pairwise(a, b, arithmetic[sign] ?? (() => undefined));

export const compared = (sign: string, a: Value, b: Value): Value =>
  pairwise(a, b, (x, y) => Number(truth[sign]?.(x, y) ?? false));

export const negated = (value: Value): Value => combined('-', 0, value);

/** A value that only one of two series has meets 0 in the other. */
function pairwise(a: Value, b: Value, of: Arithmetic): Value {
  if (Array.isArray(a)) return a.map((each) => pairwise(each, b, of) as Series);
  if (Array.isArray(b)) return b.map((each) => pairwise(a, each, of) as Series);
  if (typeof a === 'number' && typeof b === 'number') return of(a, b) ?? 0;
  const starts = new Set([...startsOf(a), ...startsOf(b)]);
  return points(starts, (start) => of(at(a, start) ?? 0, at(b, start) ?? 0));
}

const startsOf = (value: number | Series): Iterable<number> =>
  typeof value === 'number' ? [] : value.keys();

const at = (value: number | Series, start: number) => (typeof value === 'number' ? value : value.get(start));

function points(starts: Iterable<number>, of: (start: number) => number | undefined): Series {
  const made = new Map<number, number>();
  for (const start of starts) {
    const value = of(start);
    if (value !== undefined) made.set(start, value);
  }
  return made;
}

const all = (name: string, of: (values: number[]) => number) => ({
  least: 1,
  most: 1,
  of: ([series]: Value[]): Value => {
    if (!Array.isArray(series)) {
      throw new NotEvaluated(`${name} of one series is not evaluated here, only of several: ${name}([a, b])`);
    }
    const starts = new Set(series.flatMap((each) => [...each.keys()]));
    return points(starts, (start) => of(series.map((each) => each.get(start) ?? 0)));
  },
});

export const functions: Readonly<
  Record<string, { least: number; most: number; of: (given: Value[], scope: Scope) => Value }>
> = {
  SUM: all('SUM', (values) => values.reduce((sum, value) => sum + value, 0)),
  MAX: all('MAX', (values) => Math.max(...values)),
  FILL: {
    least: 2,
    most: 2,
    of: ([series = 0, filling], { starts }) => {
      if (typeof filling !== 'number') throw new NotEvaluated('FILL is evaluated here with a number only');
      const filled = (each: Series) => points(starts, (start) => each.get(start) ?? filling);
      if (typeof series === 'number') return series;
      return Array.isArray(series) ? series.map(filled) : filled(series);
    },
  },
  IF: {
    least: 2,
    most: 3,
    of: ([condition = 0, then = 0, otherwise]) => {
      if (Array.isArray(condition) || Array.isArray(then) || Array.isArray(otherwise)) {
        throw new NotEvaluated('IF is evaluated here for single series only');
      }
      if (typeof condition === 'number')
        return condition !== 0 ? then : (otherwise ?? new Map<number, number>());
      return points(condition.keys(), (start) =>
        condition.get(start) !== 0
          ? (at(then, start) ?? 0)
          : otherwise === undefined
            ? undefined
            : at(otherwise, start),
      );
    },
  },
};
