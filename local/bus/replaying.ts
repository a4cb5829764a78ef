import type { Clock, Journal, JournalEntry } from '../parts.ts';
import { createSchedule } from '../schedule.ts';
import { slicesOf, type Slice } from './replay-slices.ts';
import { createReplayState, type OpenReplay, type Replay, type ReplayEntry } from './replays.ts';
import type { BusEvent } from './state.ts';

export interface Replays {
  list(): readonly Replay[];
  find(name: string): Replay | undefined;
  start(replay: Omit<Replay, 'state' | 'startedAt'>): Promise<Replay>;
  cancel(name: string): Promise<void>;
  idle(): Promise<void>;
  /** After the journal is loaded. */
  resume(): void;
  close(): Promise<void>;
}

/** As many at the same time as an account may have. */
export const maxReplays = 10;

const part = 'replays';
const mostPending = 1_000;

export function createReplays(parts: {
  journal: Journal;
  clock: Clock;
  warn: (line: string) => void;
  /** Of an archive; undefined when the template has no such archive. */
  archived: (archive: string) => readonly BusEvent[] | undefined;
  /** What gives the events to the bus again. */
  accepting: (events: readonly BusEvent[], replay: Replay) => JournalEntry;
  /** Deliveries that are still to be made. */
  pending: () => number;
}): Replays {
  const { journal, clock } = parts;
  const own = (entry: ReplayEntry): JournalEntry => ({ part, entry });
  const upcoming = new WeakMap<Replay, Iterator<Slice, undefined>>();
  let live = false;

  const end = (name: string, state: 'COMPLETED' | 'CANCELLED' | 'FAILED', reason?: string) =>
    journal.append(
      own({ type: 'replay ended', name, state, at: clock.now(), ...(reason !== undefined && { reason }) }),
    );

  /** What is given to the bus and how far the replay is are one append: a crash repeats and skips nothing. */
  async function step(replay: OpenReplay): Promise<void> {
    if (parts.pending() > mostPending) {
      replay.nextAt = clock.now() + 1_000;
      return;
    }
    replay.state = 'RUNNING';
    const events = parts.archived(replay.archive);
    if (!events) return end(replay.name, 'FAILED', `Archive ${replay.archive} does not exist.`);
    const slices = upcoming.get(replay) ?? slicesOf(replay, events);
    upcoming.set(replay, slices);
    const slice = slices.next().value;
    if (!slice) return end(replay.name, 'COMPLETED');
    await journal.append(
      parts.accepting(slice.events, replay),
      own({ type: 'replayed', name: replay.name, reached: slice.reached }),
    );
  }

  const schedule = createSchedule<OpenReplay>({
    clock,
    limit: maxReplays,
    attempt: step,
    failed: ({ name }, error) => parts.warn(`replay ${name} waits for the next start: ${String(error)}`),
  });
  const state = createReplayState((replay) => {
    if (live) schedule.add(replay);
  });
  journal.register(part, {
    apply: (entry) => state.apply(entry as ReplayEntry),
    snapshot: () => state.snapshot(),
  });

  return {
    list: () => [...state.all.values()],
    find: (name) => state.all.get(name),
    start: async (given) => {
      const replay: Replay = { ...given, state: 'STARTING', startedAt: clock.now() };
      await journal.append(own({ type: 'replay', replay }));
      return replay;
    },
    cancel: (name) => end(name, 'CANCELLED'),
    idle: () => schedule.idle(),
    resume: () => {
      live = true;
      for (const replay of state.all.values()) if (!replay.done) schedule.add(replay);
    },
    close: () => {
      live = false;
      return schedule.close();
    },
  };
}
