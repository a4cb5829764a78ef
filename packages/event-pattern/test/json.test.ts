import { matches, validate } from '../src/index.ts';

const isPattern = (text: string) => validate(text).length === 0;
/** Whether the text is read up to its end, in a part that is asked for and in one that is not. */
const isEvent = (text: string) => {
  const asked = matches({ a: [{ exists: true }, { exists: false }] }, text);
  const skipped = matches({ z: [{ exists: false }] }, text);
  expect(asked).toBe(skipped);
  return asked;
};

const VALUES = [
  ...[
    '"x"',
    '""',
    '"\\u00e9\\n\\"\\\\\\/"',
    '"ü"',
    '"\\ud83d\\ude00"',
    '0',
    '-0',
    '-1.5',
    '1e5',
    '1E+5',
    '2e-3',
    '10',
  ],
  ...['true', 'false', 'null'],
];
const NO_VALUES = [
  ...[
    '"x',
    '"\t"',
    '"\\x"',
    '"\\u12"',
    '"\\u12gh"',
    "'x'",
    '01',
    '1.',
    '.5',
    '+1',
    '-',
    '1e',
    '1e+',
    'tru',
    'trux',
    'truex',
    'nul',
    'nulx',
    '"x\t"',
    '"x\t',
    '"\\x0041"',
    '\u00011',
  ],
  ...['falsx', 'falsey', 'NaN', '1x', '', '\u00a01', '1'.repeat(1001), '"\\'],
];

describe('JSON text', () => {
  it.each(VALUES)('has the value %s', (value) => {
    expect(isPattern(`{"a":[${value}]}`)).toBe(true);
    expect(isEvent(`{"a":${value}}`)).toBe(true);
    expect(isEvent(` { "a" : [ ${value} , { "b" : ${value} } , [ ] , { } ] } `)).toBe(true);
    for (const blank of ['\n', '\r', '\t', ' \r\n\t'])
      expect(isEvent(`{"a"${blank}:${blank}[${value}${blank},${blank}1]${blank}}`)).toBe(true);
    expect(matches(`{"a":[${value}]}`, `{"a":${value}}`)).toBe(true);
    expect(matches(`{"a":[${value}]}`, `{"ü":"ü","a":${value}}`)).toBe(true);
  });

  it.each(NO_VALUES)('has no value %s', (value) => {
    expect(isPattern(`{"a":[${value}]}`)).toBe(false);
    expect(isEvent(`{"a":${value}}`)).toBe(false);
    expect(isEvent(`{"a":{"b":${value}}}`)).toBe(false);
  });

  it.each([
    '{"a":[1}',
    '{"a":[1',
    '{"a":[1]',
    '{"a" [1]}',
    '{a:[1]}',
    '{"a":[1]"b":[2]}',
    '{"a":[1],}',
    '{"a":[1,]}',
    '',
  ])('is not %s', (text) => {
    expect(isPattern(text)).toBe(false);
    expect(isEvent(text)).toBe(false);
  });

  it.each([
    ['{"a":[1}', 'expected , or ] at offset 7'],
    ['{"a":[1]"b":[2]}', 'expected , or } at offset 8'],
    ['{"a" [1]}', 'expected : at offset 5'],
    ['{a:[1]}', 'expected a string at offset 1'],
    ['{"a":[tru]}', 'expected a value at offset 6'],
    [`{"a":[${'1'.repeat(1001)}]}`, 'a number is too long at offset 1007'],
  ])('is not %s, and what is wrong is told', (text, reason) => {
    expect(validate(text)).toEqual([{ path: '$', reason: `not JSON: ${reason}` }]);
  });

  it('may be empty inside, which is wrong for other reasons', () => {
    expect(validate('{"a": [ ]}')[0]?.reason).toMatch(/array of alternatives is empty/);
    expect(validate('{"a": { }}')[0]?.reason).toMatch(/object is empty/);
  });

  it('has numbers of a thousand digits', () => {
    const digits = '1'.repeat(1000);
    expect(matches(`{"a":[${digits}]}`, `{"a":${digits}}`)).toBe(true);
    expect(isPattern(`{"a":[-${digits.slice(1)}.1]}`)).toBe(true);
    expect(isEvent(`{"a":${digits}1}`)).toBe(false);
  });

  it('is read to the closing brace, as the engine does', () => {
    expect(matches('{"a": [1]} and more', '{"a": 1} and more')).toBe(true);
  });

  it('may escape keys', () => {
    expect(matches('{"\\u0061": [1]}', '{"\\u0061": 1}')).toBe(true);
    expect(matches({ a: [1] }, '{"\\u0062": 1}')).toBe(false);
  });

  it('may be long', () => {
    const value = 'x'.repeat(400_000);
    expect(matches({ a: [{ suffix: 'xy' }] }, JSON.stringify({ big: value, a: `${value}y` }))).toBe(true);
    expect(matches({ a: ['y'] }, JSON.stringify({ big: value + value + value, a: 'y' }))).toBe(true);
    expect(matches({ a: ['y'] }, JSON.stringify({ big: value.slice(0, 9000), a: 'y' }))).toBe(true);
  });
});

