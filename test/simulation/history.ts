import { createHash } from 'node:crypto';
import type { Item } from './item.ts';
import type { Wound } from './process.ts';

/** A change of the table, in the order in which they were committed; `sequence` names its stream record. */
export interface Commit {
  is: 'commit';
  at: number;
  key: string;
  by: 'request' | 'hand' | 'expiry';
  before?: Item;
  after?: Item;
  sequence: string;
  eventId: string;
  shard: string;
}

/** A request of a client: one call of a use case. */
export interface Asked {
  is: 'asked';
  at: number;
  attempt: string;
  key: string;
  action: Action;
}

export type Action =
  | { does: 'create'; amount: number; note?: string }
  | { does: 'amend'; patch: { amount?: number; note?: string | null }; ifVersion?: number }
  | { does: 'confirm' | 'ship' | 'deliver' | 'cancel'; ifVersion?: number; trackingNumber?: string }
  | { does: 'delete' | 'restore'; ifVersion?: number }
  | { does: 'read' };

export interface Answered {
  is: 'answered';
  at: number;
  attempt: string;
  /** `unknown`: an error, or no answer at all. */
  outcome: 'done' | 'refused' | 'unknown';
  code?: string;
  /** The state that the answer shows: its version, and whose change made it. */
  version?: number;
  changedBy?: string;
}

export interface Invoked {
  is: 'invoked';
  at: number;
  sentAt: number;
  id: string;
  sequences: readonly string[];
  /** The poller sends it a second time. */
  again: boolean;
}

export interface Ended {
  is: 'ended';
  at: number;
  id: string;
  how: 'answered' | 'threw' | 'died' | 'timed out';
  reported: readonly string[];
  /** What befell it from outside. */
  wounds: readonly Wound[];
}

/** The bus accepted an entry. */
export interface Published {
  is: 'published';
  at: number;
  number: number;
  invocation: string;
  bus: string;
  source: string;
  type: string;
  time: string;
  detail: string;
  /** Set when the answer got back to the publisher. */
  heard: boolean;
}

export type HistoryEvent =
  | Commit
  | Asked
  | Answered
  | Invoked
  | Ended
  | Published
  /** The bus refused a whole call for its form. */
  | { is: 'call refused'; at: number; invocation: string; reason: string }
  | { is: 'content refused'; at: number; detail: string }
  | { is: 'delivered' | 'dead-lettered'; at: number; number: number; target: string; again?: true }
  | { is: 'parked'; at: number; eventId: string; sequence: string; whole: boolean }
  /** The mapping gave records up; `whole`: with what they hold. */
  | { is: 'given up'; at: number; sequences: readonly string[]; condition: string; whole: boolean }
  | { is: 'checkpoint'; at: number; shard: string; sequence?: string }
  | { is: 'poller died'; at: number }
  | { is: 'trimmed'; at: number; sequence: string }
  | { is: 'listed'; at: number; list: string; found: readonly string[]; expected: readonly string[] }
  | { is: 'consumed'; at: number; key: string; sequence: number; expected: number };

export type Kind = HistoryEvent['is'];
export type Of<K extends Kind> = Extract<HistoryEvent, { is: K }>;

/** All that happened in a run: what the judge goes by. */
export interface History {
  add: (event: HistoryEvent) => void;
  all: () => readonly HistoryEvent[];
  of<K extends Kind>(kind: K): readonly Of<K>[];
  /** Of everything in order: equal for equal runs, and for those only. */
  hash: () => string;
}

export const newHistory = (): History => {
  const all: HistoryEvent[] = [];
  const byKind = new Map<Kind, HistoryEvent[]>();
  return {
    add: (event) => {
      all.push(event);
      const same = byKind.get(event.is);
      if (same) same.push(event);
      else byKind.set(event.is, [event]);
    },
    all: () => all,
    of: <K extends Kind>(kind: K) => (byKind.get(kind) ?? []) as Of<K>[],
    hash: () => {
      const hash = createHash('sha256');
      for (const event of all) hash.update(JSON.stringify(event));
      return hash.digest('hex');
    },
  };
};
