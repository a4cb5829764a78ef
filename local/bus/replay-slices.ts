import { createHash } from 'node:crypto';
import { timeOf } from './envelope.ts';
import type { Reached, Replay } from './replays.ts';
import type { BusEvent } from './state.ts';

const atOnce = 50;

export interface Slice {
  events: BusEvent[];
  reached: Reached;
}

/** One minute after the other; within a minute as EventBridge, which promises no order. */
export function* slicesOf(
  { name, from, to, reached }: Replay,
  archived: readonly BusEvent[],
): Generator<Slice, undefined> {
  const minutes = new Map<number, BusEvent[]>();
  for (const event of archived) {
    const at = timeOf(event.json);
    if (at < from || at >= to) continue;
    const minute = Math.floor(at / 60_000);
    const slice = minutes.get(minute);
    if (slice) slice.push(event);
    else minutes.set(minute, [event]);
  }
  for (const minute of [...minutes.keys()].sort((a, b) => a - b)) {
    const ranked = (minutes.get(minute) ?? [])
      .map((event) => ({ event, rank: rankOf(name, event) }))
      .filter(
        ({ rank }) =>
          !reached || minute > reached.minute || (minute === reached.minute && rank > reached.rank),
      )
      .sort((a, b) => (a.rank < b.rank ? -1 : 1));
    for (let first = 0; first < ranked.length; first += atOnce) {
      const chunk = ranked.slice(first, first + atOnce);
      const events = chunk.map(({ event }) => event);
      const at = Math.max(...events.map(({ json }) => timeOf(json)));
      yield { events, reached: { minute, rank: chunk.at(-1)?.rank ?? '', at } };
    }
  }
}

/** The same after a restart, so that the replay can go on where it was. */
const rankOf = (replayName: string, { key }: BusEvent) =>
  createHash('sha1').update(replayName).update(key).digest('hex');
