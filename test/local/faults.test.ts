import { createFaults, FAULTS, type FaultName } from '../../local/faults.ts';

const names = Object.keys(FAULTS) as FaultName[];
const pattern = (seed: number, name: FaultName, share: number, disturbed = false) => {
  const { faults, strikes } = createFaults(seed);
  faults[name](share);
  if (disturbed) for (const other of names) if (other !== name) faults[other](0.5);
  return Array.from({ length: 400 }, () => {
    if (disturbed) for (const other of names) if (other !== name) strikes(other, 'a');
    return strikes(name, 'a');
  });
};

describe('the faults', () => {
  test.each(names)('given a seed, then %s strikes at the same places, whatever the others do', (name) => {
    expect(pattern(7, name, 0.3, true)).toEqual(pattern(7, name, 0.3));
    expect(pattern(8, name, 0.3)).not.toEqual(pattern(7, name, 0.3));
  });

  test('given a name, then it alone is struck, and draws', () => {
    const { faults, strikes } = createFaults(1);
    faults.crash(1, 'orders-api');
    expect(['orders-api', 'orders-history', 'orders-api'].map((name) => strikes('crash', name))).toEqual([
      true,
      false,
      true,
    ]);
    expect(faults.state().crash).toEqual({ share: 1, only: 'orders-api', struck: 2 });
    faults.crash();
    expect(strikes('crash', 'orders-history')).toBe(true);
    expect(faults.state().crash).toEqual({ share: 1, struck: 3 });
  });

  test('given a share, then about that share is struck, and counted', () => {
    const { faults, strikes } = createFaults(1);
    const struck = (times: number) =>
      Array.from({ length: times }, () => strikes('fail', 'a')).filter(Boolean).length;
    expect(struck(100)).toBe(0);
    faults.fail(0.25);
    const quarter = struck(1_000);
    expect(quarter).toBeGreaterThan(200);
    expect(quarter).toBeLessThan(300);
    faults.fail();
    expect(struck(100)).toBe(100);
    expect(faults.state().fail).toEqual({ share: 1, struck: quarter + 100 });
    faults.off();
    expect(struck(100)).toBe(0);
    expect(() => faults.fail(1.5)).toThrow('The share of fail is from 0 to 1, and is 1.5.');
  });
});
