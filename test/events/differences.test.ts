import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { differences, type Effect } from '../../events/compatibility/differences.ts';
import type { JsonSchema } from '../../events/json-schema.ts';

/** zod writes it so. */
const NULLABLE: JsonSchema = { type: ['string', 'null'] };

const ajv = new Ajv2020({ strict: false });

const NAMES = ['a', 'b', 'c'];
const WORDS = ['x', 'y', 'z'];
const closedList: fc.Arbitrary<JsonSchema> = fc
  .subarray(WORDS, { minLength: 1 })
  .map((values) => ({ type: 'string', enum: values }));
const openList: fc.Arbitrary<JsonSchema> = closedList.map((list) => ({ anyOf: [list, { type: 'string' }] }));
const text: fc.Arbitrary<JsonSchema> = fc.record(
  {
    type: fc.constant('string'),
    minLength: fc.nat(2),
    maxLength: fc.integer({ min: 2, max: 4 }),
    pattern: fc.constantFrom('^x', 'y'),
  },
  { requiredKeys: ['type'] },
);
const number: fc.Arbitrary<JsonSchema> = fc.record(
  {
    type: fc.constantFrom('integer', 'number'),
    minimum: fc.integer({ min: -2, max: 1 }),
    maximum: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ['type'] },
);
const scalar = fc.oneof(
  text,
  number,
  closedList,
  openList,
  fc.constantFrom<JsonSchema>(
    { const: 'x', type: 'string' },
    { type: 'boolean' },
    { type: 'null' },
    NULLABLE,
  ),
);

const { schema: schemas } = fc.letrec<{ schema: JsonSchema; object: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'schema' },
    scalar,
    tie('object'),
    tie('schema').map((items): JsonSchema => ({ type: 'array', items })),
    tie('object').map((object): JsonSchema => ({ anyOf: [object, { type: 'null' }] })),
    tie('object').map((object): JsonSchema => ({ $ref: '#/$defs/D', $defs: { D: object } })),
  ),
  object: fc
    .tuple(fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3 }), fc.subarray(NAMES))
    .map(([properties, required]): JsonSchema => ({ type: 'object', properties, required })),
}));

/** References are of the whole schema: inner definitions move to its top, under names of their own. */
const whole = (schema: JsonSchema): JsonSchema => {
  const $defs: Record<string, JsonSchema> = {};
  const lift = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(lift);
    if (typeof value !== 'object' || value === null) return value;
    const { $defs: inner, $ref, ...rest } = value as JsonSchema;
    if ($ref === undefined)
      return Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, lift(each)]));
    const name = `D${Object.keys($defs).length}`;
    $defs[name] = {};
    $defs[name] = lift(inner?.['D']) as JsonSchema;
    return { $ref: `#/$defs/${name}` };
  };
  const lifted = lift(schema) as JsonSchema;
  return { ...lifted, $defs };
};

/** The schema with one change somewhere inside: a release seldom makes more at one place. */
const edited = (schema: JsonSchema, picks: readonly number[], other: JsonSchema): JsonSchema => {
  const [pick = 0, ...deeper] = picks;
  const { properties = {}, required = [], items, anyOf } = schema;
  const names = Object.keys(properties);
  const name = names[pick % names.length];
  if (picks.length === 0) return other;
  if (items) return { ...schema, items: edited(items, deeper, other) };
  if (anyOf) return { ...schema, anyOf: anyOf.map((each) => edited(each, deeper, other)) };
  if (schema.type !== 'object') {
    const { minimum, maximum, minLength, maxLength, pattern, ...rest } = schema;
    return pick % 2 === 0 ? rest : { ...schema, ...other };
  }
  if (name === undefined) return { ...schema, properties: { a: other } };
  const inner = edited(properties[name] ?? {}, deeper, other);
  switch (pick % 4) {
    case 0:
      return { ...schema, required: required.includes(name) ? [] : [...required, name] };
    case 1:
      return { ...schema, properties: { ...properties, [NAMES[pick % NAMES.length] ?? 'a']: other } };
    default:
      return { ...schema, properties: { ...properties, [name]: inner } };
  }
};
const related = fc
  .tuple(schemas, scalar, fc.array(fc.nat(11), { maxLength: 3 }))
  .map(([before, other, picks]) => [before, edited(before, picks, other)] as const);
const pairs = fc
  .oneof(related, fc.tuple(scalar, scalar), fc.tuple(schemas, schemas))
  .map(([before, after]) => ({ before: whole(before), after: whole(after) }));

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(...WORDS, '', 'xy', 'yyyyy', 0, 1, -1, 2, 0.5, 5, true, null),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...NAMES, 'd'), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const effects = (before: JsonSchema, after: JsonSchema): Effect[] =>
  differences(before, after).map(({ effect }) => effect);

