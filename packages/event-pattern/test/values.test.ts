import { compile, explain, matches } from '../src/index.ts';

const status = (...alternatives: unknown[]) => compile({ detail: { status: alternatives } });
const event = (value: unknown) => ({ detail: { status: value } });

describe('a value in a pattern', () => {
  it('matches a string that is the same to the letter', () => {
    expect(status('PAID').matches(event('PAID'))).toBe(true);
    expect(status('PAID').matches(event('paid'))).toBe(false);
  });

  it('matches one of several', () => expect(status('NEW', null, 'PAID').matches(event(null))).toBe(true));

  it('does not take a string for the literal it spells', () => {
    expect(status('null', 'true', '7').matches(event(null))).toBe(false);
    expect(status(null, true, 7).matches(event('7'))).toBe(false);
    expect(status(false).matches(event(false))).toBe(true);
  });

  it('asks for every field that the pattern names', () => {
    const matcher = compile({ source: ['shop'], detail: { status: ['PAID'] } });
    expect(matcher.matches({ source: 'shop', detail: { status: 'PAID' } })).toBe(true);
    expect(matcher.matches({ source: 'shop', detail: { status: 'NEW' } })).toBe(false);
    expect(matcher.matches({ detail: { status: 'PAID' } })).toBe(false);
  });

  it('is no property that objects inherit', () => {
    expect(matches({ constructor: { name: ['Object'] } }, {})).toBe(false);
    expect(matches({ toString: [{ exists: false }] }, {})).toBe(true);
    expect(matches({ a: [1] }, Object.create({ a: 1 }))).toBe(false);
    expect(matches('{"__proto__": {"a": [1]}}', '{"__proto__": {"a": 1}}')).toBe(true);
  });
});

describe('a number', () => {
  it.each(['1', '1.0', '1e0', '10E-1', '0.1e+1'])('equals 1 when it is written %s', (text) => {
    expect(matches(`{"a": [${text}]}`, { a: 1 })).toBe(true);
    expect(matches({ a: [1] }, `{"a": ${text}}`)).toBe(true);
  });

  it('has no negative zero', () => {
    expect(matches('{"a": [-0]}', '{"a": 0.0}')).toBe(true);
    for (const zero of ['-0', '-0e1'])
      expect(explain({ a: [1] }, `{"a": ${zero}}`).clauses[0]?.actual).toEqual([0]);
  });

  it.each([
    ['0e5', 0],
    ['0.000e3', 0],
    ['0e2147483647', 0],
    ['0.001e3', 1],
    ['1.0010e0', 1.001],
    ['1.00100e0', 1.001],
    ['1001e0', 1001],
  ])('written %s is %d', (text, value) => expect(matches({ a: [value] }, `{"a": ${text}}`)).toBe(true));

  it('that no double represents equals its own text alone', () => {
    expect(matches('{"a": [1e400]}', '{"a": 1e400}')).toBe(true);
    expect(matches('{"a": [1e400]}', '{"a": 10e399}')).toBe(false);
    expect(matches('{"a": [9007199254740993]}', '{"a": 9007199254740992}')).toBe(false);
    expect(matches('{"a": [0e99999999999]}', '{"a": 0}')).toBe(false);
    expect(matches({ a: [0] }, '{"a": 0e2147483648}')).toBe(false);
    expect(matches('{"a": [0]}', '{"a": 0e99999999999}')).toBe(false);
  });

  it('may be given as a bigint, and is null where JSON has none for it', () => {
    expect(matches({ a: [7n] }, { a: 7 })).toBe(true);
    expect(matches({ a: [7] }, { a: 7n })).toBe(true);
    expect(matches({ a: [null] }, { a: Number.NaN })).toBe(true);
    expect(matches({ a: [Infinity] }, { a: null })).toBe(true);
  });
});

describe('an event', () => {
  it.each([undefined, null, 7, 'text', '[{"a": 1}]', [{ a: 1 }], '', '{"a": 1', '{"a" 1}'])(
    'that is no JSON object matches nothing: %p',
    (notAnEvent) => {
      expect(matches({ a: [1, { exists: false }] }, notAnEvent)).toBe(false);
      expect(compile({ a: [1] }).explain(notAnEvent).reason).toBe('the event is not a JSON object');
    },
  );

  it('has no fields where JSON would not write any', () => {
    const event = { a: undefined, b: () => 1, c: Symbol('c') };
    expect(matches({ a: [{ exists: false }], b: [{ exists: false }], c: [{ exists: false }] }, event)).toBe(
      true,
    );
    expect(matches({ a: [null] }, { a: [undefined] })).toBe(true);
    expect(matches({ ...event, d: [1] }, { d: 1 })).toBe(true);
    expect(matches({ a: [undefined] }, { a: null })).toBe(true);
  });

  it('may hold more keys than a pattern has fields, and the other way about', () => {
    const fields = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, [index]]));
    const values = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, index]));
    expect(matches(fields, values)).toBe(true);
    expect(matches(fields, { ...values, k7: 8 })).toBe(false);
    const endless: unknown[] = [];
    endless.push(endless);
    expect(matches(fields, { ...values, k7: endless })).toBe(false);
  });
});
