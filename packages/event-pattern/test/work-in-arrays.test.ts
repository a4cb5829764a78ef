import { compile } from '../src/index.ts';
import { Fields } from '../src/event/fields.ts';
import { Clause } from '../src/match/clause.ts';

/** How often is asked what holds a scope, for sets of fields, and for what could make up for an absent one. */
const workOf = (pattern: object, event: object) => {
  const matcher = compile(pattern);
  const spies = {
    scopes: jest.spyOn(Fields.prototype, 'parentOf'),
    arrays: jest.spyOn(Fields.prototype, 'arrayOf'),
    sets: jest.spyOn(globalThis, 'BigInt'),
    choices: jest.spyOn(Clause.prototype, 'allScopes'),
    judgements: jest.spyOn(Clause.prototype, 'judge'),
    combined: jest.spyOn(Array.prototype, 'map'),
  };
  try {
    const matched = matcher.matches(event);
    const counts = Object.entries(spies).map(([name, { mock }]) => [name, mock.calls.length]);
    return { matched, ...(Object.fromEntries(counts) as Record<keyof typeof spies, number>) };
  } finally {
    for (const spy of Object.values(spies)) spy.mockRestore();
  }
};

const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('elements of arrays', () => {
  const nothing = { scopes: 0, arrays: 0, sets: 0, choices: 0 };

  it('are not looked at where no field is in one', () => {
    const work = workOf({ a: [1], b: [{ exists: false }], c: [2] }, { a: 1, c: 2 });
    expect(work).toMatchObject({ matched: true, ...nothing, judgements: 3 });
  });

  it('are not compared where one field only is in one', () => {
    expect(workOf({ a: { b: [1] }, c: [2] }, { a: [{ b: 0 }, { b: 1 }], c: 2 })).toMatchObject({
      matched: true,
      ...nothing,
    });
  });

  it.each([1, 8])('%i of them that have all, then no sets of fields are made', (count) => {
    const items = times(count, () => ({ x: 1, y: 2, z: 3 }));
    const work = workOf({ items: { x: [1], y: [2], z: [3] } }, { items });
    expect(work).toMatchObject({ matched: true, sets: 0, choices: 0 });
  });

  it.each([1, 4])('%i of them that have one of two fields each, then no sets are made either', (count) => {
    const items = times(2 * count, (index) => (index % 2 === 0 ? { x: 1 } : { y: 2 }));
    expect(workOf({ items: { x: [1], y: [2] } }, { items })).toMatchObject({ matched: false, sets: 0 });
  });

  it('many of them are looked at once each', () => {
    const items = times(1000, (index) => (index % 2 === 0 ? { x: 1 } : { y: 2 }));
    const { matched, scopes, sets } = workOf({ items: { x: [1], y: [2] } }, { items });
    expect(matched).toBe(false);
    expect(sets).toBeGreaterThan(0);
    expect(scopes).toBeLessThan(4 * items.length);
  });

  it('that have less than another of their array are not combined with those of others', () => {
    const names = times(8, (index) => `a${index}`);
    const event = Object.fromEntries(names.map((name) => [name, [{ x: 1 }, { y: 1 }, { x: 1, y: 1 }]]));
    const pattern = Object.fromEntries(names.map((name) => [name, { x: [1], y: [1] }]));
    const { matched, sets, combined } = workOf(pattern, event);
    expect(matched).toBe(true);
    expect(sets).toBeGreaterThan(0);
    expect(combined).toBeLessThan(100);
  });

  it('of which a later field asks nothing are not told apart', () => {
    const names = times(4, (index) => `a${index}`);
    const event = Object.fromEntries(names.map((name) => [name, [{ y: 1 }, ...times(8, () => ({ x: 1 }))]]));
    const pattern = Object.fromEntries(names.map((name) => [name, { x: [1], y: [{ exists: false }] }]));
    const { matched, arrays, choices } = workOf(pattern, event);
    expect(matched).toBe(true);
    expect(choices).toBeGreaterThan(0);
    expect(arrays).toBeLessThan(2000);
  });
});