describe('nesting', () => {
  const nested = (open: string, leaf: string, close: string, depth: number) =>
    `{"a":${open.repeat(depth - 1)}${leaf}${close.repeat(depth - 1)}}`;

  it('is read to a thousand levels', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      expect(isEvent(nested(open, '1', close, 1000))).toBe(true);
      expect(isEvent(nested(open, '1', close, 1001))).toBe(false);
    }
    expect(matches({ a: [1] }, JSON.parse(nested('[', '1', ']', 1000)))).toBe(true);
    expect(matches({ a: [1] }, JSON.parse(nested('[', '1', ']', 1001)))).toBe(false);
    const whatever = [{ exists: true }, { exists: false }];
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, whatever]));
    for (const pattern of [{ a: whatever }, { ...many, a: whatever }]) {
      expect(matches(pattern, JSON.parse(nested('[', '1', ']', 1000)))).toBe(true);
      expect(matches(pattern, JSON.parse(nested('[', '1', ']', 1001)))).toBe(false);
    }
  });

  it('is bounded in patterns, given as text or as a value', () => {
    const options = { maxLength: 20_000 };
    const deep = (depth: number) => nested('{"a":', '[1]', '}', depth);
    expect(validate(deep(999), options)).toEqual([]);
    expect(validate(JSON.parse(deep(999)), options)).toEqual([]);
    expect(validate(deep(1000), options)[0]?.reason).toMatch(/1000 levels/);
    expect(validate(JSON.parse(deep(1000)), options)[0]?.reason).toMatch(/1000 levels/);
    const arrays = `{"a":${'['.repeat(1001)}1${']'.repeat(1001)}}`;
    expect(validate(arrays, options)[0]?.reason).toMatch(/1000 levels/);
    expect(validate(JSON.parse(arrays), options)).toEqual([
      { path: '$.a[0][0]', reason: 'nested more than 1000 levels deep' },
    ]);
    expect(validate(JSON.parse(deep(1000)), options)[0]?.path).toBe('$.a.a.a');
    const cyclic: Record<string, unknown> = {};
    cyclic['a'] = cyclic;
    expect(validate(cyclic)[0]?.reason).toMatch(/1000 levels/);
    expect(matches(deep(999), JSON.parse(deep(999)), options)).toBe(true);
    expect(matches({ a: [1] }, cyclic)).toBe(false);
  });

  it('bounds names', () => {
    const name = 'n'.repeat(50_001);
    expect(validate(`{"${name}": [1]}`, { maxLength: 100_000 })[0]?.reason).toMatch(/name is longer/);
    expect(validate(`{"${name.slice(1)}": [1]}`, { maxLength: 100_000 })).toEqual([]);
  });

  it('asks an object deeper than the event can be for nothing', () => {
    const inArrays = (depth: number) => `{"a":${'['.repeat(depth)}{"b":1}${']'.repeat(depth)}}`;
    for (const [depth, expected] of [
      [998, true],
      [999, false],
      [1000, false],
    ] as const) {
      expect(matches({ a: { b: [1] } }, inArrays(depth))).toBe(expected);
      expect(matches({ a: { b: [1] } }, JSON.parse(inArrays(depth)))).toBe(expected);
    }
  });
});
