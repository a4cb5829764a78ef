import { createKept } from '../../../local/trace/kept.ts';

describe('values kept by their keys', () => {
  const kept = (maxItems: number, maxBytes: number) =>
    createKept<number>({ maxItems, maxBytes, sizeOf: (size) => size });

  it('given more than fit, then the first ones are forgotten, and all were counted', () => {
    const values = kept(3, 1_000);
    for (const key of ['a', 'b', 'c', 'd']) values.add(key, 1);
    expect([...values.entries()].map(([key]) => key)).toEqual(['b', 'c', 'd']);
    expect([values.size, values.total(), values.get('a')]).toEqual([3, 4, undefined]);
  });

  it('given values that weigh more than allowed, then only the newest stay, and one at least', () => {
    const values = kept(10, 100);
    values.add('light', 10);
    values.add('heavy', 95);
    expect([...values.entries()]).toEqual([['heavy', 95]]);
    values.add('too heavy', 500);
    expect([...values.entries()]).toEqual([['too heavy', 500]]);
  });

  it('given a key again, then its first value stays', () => {
    const values = kept(10, 100);
    values.add('a', 1);
    values.add('a', 2);
    expect([values.get('a'), values.total()]).toEqual([1, 1]);
  });
});
