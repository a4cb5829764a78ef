import { readFileSync } from 'node:fs';
import path from 'node:path';
import { carelessPublisher } from './careless-publisher.ts';
import { PLANTED } from './planted-bugs.ts';
import { simulate } from './simulation.ts';

const OPS = 100;
const readme = readFileSync(path.join(__dirname, 'README.md'), 'utf8');
/** The bugs of the README's table, with the seeds within which each is found. */
const stated = [...readme.matchAll(/^\| (.+?) +\| +(\d+) \|$/gm)].map(
  ([, name = '', within]): [string, number] => [name, Number(within)],
);

describe('the judge of the simulation', () => {
  test('given the planted bugs, then the README has all of them, and no other', () => {
    expect(stated.map(([name]) => name)).toEqual(Object.keys(PLANTED));
  });

  test.each(stated)('given the bug "%s", then one of %d seeds shows it', async (name, within) => {
    let seed = 1;
    for (; seed <= within; seed += 1) {
      const { violations } = await simulate({ seed, ops: OPS, planted: PLANTED[name] });
      if (violations.length > 0) break;
    }
    expect(seed).toBeLessThanOrEqual(within);
  });

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
