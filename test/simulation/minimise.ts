import { type Setting, simulate } from './simulation.ts';

const MOST_RUNS = 300;

/** The fewest of the faults that struck with which the run still fails: none of them can be left out alone. */
export const minimise = async (
  setting: Setting,
  struck: readonly string[],
  runs = MOST_RUNS,
): Promise<readonly string[]> => {
  let left = runs;
  const fails = async (only: readonly string[]): Promise<boolean> => {
    left -= 1;
    return (await simulate({ ...setting, only })).violations.length > 0;
  };
  let needed = [...struck];
  // By halves first, as most strikes have nothing to do with it; then by less and less.
  for (let size = Math.ceil(needed.length / 2); size >= 1 && left > 0; size = Math.floor(size / 2)) {
    for (let start = 0; start < needed.length && left > 0;) {
      const without = [...needed.slice(0, start), ...needed.slice(start + size)];
      if (await fails(without)) needed = without;
      else start += size;
    }
  }
  return needed;
};
