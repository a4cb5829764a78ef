import { createRates } from '../../../local/trace/rates.ts';

describe('rates', () => {
  let now = 1_000_000_000;
  const rates = createRates({ now: () => now });
  const flow = () => rates.flows()[0];
  const sum = (counts: readonly number[] = []) => counts.reduce((total, count) => total + count, 0);

  it('given what was counted in two seconds, then each has its own, the newest last', () => {
    rates.count('a', 'b', 3);
    now += 1_000;
    rates.count('a', 'b', 2, 1);
    expect(flow()).toMatchObject({ from: 'a', to: 'b', total: 5, failed: 1 });
    expect(flow()?.perSecond.slice(-2)).toEqual([3, 2]);
    expect(flow()?.failedPerSecond.slice(-2)).toEqual([0, 1]);
  });

  it('when a minute has passed, then nothing of it is counted, but in the total', () => {
    now += 59_000;
    expect(sum(flow()?.perSecond)).toBe(2);
    now += 1_000;
    expect(sum(flow()?.perSecond)).toBe(0);
    expect(flow()?.total).toBe(5);
  });

  it('when time is moved by days, then it goes on', () => {
    now += 50 * 60 * 60 * 1_000;
    rates.count('a', 'b', 1);
    expect(flow()?.perSecond).toHaveLength(60);
    expect([sum(flow()?.perSecond), flow()?.total]).toEqual([1, 6]);
  });

  it('given names without end, then no more than a thousand are counted', () => {
    for (let name = 0; name < 2_000; name += 1) rates.count('a', String(name), 1);
    expect(rates.flows()).toHaveLength(1_000);
  });
});
