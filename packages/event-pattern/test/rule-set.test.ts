import { InvalidPatternError, matches, RuleSet } from '../src/index.ts';

function setOf(patterns: Record<string, unknown>): RuleSet {
  const rules = new RuleSet();
  for (const [id, pattern] of Object.entries(patterns)) rules.add(id, pattern);
  return rules;
}

describe('a rule set', () => {
  it('gives the rules that match, in the order in which they were added', () => {
    const rules = setOf({
      z: { a: [1] },
      y: { a: [2] },
      x: { a: [{ exists: true }] },
      w: { b: [{ exists: false }] },
    });
    expect(rules.match({ a: 1 })).toEqual(['z', 'x', 'w']);
    expect(rules.match('{"a": 2, "b": 0}')).toEqual(['y', 'x']);
    expect(rules.match({})).toEqual(['w']);
    expect(rules.match('no event')).toEqual([]);
    expect(new RuleSet().match({ a: 1 })).toEqual([]);
  });

  it('changes with what is added and deleted', () => {
    const rules = setOf({ one: { a: [1] }, two: { a: [1] } });
    expect(rules.size).toBe(2);
    expect(rules.delete('one')).toBe(true);
    expect(rules.delete('one')).toBe(false);
    expect(rules.match({ a: 1 })).toEqual(['two']);
    rules.add('two', { a: [2] });
    expect(rules.match({ a: 1 })).toEqual([]);
  });

  it('stays as it was when a pattern is refused', () => {
    const rules = setOf({ one: { a: [1] } });
    expect(() => rules.add('one', { a: 1 })).toThrow(InvalidPatternError);
    expect(rules.match({ a: 1 })).toEqual(['one']);
  });

  it('takes the dialect and the limits for all of its patterns', () => {
    const rules = new RuleSet<number>({ dialect: 'esm' });
    expect(() => rules.add(1, { a: [{ wildcard: 'a*' }] })).toThrow(InvalidPatternError);
  });

  it('finds rules that ask the same, and rules that share a part of it', () => {
    const rules = setOf({ one: { a: [1] }, two: { a: [1] }, three: { a: [1], b: [2] } });
    expect(rules.match({ a: 1 })).toEqual(['one', 'two']);
    expect(rules.match({ a: 1, b: 2 })).toEqual(['one', 'two', 'three']);
  });

  it('names a rule once, however many of its branches match', () => {
    expect(setOf({ one: { $or: [{ a: [1] }, { b: [2] }] } }).match({ a: 1, b: 2 })).toEqual(['one']);
  });

  it.each<[unknown, unknown, boolean]>([
    [{ prefix: 'a"' }, 'a', true],
    [{ prefix: 'a"' }, 'ab', false],
    [{ prefix: '"a' }, '"ab', true],
    [{ suffix: '"a' }, 'a', true],
    [{ suffix: '"a' }, 'ba', false],
    [{ suffix: 'a"' }, 'ba"', true],
    [{ prefix: { 'equals-ignore-case': 'A"' } }, 'a', true],
    [{ suffix: { 'equals-ignore-case': '"A' } }, 'a', true],
    [{ suffix: { 'equals-ignore-case': '.Png' } }, 'a.pNG', true],
    [{ 'equals-ignore-case': 'Paid' }, 'pAID', true],
    [{ 'equals-ignore-case': 'paid' }, 'unpaid', false],
    [{ 'equals-ignore-case': 'école' }, 'ÉCOLE', true],
    [{ 'equals-ignore-case': 'ß' }, 'SS', true],
    [{ 'equals-ignore-case': 'İ' }, 'i̇', true],
    [{ 'equals-ignore-case': 'ς' }, 'Σ', true],
    [{ 'equals-ignore-case': '😀' }, '??', true],
    [{ cidr: '8000::/1' }, '128.0.0.1', true],
    [{ cidr: '8000::/1' }, '255.255.255.255', false],
  ])('holds %j against %j as a pattern alone does: %s', (test, value, expected) => {
    const rules = setOf({ one: { a: [test] }, other: { a: ['x'] } });
    expect(rules.match({ a: value })).toEqual(expected ? ['one'] : []);
    expect(matches({ a: [test] }, { a: value })).toBe(expected);
  });

  it('holds more rules than a word has bits', () => {
    const rules = new RuleSet<number>();
    for (let id = 0; id < 3000; id++) rules.add(id, { a: [id % 3, { prefix: String(id) }] });
    expect(rules.match({ a: 1 })).toEqual(Array.from({ length: 1000 }, (_, index) => 3 * index + 1));
    expect(rules.match({ a: '2999' })).toEqual([2, 29, 299, 2999]);
  });
});

