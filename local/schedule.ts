import { setMaxListeners } from 'node:events';
import type { Clock } from './parts.ts';

/** Work that is tried at `nextAt` until it is `done`; an attempt changes one of the two. */
export interface Scheduled {
  nextAt: number;
  done: boolean;
}

export interface Schedule<T extends Scheduled> {
  /** Tried when it is due, never within this call. */
  add(item: T): void;
  /** Resolves when nothing is under way or due. */
  idle(): Promise<void>;
  /** Starts no further attempt, and resolves when those under way have ended. */
  close(): Promise<void>;
}

// A longer one of Node's fires at once.
const longestTimer = 2 ** 31 - 1;

export function createSchedule<T extends Scheduled>(options: {
  clock: Clock;
  /** Attempts at the same time. */
  limit: number;
  attempt: (item: T) => Promise<void>;
  /** An attempt that rejects is not made again in this run. */
  failed: (item: T, error: unknown) => void;
}): Schedule<T> {
  const { clock, limit, attempt, failed } = options;
  const closing = new AbortController();
  // Everything that waits listens.
  setMaxListeners(0, closing.signal);
  const open = new Set<T>();
  const turns: (() => void)[] = [];
  let running = 0;
  let listeners: (() => void)[] = [];

  const progress = () => new Promise<void>((resolve) => listeners.push(resolve));
  const announce = () => {
    const told = listeners;
    listeners = [];
    for (const resolve of told) resolve();
  };
  const isDue = ({ nextAt }: T) => nextAt <= clock.now();

  async function inTurn(item: T): Promise<void> {
    if (running >= limit) await new Promise<void>((resolve) => turns.push(resolve));
    else running += 1;
    try {
      if (!closing.signal.aborted) await attempt(item);
    } finally {
      const next = turns.shift();
      if (next) next();
      else running -= 1;
    }
  }

  async function run(item: T): Promise<void> {
    while (!item.done && !closing.signal.aborted) {
      if (!isDue(item)) {
        announceIfQuiet();
        await clock.sleep(Math.min(item.nextAt - clock.now(), longestTimer), closing.signal);
      } else {
        await inTurn(item);
      }
    }
  }

  const announceIfQuiet = () => {
    if (running === 0) announce();
  };

  return {
    add: (item) => {
      open.add(item);
      queueMicrotask(() => {
        run(item)
          .catch((error: unknown) => failed(item, error))
          .finally(() => {
            open.delete(item);
            announceIfQuiet();
          });
      });
    },
    idle: async () => {
      while (!closing.signal.aborted && (running > 0 || [...open].some(isDue))) await progress();
    },
    close: async () => {
      closing.abort();
      announce();
      while (running > 0) await progress();
    },
  };
}
