import type { Clock } from '../../../local/parts.ts';

interface Timer {
  at: number;
  fire: () => void;
}

/** Stands still until it is advanced; sleepers wake in the order of their times. */
export function fakeClock(start = Date.parse('2026-11-22T10:00:00Z')) {
  let now = start;
  let timers: Timer[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  const clock: Clock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve();
          return;
        }
        const timer: Timer = {
          at: now + ms,
          fire: () => {
            timers = timers.filter((other) => other !== timer);
            signal?.removeEventListener('abort', timer.fire);
            resolve();
          },
        };
        timers.push(timer);
        signal?.addEventListener('abort', timer.fire);
      }),
  };
  return {
    ...clock,
    /** Moves time on, letting what each sleeper does happen before the next one wakes. */
    advance: async (ms: number) => {
      const end = now + ms;
      for (;;) {
        await settle();
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = Math.max(now, next.at);
        next.fire();
      }
      now = end;
      await settle();
    },
  };
}

export type FakeClock = ReturnType<typeof fakeClock>;

/** Resolves when the condition holds; rejects, naming it, when it does not come to hold. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 5_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It did not happen in ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