describe('rules of every kind on one field', () => {
  const alternatives: Record<string, unknown> = {
    text: 'paid-7',
    number: 7,
    inexact: { prefix: 'none' },
    prefix: { prefix: 'paid' },
    quotedPrefix: { prefix: 'paid-7"' },
    suffix: { suffix: '-7' },
    quotedSuffix: { suffix: '"paid-7' },
    caseless: { 'equals-ignore-case': 'PAID-7' },
    caselessPrefix: { prefix: { 'equals-ignore-case': 'PAID' } },
    caselessSuffix: { suffix: { 'equals-ignore-case': 'D-7' } },
    foreignCase: { 'equals-ignore-case': 'STRAßE' },
    head: { wildcard: 'pai*' },
    tail: { wildcard: '*-7' },
    middle: { wildcard: '*aid*' },
    letter: { wildcard: '*i*' },
    both: { wildcard: 'p*7' },
    block: { cidr: '10.0.0.0/8' },
    address: '10.0.0.7',
    equalTo: { numeric: ['=', 7] },
    above: { numeric: ['>', 3] },
    between: { numeric: ['>', 8, '<', 10] },
    there: { exists: true },
    notText: { 'anything-but': ['paid-7', 'x'] },
    notNumber: { 'anything-but': [7, 9] },
    notPrefix: { 'anything-but': { prefix: ['pa', '10'] } },
    notWildcard: { 'anything-but': { wildcard: '*aid*' } },
  };
  const rules = setOf(
    Object.fromEntries(Object.entries(alternatives).map(([id, test]) => [id, { a: [test] }])),
  );
  rules.add('inexact', '{"a": [1e400]}');
  const notStrings = ['there', 'notText', 'notNumber', 'notPrefix', 'notWildcard'];

  it.each([
    ['"x"', ['there', 'notNumber', 'notPrefix', 'notWildcard']],
    ['7', ['number', 'equalTo', 'above', 'there', 'notText', 'notPrefix', 'notWildcard']],
    ['8.5', ['above', 'between', ...notStrings]],
    ['-1', notStrings],
    ['1e400', ['inexact', ...notStrings]],
    ['null', notStrings],
    ['"10.0.0.7"', ['block', 'address', 'there', 'notText', 'notNumber', 'notWildcard']],
    ['"strasse"', ['there', 'notText', 'notNumber', 'notPrefix', 'notWildcard']],
    ['"STRASSE"', ['foreignCase', 'there', 'notText', 'notNumber', 'notPrefix', 'notWildcard']],
    [
      '["PAID-7", 4]',
      ['caseless', 'caselessPrefix', 'caselessSuffix', 'tail', 'suffix', 'above', ...notStrings],
    ],
    ['[]', []],
  ])('are found for %s', (value, expected) => {
    expect(rules.match(`{"a": ${value}}`).toSorted()).toEqual(expected.toSorted());
  });

  it('are found for the value of many of them', () => {
    const missing = ['number', 'inexact', 'foreignCase', 'block', 'address', 'equalTo', 'above', 'between'];
    const excluded = ['notText', 'notPrefix', 'notWildcard'];
    const expected = Object.keys(alternatives).filter((id) => ![...missing, ...excluded].includes(id));
    expect(rules.match({ a: 'paid-7' })).toEqual(expected);
  });
});

describe('a wildcard beside equals-ignore-case on one field', () => {
  it('matches no more than each alone, where the published engine does', () => {
    const rules = setOf({
      wildcard: { a: [{ wildcard: 'A*b' }] },
      caseless: { a: [{ 'equals-ignore-case': 'axb' }] },
    });
    expect(rules.match({ a: 'axb' })).toEqual(['caseless']);
    expect(rules.match({ a: 'ayb' })).toEqual([]);
    expect(rules.match({ a: 'AxB' })).toEqual(['caseless']);
    expect(rules.match({ a: 'Ayb' })).toEqual(['wildcard']);
  });
});
