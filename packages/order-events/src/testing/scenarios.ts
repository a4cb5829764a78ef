import type { OrderEventEnvelope } from '../types.ts';
import { uuidOf } from './identity.ts';

/** The same seed gives the same deliveries. */
export interface Seeded {
  seed?: number;
}

/** Numbers from 0 to below 1 (mulberry32). */
const chanceOf = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const upTo = (chance: () => number, count: number): number => Math.floor(chance() * count);

const shuffled = <Event>(events: readonly Event[], chance: () => number): Event[] => {
  const result = [...events];
  for (let place = result.length - 1; place > 0; place -= 1) {
    const other = upTo(chance, place + 1);
    [result[place], result[other]] = [result[other] as Event, result[place] as Event];
  }
  return result;
};

/** As when a target did not answer in time, or the publisher did not hear that it had published. */
const again = <Event extends OrderEventEnvelope>(event: Event, time: number, chance: () => number): Event =>
  chance() < 0.5 ? event : { ...event, id: uuidOf([event.id, time]) };

/**
 * Each event once to three times, at least one of them repeated, and the repetitions anywhere after the first.
 * A repetition has the same `detail`; its envelope has the same `id` (delivered again) or another (published again).
 */
export const duplicated = <Event extends OrderEventEnvelope>(
  events: readonly Event[],
  { seed = 1 }: Seeded = {},
): Event[] => {
  const chance = chanceOf(seed);
  const certain = upTo(chance, events.length);
  const result = [...events];
  for (const [index, event] of events.entries()) {
    const times = Math.max(index === certain ? 1 : 0, upTo(chance, 3));
    for (let time = 1; time <= times; time += 1) {
      const first = result.indexOf(event);
      const place = first + 1 + upTo(chance, result.length - first);
      result.splice(place, 0, again(event, time, chance));
    }
  }
  return result;
};

/** Every event once, in another order than given where there are two or more. */
export const reordered = <Event extends OrderEventEnvelope>(
  events: readonly Event[],
  { seed = 1 }: Seeded = {},
): Event[] => {
  const result = shuffled(events, chanceOf(seed));
  return result.some((event, place) => event !== events[place])
    ? result
    : [...events.slice(1), ...events.slice(0, 1)];
};

/** Every event once; one that is not the last comes after all others, as when its delivery had to be retried. */
export const late = <Event extends OrderEventEnvelope>(
  events: readonly Event[],
  { seed = 1 }: Seeded = {},
): Event[] => {
  const place = upTo(chanceOf(seed), Math.max(0, events.length - 1));
  return [...events.slice(0, place), ...events.slice(place + 1), ...events.slice(place, place + 1)];
};

/** All events, and then all of them again in any order, with the name of the replay and the ids that they had. */
export const replayed = <Event extends OrderEventEnvelope>(
  events: readonly Event[],
  { seed = 1, name = 'replay-1' }: Seeded & { name?: string } = {},
): Event[] => [
  ...events,
  ...shuffled(events, chanceOf(seed)).map((event) => ({ ...event, 'replay-name': name })),
];