describe('what differs between two schemas', () => {
  it('whatever the schema, nothing differs from itself, and what only explains is a patch', () => {
    fc.assert(
      fc.property(schemas.map(whole), (schema) => {
        expect(differences(schema, structuredClone(schema))).toEqual([]);
        expect(new Set(effects(schema, { ...schema, title: 't', description: 'd' }))).toEqual(
          new Set(['patch']),
        );
      }),
    );
  });

  it('whatever the schemas, if nothing is called breaking, then who knows the old one can read all that the new one allows', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.array(values, { minLength: 20, maxLength: 20 }),
        ({ before, after }, candidates) => {
          fc.pre(!effects(before, after).includes('breaking'));
          const [reads, allows] = [ajv.compile(before), ajv.compile(after)];
          const allowed = candidates.filter((each) => allows(each));
          // Only a pair of which a value tells something counts as a run.
          fc.pre(allowed.length > 0);
          for (const value of allowed) expect([value, reads(value)]).toEqual([value, true]);
        },
      ),
    );
  });

  const objects = fc.dictionary(fc.constantFrom(...NAMES), scalar, { minKeys: 1, maxKeys: 3 });
  const pick = (properties: object, n: number): string =>
    Object.keys(properties)[n % Object.keys(properties).length] ?? '';
  const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
    type: 'object',
    properties,
    required,
  });

  it('whatever the object, a field that is removed or not always there any more is breaking; one that is added is minor', () => {
    fc.assert(
      fc.property(objects, fc.nat(), scalar, (properties, n, schema) => {
        const name = pick(properties, n);
        const { [name]: _, ...fewer } = properties;
        expect(differences(object(properties), object(fewer))).toEqual([
          { path: name, effect: 'breaking', what: 'is gone' },
        ]);
        expect(differences(object(properties, [name]), object(properties))).toEqual([
          { path: name, effect: 'breaking', what: 'was always there, and is not now' },
        ]);
        expect(effects(object(properties), object(properties, [name]))).toEqual(['minor']);
        expect(differences(object(properties), object({ ...properties, added: schema }))).toEqual([
          { path: 'added', effect: 'minor', what: 'is new' },
        ]);
      }),
    );
  });

  it('whatever the list, a value that goes is breaking; one that comes is so only where the list is closed', () => {
    fc.assert(
      fc.property(fc.subarray(WORDS, { minLength: 1 }), (values_) => {
        const closed = (list: string[]): JsonSchema => ({ type: 'string', enum: list });
        const open = (list: string[]): JsonSchema => ({ anyOf: [closed(list), { type: 'string' }] });
        expect(effects(closed(values_), closed([...values_, 'new']))).toEqual(['breaking']);
        expect(effects(closed([...values_, 'new']), closed(values_))).toEqual(['breaking']);
        expect(effects(open(values_), open([...values_, 'new']))).toEqual(['minor']);
        expect(effects(open([...values_, 'new']), open(values_))).toEqual(['breaking']);
        expect(effects(closed(values_), open(values_))).toEqual(['breaking']);
        expect(effects(open(values_), closed(values_))).toEqual(['minor']);
      }),
    );
  });

  it.each<[string, JsonSchema, JsonSchema, string[]]>([
    [
      'another type',
      { type: 'string' },
      { type: 'integer' },
      ['minor: is never string any more', 'breaking: may be integer now'],
    ],
    ['null too', { type: 'string' }, NULLABLE, ['breaking: may be null now']],
    ['null no more', NULLABLE, { type: 'string' }, ['minor: is never null any more']],
    [
      'fractions too',
      { type: 'integer' },
      { type: 'number' },
      ['minor: is never integer any more', 'breaking: may be number now'],
    ],
    ['whole numbers only', { type: 'number' }, { type: 'integer' }, ['minor: is integer now']],
    [
      'a lower bound',
      { type: 'integer', minimum: 1 },
      { type: 'integer', minimum: 0 },
      ['breaking: minimum was 1, is 0'],
    ],
    [
      'no upper bound',
      { type: 'integer', maximum: 1 },
      { type: 'integer' },
      ['breaking: maximum was 1, is none'],
    ],
    [
      'a tighter bound',
      { type: 'integer', maximum: 2 },
      { type: 'integer', maximum: 1 },
      ['minor: maximum was 2, is 1'],
    ],
    [
      'another pattern',
      { type: 'string', pattern: 'a' },
      { type: 'string', pattern: 'b' },
      ['breaking: pattern was "a", is "b"'],
    ],
    [
      'another format',
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date' },
      ['breaking: format was "date-time", is "date"'],
    ],
    [
      'a keyword that is not known here',
      { type: 'array' },
      { type: 'array', uniqueItems: true },
      ['breaking: uniqueItems was none, is true, which this check cannot judge'],
    ],
    [
      'alternatives that cannot be told apart',
      { anyOf: [object({ a: { type: 'string' } }), object({ b: { type: 'string' } })] },
      { anyOf: [object({ a: { type: 'string' } }), object({ c: { type: 'string' } })] },
      ['breaking: changed in a way that this check cannot judge'],
    ],
  ])('given %s, then it says so', (_, before, after, expected) => {
    expect(differences(before, after).map(({ effect, what }) => `${effect}: ${what}`)).toEqual(expected);
  });
});
