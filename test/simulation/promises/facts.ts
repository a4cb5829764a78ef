import { type Contract, contractOf } from '../contract.ts';
import type { Commit, History, Published } from '../history.ts';
import { textOf } from '../item.ts';
import { type Expected, expectedOf } from './expected-event.ts';

export interface Violation {
  promise: string;
  what: string;
}

export interface KnownCommit {
  commit: Commit;
  /** Its place among all commits. */
  place: number;
  expected: Expected;
}

/** An accepted entry, and the commit that it tells of. */
export interface KnownEvent {
  event: Published;
  contract: Contract | undefined;
  of: KnownCommit | undefined;
}

export interface Facts {
  history: History;
  commits: readonly KnownCommit[];
  events: readonly KnownEvent[];
  /** Places of the commits that an operator finds, parked or given up, with all that they hold. */
  kept: ReadonlySet<number>;
  placeOf: (sequence: string) => number | undefined;
}

/** What makes a change this one and no other for a subscriber. */
const identity = (key: string, createdAt: string, sequence: number, type: string): string =>
  `${key} ${createdAt} ${sequence} ${type}`;

export const factsOf = (history: History): Facts => {
  const places = new Map<string, number>();
  const byEventId = new Map<string, number>();
  const byIdentity = new Map<string, KnownCommit>();
  const commits = history.of('commit').map((commit, place): KnownCommit => {
    const known = { commit, place, expected: expectedOf(commit) };
    places.set(commit.sequence, place);
    byEventId.set(commit.eventId, place);
    const {
      expected,
      commit: { key },
    } = known;
    if (expected.is === 'event') {
      const createdAt = textOf({ createdAt: '1970-01-01T00:00:00.000Z', ...expected.state }, 'createdAt');
      const name = identity(key, createdAt, expected.sequence, expected.type);
      byIdentity.set(name, known);
    }
    return known;
  });

  const contracts = new Map<string, Pick<KnownEvent, 'contract' | 'of'>>();
  const known = (event: Published): Pick<KnownEvent, 'contract' | 'of'> => {
    const before = contracts.get(event.detail);
    if (before) return before;
    const contract = contractOf(event);
    const { groupId = '', sequence = 0, type = '' } = contract?.metadata ?? {};
    const name = identity(groupId, textOf(contract?.data.order, 'createdAt'), sequence, type);
    const found = { contract, of: byIdentity.get(name) };
    contracts.set(event.detail, found);
    return found;
  };
  const events = history.of('published').map((event): KnownEvent => ({ event, ...known(event) }));

  const kept = new Set<number>();
  for (const { eventId, whole } of history.of('parked')) {
    const place = byEventId.get(eventId);
    if (whole && place !== undefined) kept.add(place);
  }
  for (const { sequences, whole } of history.of('given up')) {
    if (!whole) continue;
    for (const place of sequences.map((sequence) => places.get(sequence))) {
      if (place !== undefined) kept.add(place);
    }
  }
  return { history, commits, events, kept, placeOf: (sequence) => places.get(sequence) };
};
