import fc from 'fast-check';
import { AffixTrie } from '../src/rules/affix-trie.ts';
import { BitSet } from '../src/rules/bit-set.ts';
import { GramIndex } from '../src/rules/gram-index.ts';
import { IntervalIndex } from '../src/rules/interval-index.ts';
import { RUNS } from './arbitraries.ts';

/** What a lookup visits, in no order. */
const visited = <Item>(find: (visit: (item: Item) => void) => void): Item[] => {
  const items: Item[] = [];
  find((item) => items.push(item));
  return items.sort();
};

const word = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
const words = fc.array(word, { maxLength: 20 });

describe('a trie of affixes', () => {
  it.each(['start', 'end'] as const)('visits what the value has at its %s, once each', (side) => {
    fc.assert(
      fc.property(words, word, (affixes, value) => {
        const trie = new AffixTrie<number>(side);
        for (const [index, affix] of affixes.entries()) trie.add(affix, index);
        const has = (affix: string) => (side === 'start' ? value.startsWith(affix) : value.endsWith(affix));
        const expected = [...affixes.keys()].filter((index) => has(affixes[index] ?? ''));
        expect(visited<number>((visit) => trie.find(value, visit))).toEqual(expected.sort());
      }),
      { numRuns: RUNS },
    );
  });

  it('reads of the value no more than what affixes begin with', () => {
    const trie = new AffixTrie<string>('start');
    for (const affix of ['order-1', 'order-2', 'other']) trie.add(affix, affix);
    const charCodeAt = jest.spyOn(String.prototype, 'charCodeAt');
    try {
      trie.find('x'.repeat(10_000), () => undefined);
      trie.find(`order-3${'x'.repeat(10_000)}`, () => undefined);
      expect(charCodeAt.mock.calls.length).toBeGreaterThan(0);
      expect(charCodeAt.mock.calls.length).toBeLessThan(40);
    } finally {
      charCodeAt.mockRestore();
    }
  });
});

describe('an index of intervals', () => {
  const end = fc.integer({ min: -6, max: 6 });

  it('visits those that hold the number, once each, whenever they were added', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(end, end), { maxLength: 20 }),
        fc.array(end),
        fc.nat(),
        (intervals, values, half) => {
          const index = new IntervalIndex<number>();
          const expectFound = (count: number) => {
            for (const value of values) {
              const holds = ([low, high]: readonly [number, number]) => low <= value && value <= high;
              const expected = [...intervals.slice(0, count).entries()].filter(([, each]) => holds(each));
              expect(visited<number>((visit) => index.find(value, visit))).toEqual(
                expected.map(([id]) => id).sort(),
              );
            }
          };
          const first = half % (intervals.length + 1);
          for (const [id, [low, high]] of intervals.entries()) {
            if (id === first) expectFound(first);
            index.add(low, high, id);
          }
          expectFound(intervals.length);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('an index by three characters', () => {
  const texts = ['abc', 'abd', 'acb', 'bac', 'cab', 'abcd', 'xyz'];
  const index = new GramIndex<string>();
  for (const text of texts) index.add(text, text);

  it.each([
    ['abc', ['abc', 'abcd']],
    ['-abc-', ['abc', 'abcd']],
    ['abd', ['abd']],
    ['acb', ['acb']],
    ['cabd', ['abd', 'cab']],
    ['ab', []],
    ['', []],
    ['xyz', ['xyz']],
    ['wxyzw', ['xyz']],
  ])('finds for %j those that begin with one of its threes', (value, expected) => {
    expect(visited<string>((visit) => index.find(value, visit))).toEqual(expected);
  });
});

describe('a set of numbers', () => {
  it('gives them in order, each once, and is empty then', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000)), fc.array(fc.nat(5000)), (first, second) => {
        const set = new BitSet(5001);
        for (const members of [first, second]) {
          for (const member of members) set.add(member);
          const drained: number[] = [];
          set.drain((member) => drained.push(member));
          expect(drained).toEqual([...new Set(members)].sort((a, b) => a - b));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('looks at the places that are in use', () => {
    const set = new BitSet(100_000);
    for (const member of [0, 31, 32, 1023, 1024, 99_999]) set.add(member);
    const clz = jest.spyOn(Math, 'clz32');
    try {
      const drained: number[] = [];
      set.drain((member) => drained.push(member));
      expect(drained).toEqual([0, 31, 32, 1023, 1024, 99_999]);
      expect(clz.mock.calls.length).toBe(11);
    } finally {
      clz.mockRestore();
    }
  });
});
