import { matches } from '../src/index.ts';

const passes = (operator: object | string, value: unknown) => matches({ a: [operator] }, { a: value });

describe('prefix and suffix', () => {
  it('match the ends of strings', () => {
    expect(passes({ prefix: 'ord_' }, 'ord_1')).toBe(true);
    expect(passes({ prefix: 'ord_' }, 'order')).toBe(false);
    expect(passes({ suffix: '.png' }, 'a.png')).toBe(true);
    expect(passes({ suffix: '.png' }, 'a.PNG')).toBe(false);
  });

  it('match every string when they are empty, and nothing else', () => {
    expect(passes({ prefix: '' }, '')).toBe(true);
    expect(passes({ suffix: '' }, 7)).toBe(false);
    expect(passes({ prefix: '' }, null)).toBe(false);
  });

  it('may ignore case', () => {
    expect(passes({ prefix: { 'equals-ignore-case': 'ORD' } }, 'ord_1')).toBe(true);
    expect(passes({ suffix: { 'equals-ignore-case': '.Png' } }, 'a.pNG')).toBe(true);
    expect(passes({ suffix: { 'equals-ignore-case': '.Png' } }, 'a.jpg')).toBe(false);
  });

  it('reach to the quotes around a string, as in the engine', () => {
    expect(passes({ prefix: 'a"' }, 'a')).toBe(true);
    expect(passes({ suffix: '"a' }, 'a')).toBe(true);
    expect(passes({ prefix: 'b"' }, 'a')).toBe(false);
    expect(passes({ prefix: { 'equals-ignore-case': 'A"' } }, 'a')).toBe(true);
    expect(passes({ suffix: { 'equals-ignore-case': '"A' } }, 'a')).toBe(true);
  });
});

describe('equals-ignore-case', () => {
  it.each([
    ['paid', 'PAID', true],
    ['paid', 'pai', false],
    ['paid', 'paid ', false],
    ['école', 'ÉCOLE', true],
    ['ß', 'SS', true],
    ['ss', 'ß', false],
    ['İ', 'i̇', true],
    ['İ', 'i', false],
    ['k', '\u212a', false],
    ['Σ', 'ς', false],
    ['ς', 'Σ', true],
    ['😀', '😀', false],
    ['😀', '??', true],
  ])('takes %s for %s: %s', (pattern, value, expected) =>
    expect(passes({ 'equals-ignore-case': pattern }, value)).toBe(expected),
  );
});

describe('wildcard', () => {
  it.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['a*c', 'ac', true],
    ['a*c', 'abcd', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*bc', 'abc', false],
    ['*ab*ab*', 'ab', false],
    ['*x', 'yx', true],
    ['plain', 'plain', true],
    ['plain', 'plainly', false],
    ['a\\*c', 'a*c', true],
    ['a\\*c', 'abc', false],
    ['\\\\*', '\\x', true],
    ['a*bc*c', 'abc', false],
  ])('%s takes %s: %s', (pattern, value, expected) =>
    expect(passes({ wildcard: pattern }, value)).toBe(expected),
  );

  it('matches strings only', () => expect(passes({ wildcard: '*' }, 7)).toBe(false));
});

it('exactly is the long way to write a string, and never an address', () => {
  expect(passes({ exactly: 'a' }, 'a')).toBe(true);
  expect(passes({ exactly: '10.0.0.1' }, '10.0.0.01')).toBe(false);
  expect(passes('10.0.0.1', '10.0.0.01')).toBe(true);
});
