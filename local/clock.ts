import type { Clock } from './parts.ts';

export interface MovableClock extends Clock {
  /**
   * Moves time on at once, by '90s', '25h', '2d' or milliseconds: who sleeps until then wakes, in the order of their times.
   * The functions go by it too.
   */
  advance(by: string | number): void;
  /** What this clock said when the machine's clock said that. */
  at(machineMs: number): number;
  /** By how much it is ahead of the machine's, in milliseconds; threads may share it. */
  ahead: Float64Array;
}

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function milliseconds(by: string | number): number {
  if (typeof by === 'number') return by;
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(by) ?? [];
  const ms = Number(count) * (units[unit] ?? NaN);
  if (Number.isNaN(ms)) throw new Error(`A time to advance by is like 90s, 25h or 2d, not "${by}".`);
  return ms;
}

/** Later times are written with more digits, and stand before all others in a list. */
const end = Date.UTC(10_000, 0);

/** The machine's time, until it is moved. */
export function createClock(): MovableClock {
  const ahead = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  const moves: { from: number; ahead: number }[] = [];
  const sleepers = new Set<{ until: number; timer?: NodeJS.Timeout; wake: () => void }>();
  const now = () => Date.now() + (ahead[0] ?? 0);

  return {
    ahead,
    now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve();
          return;
        }
        const wake = () => {
          clearTimeout(sleeper.timer);
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { until: now() + ms, wake, timer: setTimeout(() => wake(), ms) };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake);
      }),
    advance: (by) => {
      const ms = milliseconds(by);
      if (!(ms >= 0)) throw new Error(`Time goes forward: it cannot be advanced by ${ms} ms.`);
      if (!(now() + ms < end)) throw new Error(`Time ends here with the year 9999.`);
      ahead[0] = (ahead[0] ?? 0) + ms;
      moves.unshift({ from: Date.now(), ahead: ahead[0] });
      for (const sleeper of [...sleepers].sort((a, b) => a.until - b.until)) {
        clearTimeout(sleeper.timer);
        if (sleeper.until <= now()) sleeper.wake();
        else sleeper.timer = setTimeout(() => sleeper.wake(), sleeper.until - now());
      }
    },
    at: (machineMs) => machineMs + (moves.find(({ from }) => from <= machineMs)?.ahead ?? 0),
  };
}

export const systemClock: Clock = createClock();
