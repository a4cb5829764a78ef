export interface Timer {
  /** It does not fire any more. */
  cancel: () => void;
}

export interface VirtualTime {
  /** Milliseconds since the epoch. */
  now: () => number;
  after: (ms: number, what: () => void) => Timer;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Lets one thing happen after another until `done` settles; rejects when it has not within `most` milliseconds. */
  pass<T>(done: Promise<T>, most: number): Promise<T>;
}

interface Due extends Timer {
  at: number;
  turn: number;
  what: (() => void) | undefined;
}

/** It did not come to an end: somebody waits for what never happens. */
export class Stuck extends Error {
  override readonly name = 'Stuck';
}

/** Resolves when nothing is left to do but what waits for time: a tick asked for in a microtask runs after all of these. */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

const before = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.turn < b.turn);

/** A binary heap: what is due first, and among those of one time what was asked first, is on top. */
const agenda = () => {
  const heap: Due[] = [];
  const swap = (a: number, b: number): void => {
    const due = heap[a]!;
    heap[a] = heap[b]!;
    heap[b] = due;
  };
  return {
    add: (due: Due): void => {
      heap.push(due);
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!before(heap[at]!, heap[parent]!)) return;
        swap(at, parent);
        at = parent;
      }
    },
    next: (): Due | undefined => {
      const [first] = heap;
      const last = heap.pop();
      if (first === last || !last) return first;
      heap[0] = last;
      for (let at = 0; ;) {
        const left = 2 * at + 1;
        const right = left + 1;
        let least = at;
        if (left < heap.length && before(heap[left]!, heap[least]!)) least = left;
        if (right < heap.length && before(heap[right]!, heap[least]!)) least = right;
        if (least === at) return first;
        swap(at, least);
        at = least;
      }
    },
  };
};

/** Time that passes only when all that can happen at a moment has happened: a day costs as much as what is due in it. */
export const virtualTime = (start: number): VirtualTime => {
  const due = agenda();
  let now = start;
  let turns = 0;
  const after = (ms: number, what: () => void): Timer => {
    turns += 1;
    const entry: Due = {
      at: now + Math.max(0, ms),
      turn: turns,
      what,
      cancel: () => {
        entry.what = undefined;
      },
    };
    due.add(entry);
    return entry;
  };
  return {
    now: () => Math.floor(now),
    after,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve();
          return;
        }
        const wake = (): void => {
          timer.cancel();
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer = after(ms, wake);
        signal?.addEventListener('abort', wake);
      }),
    pass: async (done, most) => {
      const state = { over: false };
      const end = (): void => {
        state.over = true;
      };
      done.then(end, end);
      const limit = now + most;
      // Into a microtask, wherever the caller is.
      await Promise.resolve();
      for (;;) {
        await settled();
        if (state.over) return await done;
        const next = due.next();
        if (!next) throw new Stuck('nothing is left that could happen');
        if (!next.what) continue;
        if (next.at > limit) throw new Stuck(`it is not over after ${most / 3_600_000} hours`);
        now = Math.max(now, next.at);
        next.what();
      }
    },
  };
};
