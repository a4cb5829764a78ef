import { compile, matches } from '../src/index.ts';

describe('arrays in an event', () => {
  const annaJones = compile({ people: { first: ['Anna'], last: ['Jones'] } });

  it('match if any element does, however deep it is nested', () => {
    expect(matches({ a: [2] }, { a: [1, [[2]]] })).toBe(true);
    expect(matches({ a: { b: [2] } }, { a: [[{ b: 1 }], [{ b: 2 }]] })).toBe(true);
    expect(matches({ a: [2] }, '{"a": [ 1 , [ ] , [ 2 ] ]}')).toBe(true);
  });

  it('do not lend fields of one element to another', () => {
    const people = [
      { first: 'Anna', last: 'Smith' },
      { first: 'Jeff', last: 'Jones' },
    ];
    expect(annaJones.matches({ people })).toBe(false);
    expect(annaJones.matches({ people: [...people, { first: 'Anna', last: 'Jones' }] })).toBe(true);
    expect(annaJones.matches({ people: [people, [{ first: 'Anna', last: 'Jones' }]] })).toBe(true);
    expect(annaJones.matches({ people: [[{ first: 'Anna' }], [{ last: 'Jones' }]] })).toBe(false);
  });

  it('are of one event at a time', () => {
    const matcher = compile({ items: { x: [1], y: [{ exists: false }] } });
    expect(matcher.matches({ items: [{ y: 1 }, { y: 1 }] })).toBe(false);
    expect(matcher.matches({ items: [{ y: 1 }, { x: 1 }] })).toBe(true);
  });

  it('combine with what stands around them and in other arrays', () => {
    const pattern = compile({ a: { x: [1], deep: { y: [2] } }, b: { z: [3] }, top: [4] });
    const b = [{ z: 9 }, { z: 3 }];
    expect(pattern.matches({ a: [{ x: 1, deep: [{ y: 0 }, { y: 2 }] }], b, top: 4 })).toBe(true);
    expect(pattern.matches({ a: [{ x: 1, deep: [{ y: 0 }] }, { deep: [{ y: 2 }] }], b, top: 4 })).toBe(false);
    expect(pattern.matches({ a: [{ x: 1 }], 'a.deep': { y: 2 }, b, top: 4 })).toBe(true);
  });

  it('are told apart in long ones too', () => {
    const people = Array.from({ length: 30 }, (_, index) =>
      index % 2 ? { first: 'Anna' } : { last: 'Jones' },
    );
    expect(annaJones.matches({ people })).toBe(false);
    expect(annaJones.matches({ people: [...people, { first: 'Anna', last: 'Jones' }] })).toBe(true);
    expect(annaJones.matches({ people: [people, [people]] })).toBe(false);
    expect(annaJones.matches({ people: [people, [[...people, { first: 'Anna', last: 'Jones' }]]] })).toBe(
      true,
    );
  });

  it('decide between elements by all fields at once', () => {
    const pattern = compile({ a: { x: [1], y: [1], z: [1] } });
    expect(
      pattern.matches({
        a: [
          { x: 1, y: 1 },
          { y: 1, z: 1 },
          { z: 1, x: 1 },
        ],
      }),
    ).toBe(false);
    expect(
      pattern.matches({
        a: [
          { x: 1, y: 1 },
          { x: 1, y: 1, z: 1 },
        ],
      }),
    ).toBe(true);
    expect(
      pattern.matches({
        a: [
          { x: 1, more: 0 },
          { x: 1, y: [[1], [2]], z: [[1]] },
        ],
      }),
    ).toBe(true);
    const nested = compile({ a: { x: [1], b: { y: [1], z: [1] } } });
    expect(nested.matches({ a: [{ x: 1, b: [{ y: 1 }, { y: 1, z: 1 }] }] })).toBe(true);
    expect(nested.matches({ a: [{ x: 1, b: [{ y: 1 }, { z: 1 }] }] })).toBe(false);
  });
});

describe('an absent field in an array', () => {
  it('is absent from the element that the fields before it chose', () => {
    const pattern = compile({ items: { qty: [2], tax: [{ exists: false }] } });
    expect(pattern.matches({ items: [{ qty: 2 }, { qty: 1, tax: 5 }] })).toBe(true);
    expect(pattern.matches({ items: [{ qty: 2, tax: 5 }, { qty: 1 }] })).toBe(false);
    expect(pattern.matches({ items: [{ qty: 2, tax: 5 }, { qty: 2 }] })).toBe(true);
    expect(
      pattern.matches({
        items: [
          { qty: 2, tax: 5 },
          { qty: 1, tax: 5 },
        ],
      }),
    ).toBe(false);
  });

  it('leaves the fields that are there in one element', () => {
    const pattern = compile({ items: { qty: [2], sku: ['A'], tax: [{ exists: false }] } });
    expect(pattern.matches({ items: [{ qty: 2 }, { sku: 'A' }, { tax: 5 }] })).toBe(false);
    expect(pattern.matches({ items: [{ qty: 2, sku: 'A' }, { tax: 5 }] })).toBe(true);
  });

  it('is asked for everywhere when its path comes first', () => {
    const pattern = compile({ items: { gift: [{ exists: false }], qty: [2] } });
    expect(pattern.matches({ items: [{ qty: 2 }, { qty: 1, gift: true }] })).toBe(false);
    expect(pattern.matches({ items: [{ qty: 2 }, { qty: 1 }] })).toBe(true);
  });

  it('may have an alternative, and other arrays beside it', () => {
    const pattern = compile({ a: { x: [1] }, b: { y: [1], z: [{ exists: false }, 7] } });
    expect(
      pattern.matches({
        a: [{ x: 1 }],
        b: [
          { y: 1, z: 8 },
          { y: 1, z: 7 },
        ],
      }),
    ).toBe(true);
    expect(pattern.matches({ a: [{ x: 1 }, { x: 1 }], b: [{ y: 1, z: 8 }, { y: 0 }] })).toBe(false);
    expect(pattern.matches({ a: { x: 1 }, b: [{ y: [[1], [1]], z: 8 }, { y: 1 }] })).toBe(true);
  });
});

