import { matches } from '../src/index.ts';

const passes = (operator: object | string, value: unknown) => matches({ a: [operator] }, { a: value });
const not = (excluded: unknown) => ({ 'anything-but': excluded });

describe('anything-but', () => {
  it('matches values of any kind but those named', () => {
    expect(passes(not('PAID'), 'NEW')).toBe(true);
    expect(passes(not('PAID'), 'PAID')).toBe(false);
    expect(passes(not(['PAID', 'NEW']), 'NEW')).toBe(false);
    expect(passes(not(7), 7)).toBe(false);
    expect(passes(not([7, 8]), '7')).toBe(true);
    expect(passes(not('7'), null)).toBe(true);
    expect(passes(not('7'), false)).toBe(true);
  });

  it.each([
    [{ prefix: 'a' }, 'ab', 'ba'],
    [{ prefix: ['a', 'c'] }, 'cb', 'bc'],
    [{ suffix: 'b' }, 'ab', 'ba'],
    [{ suffix: ['b', 'c'] }, 'ac', 'ca'],
    [{ 'equals-ignore-case': 'ab' }, 'AB', 'ABC'],
    [{ 'equals-ignore-case': ['ab', 'x'] }, 'X', 'y'],
    [{ wildcard: 'a*b' }, 'acb', 'abc'],
    [{ wildcard: ['a*', '*z'] }, 'yz', 'zy'],
  ])('%j excludes %s but not %s', (excluded, inside, outside) => {
    expect(passes(not(excluded), inside)).toBe(false);
    expect(passes(not(excluded), outside)).toBe(true);
    expect(passes(not(excluded), 7)).toBe(true);
  });

  it('needs a value, and of an array any one that is not excluded', () => {
    expect(matches({ a: [not('x')] }, {})).toBe(false);
    expect(passes(not('x'), [])).toBe(false);
    expect(passes(not('x'), ['x', 'y'])).toBe(true);
    expect(passes(not('x'), ['x'])).toBe(false);
  });
});

describe('numeric', () => {
  it.each([
    [['=', 7], [7], [6.999999, '7', null]],
    [['<', 7], [6.999999, -7], [7]],
    [['<=', 7], [7], [7.000001]],
    [['>', 0], [Number.MIN_VALUE], [0, -0, -1]],
    [['>=', -1], [-1, 0], [-1.000001]],
    [['<', 0], [-Number.MIN_VALUE], [0]],
    [['>', -1], [-0.999999], [-1]],
    [
      ['>', 0, '<=', 5],
      [5, 0.1],
      [0, 5.1],
    ],
    [
      ['>=', 0, '<', 5],
      [0, 4.9],
      [5, -0.1],
    ],
    [['>', 5, '<', 5.000000000000001], [], [5, 5.000000000000001]],
  ])('%j takes %j and not %j', (numeric, inside, outside) => {
    for (const value of inside) expect(passes({ numeric }, value)).toBe(true);
    for (const value of outside) expect(passes({ numeric }, value)).toBe(false);
  });

  it('does not compare a number that no double represents', () => {
    expect(matches({ a: [{ numeric: ['>', 0] }] }, '{"a": 1e400}')).toBe(false);
    expect(matches({ a: [not(7)] }, '{"a": 1e400}')).toBe(true);
  });
});

describe('addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', 'not an address', false],
    ['10.0.0.0/8', '10.0.0', false],
    ['10.1.2.128/25', '10.1.2.127', false],
    ['0.0.0.0/0', '1.2.3.4', true],
    ['10.0.0.0/+8/', '010.0.0.001', true],
    ['2001:db8::/32', '2001:DB8:1::5', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['::ffff:a00:0/8', '10.1.1.1', true],
    ['32.1.0.0/16', '2001:db8::1', true],
    ['a00::/8', '10.0.0.1', true],
    ['a00::/8', '10.0.0.0', false],
    ['a00::/40', '10.0.0.1', false],
    ['8000::/1', '128.0.0.1', true],
    ['8000::/1', '255.255.255.255', false],
    ['10.0.0.0/8//', '10.0.12.1', true],
    ['10.0.0.0/31', '10.0.0.1', true],
    ['10.0.0.0/8', '010.000.000.001', true],
    ['10.0.0.0/8', '0010.000.000.001', false],
  ])('%s covers %s: %s', (cidr, value, expected) => expect(passes({ cidr }, value)).toBe(expected));

  it.each([
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:08', true],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
    ['::ffff:a00:1', '10.0.0.1', true],
    ['::1', '::2', false],
    ['256.0.0.1', '256.0.0.1', true],
    ['256.0.0.1', '256.0.0.01', false],
    ['1::2:3:4:5:6:7:8', '1::2:3:4:5:6:7:08', false],
    ['1::2::3', '1::2::03', false],
    ['12345::', '012345::', false],
    ['a:b', 'a:0b', false],
    ['1234567890.1.1.1', '1234567890.1.1.01', false],
  ])('as a value %s equals %s: %s', (pattern, value, expected) =>
    expect(passes(pattern, value)).toBe(expected),
  );
});

describe('exists', () => {
  it('looks at leaves alone', () => {
    for (const leaf of [1, '', null, [[false]]]) expect(passes({ exists: true }, leaf)).toBe(true);
    for (const node of [{}, { b: 1 }, [], [{}]]) expect(passes({ exists: true }, node)).toBe(false);
    for (const node of [{}, { b: 1 }, [], [{}]]) expect(passes({ exists: false }, node)).toBe(true);
    expect(passes({ exists: false }, null)).toBe(false);
    expect(matches({ a: { b: [{ exists: false }] } }, { a: 1 })).toBe(true);
  });

  it('may stand beside values', () => {
    expect(matches({ a: [{ exists: false }, 'x'] }, {})).toBe(true);
    expect(matches({ a: [{ exists: false }, 'x'] }, { a: 'x' })).toBe(true);
    expect(matches({ a: [{ exists: false }, 'x'] }, { a: 'y' })).toBe(false);
  });
});
