import type { Ended, Of } from '../history.ts';
import type { Facts, Violation } from './facts.ts';

const EXCUSES: Ended['wounds'] = ['frozen', 'clock', 'objects'];

/** An invocation that nothing befell reports no failure, and none runs into its timeout for a slow bus. */
export const failuresHaveCauses = ({ history }: Facts): Violation[] => {
  const violations: Violation[] = [];
  for (const { id, how, wounds, reported } of history.of('ended')) {
    const bad = (what: string): void => {
      violations.push({ promise: 'failures have causes', what: `${id}: ${what}` });
    };
    if (wounds.length === 0 && how === 'threw') bad('it threw, and nothing had befallen it');
    if (wounds.length === 0 && reported.length > 0) bad('it reports a failure, and nothing had befallen it');
    if (how === 'timed out' && !wounds.some((wound) => EXCUSES.includes(wound)))
      bad('it ran into its timeout');
  }
  for (const { invocation, reason } of history.of('call refused')) {
    violations.push({
      promise: 'calls have the form that the bus asks for',
      what: `${invocation}: ${reason}`,
    });
  }
  return violations;
};

/** Deaths of the poller that made it forget that it had delivered the record. */
const deathsAfter = ({ history, commits, placeOf }: Facts) => {
  const deaths: { at: number; checkpoints: Map<string, bigint> }[] = [];
  const checkpoints = new Map<string, bigint>();
  for (const event of history.all()) {
    if (event.is === 'poller died') deaths.push({ at: event.at, checkpoints: new Map(checkpoints) });
    if (event.is === 'checkpoint' && event.sequence !== undefined) {
      checkpoints.set(event.shard, BigInt(event.sequence));
    }
  }
  return (sequence: string, since: number): number => {
    const shard = commits[placeOf(sequence) ?? -1]?.commit.shard ?? '';
    const forgotten = (kept: bigint | undefined): boolean => kept === undefined || kept < BigInt(sequence);
    return deaths.filter((death) => death.at >= since && forgotten(death.checkpoints.get(shard))).length;
  };
};

/**
 * A record is delivered again only for a cause of its own: something befell an invocation that had it, its batch was sent
 * twice, or the poller forgot. And a delivery publishes it once, but for answers that were lost.
 */
export const fewDuplicates = (facts: Facts): Violation[] => {
  const { history, events } = facts;
  const wounded = new Set(history.of('ended').flatMap(({ id, wounds }) => (wounds.length > 0 ? [id] : [])));
  const deliveries = new Map<string, Of<'invoked'>[]>();
  for (const invoked of history.of('invoked')) {
    for (const sequence of invoked.sequences) {
      const those = deliveries.get(sequence);
      if (those) those.push(invoked);
      else deliveries.set(sequence, [invoked]);
    }
  }
  const violations: Violation[] = [];
  const bad = (what: string): void => {
    violations.push({ promise: 'few duplicates', what });
  };
  const deaths = deathsAfter(facts);
  for (const [sequence, those] of deliveries) {
    if (those.length === 1) continue;
    const causes =
      those.filter(({ id }) => wounded.has(id)).length +
      those.filter(({ again }) => again).length +
      deaths(sequence, those[0]?.sentAt ?? 0);
    if (those.length > 1 + causes) bad(`change ${sequence}: ${those.length} deliveries for ${causes} causes`);
  }
  const published = new Map<string, { all: number; unheard: number }>();
  for (const { of, event } of events) {
    if (!of) continue;
    const count = published.get(of.commit.sequence) ?? { all: 0, unheard: 0 };
    published.set(of.commit.sequence, count);
    count.all += 1;
    if (!event.heard) count.unheard += 1;
  }
  for (const [sequence, { all, unheard }] of published) {
    const most = (deliveries.get(sequence)?.length ?? 0) + unheard;
    if (all > most) bad(`change ${sequence}: ${all} publications, and ${most} at most have a cause`);
  }
  return violations;
};
