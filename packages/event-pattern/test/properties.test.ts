import fc from 'fast-check';
import { compile, explain, InvalidPatternError, matches, RuleSet, validate } from '../src/index.ts';
import { arraysOf, eventOf, fieldsOf, pathsOf, patternFrom, patternOf, RUNS } from './arbitraries.ts';

/** What is left of a value when one element is taken of each array in it: all the ways to do so. */
function choicesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.length === 0 ? [undefined] : value.flatMap(choicesOf);
  if (typeof value !== 'object' || value === null) return [value];
  return Object.entries(value).reduce<object[]>(
    (objects, [name, field]) =>
      choicesOf(field).flatMap((chosen) => objects.map((object) => ({ ...object, [name]: chosen }))),
    [{}],
  );
}

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);

describe('for any pattern and any event', () => {
  it('a pattern made from an event matches it, as a value and as text', () => {
    fc.assert(
      fc.property(fieldsOf, fc.infiniteStream(fc.nat()), (event, choices) => {
        const pattern = patternFrom(event, choices);
        expect(matches(pattern, event, { maxLength: Infinity })).toBe(true);
        expect(matches(JSON.stringify(pattern), JSON.stringify(event), { maxLength: Infinity })).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('a rule set finds the rules that match one by one', () => {
    fc.assert(
      fc.property(
        fc.array(patternOf, { maxLength: 12 }),
        fc.array(eventOf, { maxLength: 6 }),
        (patterns, events) => {
          const valid = patterns.filter((pattern) => validate(pattern).length === 0);
          const rules = new RuleSet<number>();
          for (const [id, pattern] of valid.entries()) rules.add(id, pattern);
          for (const event of events) {
            const expected = [...valid.keys()].filter((id) => matches(valid[id], event));
            expect(rules.match(event)).toEqual(expected);
            expect(rules.match(JSON.stringify(event))).toEqual(expected);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('an explanation says what the matcher says', () => {
    fc.assert(
      fc.property(patternOf, eventOf, (pattern, event) => {
        fc.pre(validate(pattern).length === 0);
        const { matched, reason } = explain(pattern, event);
        expect(matched).toBe(matches(pattern, event));
        expect(reason === null).toBe(matched);
      }),
      { numRuns: RUNS },
    );
  });

  it('fields match together if they do in one choice of an element of each array', () => {
    fc.assert(
      fc.property(pathsOf, arraysOf, (paths, event) => {
        const wanted = Object.entries(paths);
        const has = (chosen: unknown) => wanted.every(([path, value]) => valueAt(chosen, path) === value);
        const pattern = Object.fromEntries(wanted.map(([path, value]) => [path, [value]]));
        expect(matches(pattern, event)).toBe(choicesOf(event).some(has));
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it('nothing is thrown but the error for a refused pattern', () => {
    const anything = fc.oneof(fc.anything(), fc.string(), fc.json(), patternOf);
    fc.assert(
      fc.property(anything, anything, (pattern, event) => {
        const problems = validate(pattern);
        const run = () => [compile(pattern).matches(event), explain(pattern, event)];
        if (problems.length === 0) expect(run).not.toThrow();
        else expect(run).toThrow(InvalidPatternError);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a wildcard', () => {
  it('looks at each part of a long value once for each piece, with no way back', () => {
    const indexOf = jest.spyOn(String.prototype, 'indexOf');
    try {
      const pieces = 40;
      const matcher = compile({ a: [{ wildcard: `${'a*'.repeat(pieces)}b` }] });
      indexOf.mockClear();
      expect(matcher.matches({ a: `${'a'.repeat(100_000)}c` })).toBe(false);
      expect(matcher.matches({ a: `${'a'.repeat(100_000)}cb` })).toBe(true);
      expect(indexOf.mock.calls.length).toBeLessThanOrEqual(2 * pieces);
    } finally {
      indexOf.mockRestore();
    }
  });
});
