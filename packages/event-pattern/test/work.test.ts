import { RuleSet } from '../src/index.ts';
import { Slot } from '../src/event/fields.ts';
import { Conjunction } from '../src/match/conjunction.ts';
import { Wildcard } from '../src/value/wildcard.ts';

/** How often what would be the work of an event is done. */
const counting = (act: () => void) => {
  const spies = {
    rules: jest.spyOn(Conjunction.prototype, 'matches'),
    leaves: jest.spyOn(Slot.prototype, 'leafAt'),
    wildcards: jest.spyOn(Wildcard.prototype, 'matches'),
  };
  try {
    act();
    const counts = Object.entries(spies).map(([name, { mock }]) => [name, mock.calls.length]);
    return Object.fromEntries(counts) as Record<keyof typeof spies, number>;
  } finally {
    for (const spy of Object.values(spies)) spy.mockRestore();
  }
};

const MANY = 50;
const setOf = (pattern: (n: number) => object) => {
  const rules = new RuleSet<number>();
  for (let n = 0; n < MANY; n++) rules.add(n, pattern(n));
  rules.match({});
  return rules;
};

/** What the event costs, whether given as a value or as text, and which rules it matches. */
const costOf = (rules: RuleSet<number>, event: object) => {
  let matched: number[] = [];
  const counts = counting(() => (matched = rules.match(event)));
  const again = counting(() => expect(rules.match(JSON.stringify(event))).toEqual(matched));
  expect(again).toEqual(counts);
  return { matched, ...counts };
};

