import type { Scheduled } from '../schedule.ts';

export interface Replay {
  name: string;
  archive: string;
  bus: string;
  /** Names; every rule of the bus without it. */
  rules?: string[];
  description?: string;
  /** Events that occurred at this time or later, and before the other. In milliseconds, as all here. */
  from: number;
  to: number;
  startedAt: number;
  state: 'STARTING' | 'RUNNING' | Ended;
  reason?: string;
  endedAt?: number;
  /** The last event that was given to the bus. */
  reached?: Reached;
}

type Ended = 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** A place in the order of replaying: events of one minute go by their rank. */
export interface Reached {
  minute: number;
  rank: string;
  at: number;
}

export type ReplayEntry =
  | { type: 'replay'; replay: Replay }
  | { type: 'replayed'; name: string; reached: Reached }
  | { type: 'replay ended'; name: string; state: Ended; at: number; reason?: string };

export type OpenReplay = Replay & Scheduled;

export interface ReplayState {
  all: ReadonlyMap<string, OpenReplay>;
  apply(entry: ReplayEntry): void;
  snapshot(): ReplayEntry[];
}

const keptMs = 90 * 24 * 60 * 60 * 1000;
const maxKept = 1_000;

export function createReplayState(onStarted: (replay: OpenReplay) => void): ReplayState {
  const all = new Map<string, OpenReplay>();

  const forget = (now: number) => {
    for (const { name, done, startedAt } of all.values()) {
      if (done && (startedAt < now - keptMs || all.size >= maxKept)) all.delete(name);
    }
  };

  return {
    all,
    apply: (entry) => {
      if (entry.type === 'replay') {
        const { replay } = entry;
        forget(replay.startedAt);
        const done = replay.state !== 'STARTING' && replay.state !== 'RUNNING';
        const open = { ...replay, done, nextAt: replay.startedAt };
        all.set(open.name, open);
        if (!done) onStarted(open);
        return;
      }
      const replay = all.get(entry.name);
      if (!replay) return;
      if (entry.type === 'replayed') {
        replay.reached = entry.reached;
        return;
      }
      replay.done = true;
      replay.state = entry.state;
      replay.endedAt = entry.at;
      if (entry.reason !== undefined) replay.reason = entry.reason;
    },
    snapshot: () =>
      [...all.values()].map(({ done: _, nextAt: __, ...replay }): ReplayEntry => ({
        type: 'replay',
        replay,
      })),
  };
}
