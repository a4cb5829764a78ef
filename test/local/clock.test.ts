import { createClock } from '../../local/clock.ts';

const hour = 3_600_000;

describe('a clock that can be moved', () => {
  test('given an advance, then who sleeps until then wakes, in the order of their times, and nobody else', async () => {
    const clock = createClock();
    const woken: string[] = [];
    const stop = new AbortController();
    const asleep = (['3h', '1h', '2h', '26h'] as const).map((name) =>
      clock.sleep(Number.parseInt(name) * hour, stop.signal).then(() => woken.push(name)),
    );
    clock.advance('25h');
    await Promise.all(asleep.slice(0, 3));
    expect(woken).toEqual(['1h', '2h', '3h']);
    stop.abort();
    await asleep[3];
  });

  test('given a sleeper that an advance brings near its time, then it wakes when the rest has passed', async () => {
    const clock = createClock();
    const asleep = clock.sleep(hour);
    clock.advance(hour - 20);
    await asleep;
    expect(clock.ahead[0]).toBe(hour - 20);
  });

  test('tells what it said at a time of the machine', () => {
    const clock = createClock();
    const before = Date.now() - 1_000;
    clock.advance('1d');
    clock.advance('90s');
    expect(clock.at(before)).toBe(before);
    expect(clock.at(Date.now() + 1)).toBeGreaterThanOrEqual(clock.now());
    expect(clock.now() - Date.now()).toBeGreaterThanOrEqual(24 * hour + 89_000);
  });

  test.each([['soon'], ['5 h'], ['h']])('given %s, then it says what it needs', (by) => {
    expect(() => createClock().advance(by)).toThrow('is like 90s, 25h or 2d');
    expect(() => createClock().advance(-1)).toThrow('Time goes forward');
  });

  test.each([[Infinity], [1e300], ['3000000d']])('given %s, then time has no such place, and stays', (by) => {
    const clock = createClock();
    expect(() => clock.advance(by)).toThrow('Time ends here with the year 9999');
    expect(clock.ahead[0]).toBe(0);
  });
});
