import fc from 'fast-check';

/** How often a law is tried; PROPERTY_TIMES=20 for as many times more. */
export const RUNS = 500 * Number(process.env['PROPERTY_TIMES'] ?? 1);

const text = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'ab',
    'aB',
    'abc',
    'b',
    'é',
    'É',
    'ß',
    'SS',
    'i',
    'İ',
    'ς',
    'Σ',
    '😀',
    '??',
    '"',
    'a"',
    '*',
    '\\',
    '10.0.0.1',
    '255.255.255.255',
    '::1',
  ),
  fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B'), maxLength: 5 }),
);
const number = fc.oneof(fc.constantFrom(0, -0, 1, 2, 2.5, -1, 300), fc.integer({ min: -3, max: 5 }));
const leaf = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const key = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c');

const wildcard = fc
  .array(fc.constantFrom('*', 'a', 'b', 'A', 'B', 'ab', '\\*', '\\\\'), { maxLength: 6 })
  .map((parts) => parts.join('').replace(/\*{2,}/g, '*'));
const listOr = <Item>(item: fc.Arbitrary<Item>) =>
  fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
const ignoreCase = text.map((value) => ({ 'equals-ignore-case': value }));
const numeric = fc.oneof(
  fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), number),
  fc.tuple(fc.constantFrom('>', '>='), number, fc.constantFrom('<', '<='), number),
);
const excluded = fc.oneof(
  listOr(text),
  listOr(number),
  fc.record({ prefix: listOr(text) }),
  fc.record({ suffix: listOr(text) }),
  fc.record({ 'equals-ignore-case': listOr(text) }),
  fc.record({ wildcard: listOr(wildcard) }),
);
const alternative = fc.oneof(
  leaf,
  fc.record({ prefix: fc.oneof(text, ignoreCase) }),
  fc.record({ suffix: fc.oneof(text, ignoreCase) }),
  ignoreCase,
  fc.record({ wildcard }),
  fc.record({ numeric }),
  fc.record({ 'anything-but': excluded }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ cidr: fc.constantFrom('10.0.0.0/8', '10.0.0.0/31', '::/64', '8000::/1', '0.0.0.0/0') }),
);

/** Patterns over few keys and values, most of them valid. */
export const patternOf: fc.Arbitrary<object> = fc.letrec<{ pattern: object }>((tie) => {
  const alternatives = fc.array(alternative, { minLength: 1, maxLength: 3 });
  const field = fc.oneof(
    { maxDepth: 2, depthIdentifier: 'pattern' },
    alternatives,
    alternatives,
    tie('pattern'),
  );
  const branches = fc.array(tie('pattern'), { minLength: 2, maxLength: 2 });
  const or = fc.option(branches, { nil: undefined, freq: 1, maxDepth: 2, depthIdentifier: 'pattern' });
  return {
    pattern: fc
      .tuple(fc.dictionary(key, field, { minKeys: 1, maxKeys: 3 }), or)
      .map(([fields, $or]) => ($or === undefined ? fields : { ...fields, $or })),
  };
}).pattern;

/** Events over the same keys and values, with arrays in arrays. */
export const eventOf: fc.Arbitrary<object> = fc.letrec<{ event: object; value: unknown }>((tie) => ({
  event: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 4 }), tie('event')),
})).event;

/** Events with any keys and strings, of fields that are leaves or objects. */
export const fieldsOf: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{ fields: Record<string, unknown> }>(
  (tie) => ({
    fields: fc.dictionary(
      fc.string({ unit: 'grapheme', maxLength: 6 }).filter((name) => name !== '$or' && !name.includes('.')),
      fc.oneof({ maxDepth: 3 }, fc.oneof(leaf, fc.string({ unit: 'grapheme' }), fc.double()), tie('fields')),
      { minKeys: 1, maxKeys: 5 },
    ),
  }),
).fields;

/** A pattern that asks for each field of an event in one of the ways in which its value can be asked for. */
export function patternFrom(event: Record<string, unknown>, choices: Iterator<number>): object {
  const entries = Object.entries(event).map(([name, value]) => {
    const isObject = typeof value === 'object' && value !== null;
    return [
      name,
      isObject ? patternFrom(value as Record<string, unknown>, choices) : [wayTo(value, choices)],
    ];
  });
  return Object.fromEntries(entries) as object;
}

function wayTo(value: unknown, choices: Iterator<number>): unknown {
  const ways: unknown[] = [value, { exists: true }, { 'anything-but': 'no such text' }];
  if (typeof value === 'number' && Number.isFinite(value)) ways.push({ numeric: ['=', value] });
  if (typeof value === 'string') {
    const half = value.length >> 1;
    const [start, end] = [value.slice(0, half), value.slice(half)];
    ways.push({ prefix: start }, { suffix: end });
    const escaped = (part: string) => part.replace(/[\\*]/g, '\\$&');
    ways.push({ wildcard: `${escaped(start)}*${escaped(end)}` });
  }
  return ways[Number(choices.next().value) % ways.length];
}

const PATHS = ['x', 'y', 'a.x', 'a.y', 'a.b.x', 'a.b.y', 'c.x', 'c.y'];

/** Which value each of some paths is to have. */
export const pathsOf: fc.Arbitrary<Record<string, number>> = fc.dictionary(
  fc.constantFrom(...PATHS),
  fc.constantFrom(0, 1),
  { minKeys: 1, maxKeys: 5 },
);

/** An object, an array of them, or an array of these. */
const inArrays = (one: fc.Arbitrary<object>): fc.Arbitrary<object> => {
  const list = fc.array(one, { maxLength: 3 });
  return fc.oneof(one, list, list, fc.array(fc.oneof(one, list), { maxLength: 2 }));
};
const leaves = { x: fc.constantFrom(0, 1), y: fc.constantFrom(0, 1) };
const innermost = inArrays(fc.record(leaves, { requiredKeys: [] }));
const inner = inArrays(fc.record({ ...leaves, b: innermost }, { requiredKeys: [] }));

/** Events over those paths. */
export const arraysOf: fc.Arbitrary<object> = fc.record(
  { ...leaves, a: inner, c: innermost },
  { requiredKeys: [] },
);
