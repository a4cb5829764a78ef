import type { Facts, KnownEvent, Violation } from './facts.ts';

/** Of each order, changes are first published in the order of their commits, but for those that an operator got before. */
export const inOrder = ({ history, commits, events, placeOf }: Facts): Violation[] => {
  const violations: Violation[] = [];
  const byNumber = new Map(events.map((known): [number, KnownEvent] => [known.event.number, known]));
  const latest = new Map<string, number>();
  const seen = new Set<number>();
  for (const event of history.all()) {
    if (event.is === 'parked') seen.add(placeOf(event.sequence) ?? -1);
    if (event.is === 'given up') for (const sequence of event.sequences) seen.add(placeOf(sequence) ?? -1);
    if (event.is !== 'published') continue;
    const of = byNumber.get(event.number)?.of;
    if (!of || seen.has(of.place)) continue;
    seen.add(of.place);
    const { key } = of.commit;
    const ahead = latest.get(key) ?? -1;
    if (of.place < ahead) {
      const later = commits[ahead]?.commit.sequence ?? '';
      const what = `${key}: change ${of.commit.sequence} was published after change ${later}`;
      violations.push({ promise: 'first publications in order', what });
    } else latest.set(key, of.place);
  }
  return violations;
};

/** Consumers that drop what is stale end where the last event leaves them. */
export const consumersConverge = ({ history }: Facts): Violation[] =>
  history
    .of('consumed')
    .filter(({ sequence, expected }) => sequence !== expected)
    .map(({ key, sequence, expected }) => ({
      promise: 'consumers converge',
      what: `${key}: ${sequence} and not ${expected}`,
    }));
