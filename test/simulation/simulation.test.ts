import { simulate } from './simulation.ts';

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

describe('the path from the table to the subscribers, simulated under faults', () => {
  test('given a few hundred seeds, then every promise to subscribers holds', async () => {
    let changes = 0;
    for (const seed of SEEDS) {
      const outcome = await simulate({ seed, ops: 40 });
      expect([seed, outcome.violations]).toEqual([seed, []]);
      changes += outcome.changes;
    }
    expect(changes).toBeGreaterThan(SEEDS.length * 20);
  });

  test('given one seed twice, then both runs are the same', async () => {
    const [first, second] = [await simulate({ seed: 7, ops: 80 }), await simulate({ seed: 7, ops: 80 })];
    expect(second.history.hash()).toBe(first.history.hash());
    expect(second.struck).toEqual(first.struck);
    expect(first.changes).toBeGreaterThan(0);
  });
});
