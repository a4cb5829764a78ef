import { carelessPublisher } from './careless-publisher.ts';
import { PLANTED } from './planted-bugs.ts';
import { simulate } from './simulation.ts';

const OPS = 100;
const WITHIN_SEEDS = 100;

describe('the judge of the simulation', () => {
  test.each(Object.keys(PLANTED))(
    `given the bug "%s", then one of ${WITHIN_SEEDS} seeds shows it`,
    async (name) => {
      let seed = 1;
      for (; seed <= WITHIN_SEEDS; seed += 1) {
        const { violations } = await simulate({ seed, ops: OPS, planted: PLANTED[name] });
        if (violations.length > 0) break;
      }
      expect(seed).toBeLessThanOrEqual(WITHIN_SEEDS);
    },
  );

  test('given the publisher that the bugs are planted in, without one, then no seed shows any', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { violations } = await simulate({
        seed,
        ops: OPS,
        planted: { eventBridgePublisher: carelessPublisher() },
      });
      expect(violations).toEqual([]);
    }
  });
});
