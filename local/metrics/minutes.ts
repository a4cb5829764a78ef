import type { Clock } from '../parts.ts';

export interface Minutes {
  /** Ends each minute that is over and was not ended yet, oldest first. */
  catchUp(): void;
  /** Does so by itself from now on. */
  start(): void;
  close(): Promise<void>;
}

const minute = 60_000;
// As long as metrics are kept: of what is older, nobody could see anything.
const mostBehind = 24 * 60;

/** Calls `ended` once for the end of each minute of the clock, which may jump over many. */
export function createMinutes({ clock, ended }: { clock: Clock; ended: (at: number) => void }): Minutes {
  const closing = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const beginning = (at: number) => at - (at % minute);
  let last = beginning(clock.now());

  const catchUp = () => {
    const now = beginning(clock.now());
    last = Math.max(last, now - mostBehind * minute);
    while (last < now) {
      last += minute;
      ended(last);
    }
  };
  const run = async () => {
    while (!closing.signal.aborted) {
      catchUp();
      await clock.sleep(last + minute - clock.now(), closing.signal);
    }
  };

  return {
    catchUp,
    start: () => {
      running = run();
    },
    close: async () => {
      closing.abort();
      await running;
    },
  };
}
