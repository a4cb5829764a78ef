import { BUS_ARN } from '../event-bus.ts';
import { wantedBy } from '../subscribers.ts';
import { textOf } from '../item.ts';
import type { Facts, Violation } from './facts.ts';

const TOO_LARGE = 80_000;

/** Each committed change is at every target that wants it, in that target's dead-letter queue, or kept for an operator. */
export const nothingLost = ({ history, commits, events, kept }: Facts): Violation[] => {
  const violations: Violation[] = [];
  const lost = (what: string): void => {
    violations.push({ promise: 'no committed change without its event', what });
  };
  const arrived = new Map<number, Set<string>>();
  for (const { number, target } of [...history.of('delivered'), ...history.of('dead-lettered')]) {
    const targets = arrived.get(number);
    if (targets) targets.add(target);
    else arrived.set(number, new Set([target]));
  }
  const reached = new Map<number, Set<string>>();
  for (const { event, of } of events) {
    if (!of || event.bus !== BUS_ARN) continue;
    const targets = reached.get(of.place) ?? new Set();
    reached.set(of.place, targets);
    for (const target of arrived.get(event.number) ?? []) targets.add(target);
  }
  for (const { commit, place, expected } of commits) {
    if (expected.is === 'nothing' || kept.has(place)) continue;
    const { key, sequence } = commit;
    if (expected.is === 'parked') {
      lost(`${key}, change ${sequence}: nobody can explain it, and no operator finds it`);
      continue;
    }
    const targets = reached.get(place);
    for (const target of wantedBy(expected.type)) {
      if (targets?.has(target)) continue;
      lost(`${key}, change ${sequence}: no ${expected.type} with sequence ${expected.sequence} at ${target}`);
    }
  }
  return violations;
};

/** What can be told as an event is parked only where the bus refused it, or would. */
export const nothingParkedNeedlessly = ({ history, commits, placeOf }: Facts): Violation[] => {
  const refused = new Set(
    history.of('content refused').map(({ detail }) => {
      const { metadata } = JSON.parse(detail) as { metadata?: { groupId: string; sequence: number } };
      return `${metadata?.groupId ?? ''} ${metadata?.sequence ?? 0}`;
    }),
  );
  return history.of('parked').flatMap(({ sequence }) => {
    const known = commits[placeOf(sequence) ?? -1];
    if (known?.expected.is !== 'event') return [];
    const { commit, expected } = known;
    const large = [commit.before, commit.after].some((item) => textOf(item, 'note').length > TOO_LARGE);
    if (large || refused.has(`${commit.key} ${expected.sequence}`)) return [];
    return [{ promise: 'nothing is parked needlessly', what: `${commit.key}, change ${sequence}` }];
  });
};