describe('of many rules, an event is compared with those that it may match', () => {
  it.each<[string, (n: number) => object, object]>([
    ['values', (n) => ({ a: [`v${n}`] }), { a: 'v7' }],
    ['numbers', (n) => ({ a: [n] }), { a: 7 }],
    ['equal numbers', (n) => ({ a: [{ numeric: ['=', n] }] }), { a: 7 }],
    ['ranges', (n) => ({ a: [{ numeric: ['>=', n, '<', n + 1] }] }), { a: 7.5 }],
    ['prefixes', (n) => ({ a: [{ prefix: `v${n}-` }] }), { a: 'v7-x' }],
    ['suffixes', (n) => ({ a: [{ suffix: `-v${n}` }] }), { a: 'x-v7' }],
    ['texts without case', (n) => ({ a: [{ 'equals-ignore-case': `v${n}` }] }), { a: 'V7' }],
    [
      'prefixes without case',
      (n) => ({ a: [{ prefix: { 'equals-ignore-case': `v${n}-` } }] }),
      { a: 'V7-x' },
    ],
    [
      'suffixes without case',
      (n) => ({ a: [{ suffix: { 'equals-ignore-case': `-v${n}` } }] }),
      { a: 'x-V7' },
    ],
    ['addresses', (n) => ({ a: [`10.0.0.${n}`] }), { a: '10.0.0.7' }],
    ['blocks', (n) => ({ a: [{ cidr: `10.${n}.0.0/16` }] }), { a: '10.7.1.1' }],
    ['wildcards by their heads', (n) => ({ a: [{ wildcard: `v${n}-*` }] }), { a: 'v7-x' }],
    ['wildcards by their tails', (n) => ({ a: [{ wildcard: `v-*-${n}` }] }), { a: 'v-x-7' }],
    ['wildcards by their middles', (n) => ({ a: [{ wildcard: `*-${n + 100}-*` }] }), { a: 'x-107-x' }],
    [
      'exclusions',
      (n) => ({ a: [{ 'anything-but': [n, 'x'].slice(0, 1) }], b: [`v${n}`] }),
      { a: 1, b: 'v7' },
    ],
  ])('of %s', (_, pattern, event) => {
    expect(costOf(setOf(pattern), event)).toMatchObject({ matched: [7], rules: 1 });
  });

  it('tries a wildcard on the texts that have its rarest part', () => {
    const tried = (pattern: (n: number) => string, value: string) =>
      costOf(
        setOf((n) => ({ a: [{ wildcard: pattern(n) }] })),
        { a: value },
      ).wildcards;
    expect(tried((n) => `v${n}-*-end`, 'v7-x-end')).toBe(1);
    expect(tried((n) => `start-*-v${n}`, 'start-x-v7')).toBe(1);
    expect(tried((n) => `s-*${n + 100}-*-e`, 's-x107-x-e')).toBe(1);
    expect(tried((n) => `${n}-*-${n + 100}-*`, '7-x-107-x')).toBe(1);
    // To look for a middle is to walk over the text, which is worth some trials.
    expect(tried((n) => `h${n >> 2}-*${n + 100}-*`, 'h1-x107-')).toBe(4);
  });

  it('looks each up by the field that fewest share', () => {
    const event = { detail: { status: 'SHIPPED', customer: 'C7' }, source: 'orders' };
    const common = { source: ['orders'], detail: { status: ['SHIPPED'] } };
    const costs = costOf(
      setOf((n) => ({ ...common, detail: { ...common.detail, customer: [`C${n}`] } })),
      event,
    );
    expect(costs).toMatchObject({ matched: [7], rules: 1 });
  });

  it.each<[string, unknown]>([
    ['a prefix', { prefix: 'x' }],
    ['a suffix', { suffix: 'x' }],
    ['a wildcard', { wildcard: 'x*' }],
    ['a range', { numeric: ['>', 0] }],
    ['an exclusion', { 'anything-but': 'y' }],
    ['presence', { exists: true }],
  ])('rather by a value than by %s', (_, test) => {
    for (const fields of [
      (n: number) => ({ a: [test], b: [`v${n % 2}`] }),
      (n: number) => ({ b: [`v${n % 2}`], a: [test] }),
    ]) {
      const rules = setOf((n) => ({ ...fields(n), c: [{ exists: true }, n] }));
      expect(costOf(rules, { a: 'x', c: 1 })).toMatchObject({ matched: [], rules: 0 });
    }
  });

  it('judges once what many rules ask alike, and tries once rules that are alike', () => {
    const alike = costOf(
      setOf(() => ({ a: ['x'], b: ['y'] })),
      { a: 'x', b: 'y' },
    );
    expect(alike).toMatchObject({ rules: 1 });
    expect(alike.matched).toHaveLength(MANY);
    const shared = costOf(
      setOf((n) => ({ a: [{ prefix: 'x' }], b: [{ prefix: 'y' }], c: [{ 'anything-but': `v${n}` }] })),
      { a: 'x', b: 'y', c: 'z' },
    );
    expect(shared.matched).toHaveLength(MANY);
    expect(shared.leaves).toBeLessThan(2 * MANY);
  });

  it('does not try rules on events that have none of their fields', () => {
    expect(
      costOf(
        setOf((n) => ({ a: [n] })),
        { b: 7 },
      ),
    ).toMatchObject({ rules: 0, leaves: 0 });
  });
});

describe('of an event, no more is looked at than is asked for', () => {
  /** What is asked of an object. */
  const watched = (object: Record<string, unknown>) => {
    const asked = { names: 0, values: new Set<PropertyKey>() };
    const event = new Proxy(object, {
      get: (target, name: string) => {
        asked.values.add(name);
        return target[name];
      },
      ownKeys: (target) => {
        asked.names += 1;
        return Reflect.ownKeys(target);
      },
    });
    return { event, asked };
  };
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`k${n}`, n]));

  it('given few fields asked for, then the names of a large event are not read', () => {
    const rules = new RuleSet();
    rules.add('one', { k7: [7] });
    const { event, asked } = watched(many);
    expect(rules.match(event)).toEqual(['one']);
    expect(asked).toEqual({ names: 0, values: new Set(['k7']) });
  });

  it('given many fields asked for, then a small event is asked for its own only', () => {
    const rules = setOf((n) => ({ [`k${n}`]: [n] }));
    const { event, asked } = watched({ k7: 7, other: 1 });
    expect(rules.match(event)).toEqual([7]);
    expect(asked).toEqual({ names: 1, values: new Set(['k7']) });
  });
});