describe('$or', () => {
  const either = compile({ source: ['shop'], $or: [{ a: [1] }, { b: [2], c: [3] }] });

  it('takes one of its objects, whole', () => {
    expect(either.matches({ source: 'shop', a: 1 })).toBe(true);
    expect(either.matches({ source: 'shop', b: 2, c: 3 })).toBe(true);
    expect(either.matches({ source: 'shop', b: 2 })).toBe(false);
    expect(either.matches({ a: 1 })).toBe(false);
  });

  it('nests, and multiplies with others', () => {
    const nested = compile({
      x: { $or: [{ a: [1] }, { $or: [{ b: [2] }, { c: [3] }] }] },
      $or: [{ d: [4] }, { e: [5] }],
    });
    expect(nested.matches({ x: { c: 3 }, e: 5 })).toBe(true);
    expect(nested.matches({ x: { c: 3 } })).toBe(false);
  });

  it('outdoes a field before it of the same path, and is outdone by one behind it', () => {
    expect(matches('{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}', { a: 2 })).toBe(true);
    expect(matches('{"$or": [{"a": [2]}, {"b": [3]}], "a": [1]}', { a: 2 })).toBe(false);
  });

  it('is the name of a field where it cannot be the operator', () => {
    expect(matches({ $or: [1, 2] }, { $or: 2 })).toBe(true);
    expect(matches({ $or: { a: [1] } }, { $or: { a: 1 } })).toBe(true);
    expect(matches({ $or: [{ prefix: 'a' }, { suffix: 'z' }] }, { $or: 'az' })).toBe(true);
    expect(matches({ $or: [{ 'anything-but': { prefix: 'a' } }] }, { $or: 'b' })).toBe(true);
    expect(matches({ $or: [{ 'anything-but': { 'equals-ignore-case': ['a'] } }] }, { $or: 'b' })).toBe(true);
  });
});

describe('keys', () => {
  it('with dots are the same as nested ones', () => {
    for (const pattern of [{ 'a.b': { c: [1] } }, { a: { 'b.c': [1] } }, { 'a.b.c': [1] }])
      for (const event of [
        { a: { b: { c: 1 } } },
        { 'a.b': { c: 1 } },
        { a: { 'b.c': 1 } },
        { 'a.b.c': 1 },
      ]) {
        expect(matches(pattern, event)).toBe(true);
        expect(matches(pattern, JSON.stringify(event))).toBe(true);
      }
  });

  it('with many dots reach down a long path', () => {
    const steps = Array.from('abcdefghijkl');
    const pattern = { [steps.join('.')]: [1] };
    const nested = (keys: readonly string[]) =>
      keys.reduceRight<unknown>((value, key) => ({ [key]: value }), 1);
    const cuts = [
      ...[
        steps,
        [steps.join('.')],
        [steps.slice(0, 10).join('.'), 'k', 'l'],
        ['a', steps.slice(1).join('.')],
      ],
      ...[['a.b.c', 'd', 'e.f.g.h.i.j.k.l']],
    ];
    for (const keys of cuts) {
      expect(matches(pattern, nested(keys))).toBe(true);
      expect(matches(pattern, JSON.stringify(nested(keys)))).toBe(true);
    }
    for (const event of [
      nested([...steps.slice(0, 11), 'x']),
      { 'x.y.z': 1 },
      { 'a.b.x.d.e.f.g.h.i.j.k.l': 1 },
    ]) {
      expect(matches(pattern, event)).toBe(false);
      expect(matches(pattern, JSON.stringify(event))).toBe(false);
    }
  });

  it('repeated in a pattern: the last array counts, while objects add up', () => {
    expect(matches('{"a": [1], "a": [2]}', { a: 1 })).toBe(false);
    expect(matches('{"a": {"b": [1]}, "a": {"c": [2]}}', { a: { b: 1, c: 2 } })).toBe(true);
  });

  it('repeated in an event add up', () => {
    expect(matches({ a: [1] }, '{"a": 1, "a": 2}')).toBe(true);
    expect(matches({ a: [2] }, '{"a": 1, "a": 2}')).toBe(true);
  });

  it('may be odd or empty', () => {
    for (const key of ['', ' ', '$', 'ünï', 'a"b', 'a\\b', '日本語'])
      for (const text of [{ x: { [key]: 'v' } }, JSON.stringify({ x: { [key]: 'v' } })])
        expect(matches({ x: { [key]: ['v'] } }, text)).toBe(true);
  });
});
