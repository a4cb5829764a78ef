import type { Standing } from './standing.ts';
import type { OrderKey, Position } from './store.ts';

/** Versions of an order that did not come before the one at hand: those between `after` and `before`. */
export interface Gap extends OrderKey {
  /** Of the life of the order that the event at hand is part of. */
  createdAt: string;
  /** The last version that was seen; undefined where none was, or where the count began anew. */
  after: number | undefined;
  /** The version at hand. */
  before: number;
}

/**
 * An order that is created over a deleted one goes on counting from it, unless its last trace has expired: then the
 * count begins anew.
 */
export function gapBefore(
  { order, position: { createdAt, sequence }, isFirst }: Standing,
  last: Position | undefined,
): Gap | undefined {
  const gap = (after: number | undefined): Gap => ({ ...order, createdAt, after, before: sequence });
  const goesOn = last !== undefined && sequence > last.sequence;
  if (goesOn)
    return sequence === last.sequence + 1 && (isFirst || last.createdAt === createdAt)
      ? undefined
      : gap(last.sequence);
  return isFirst ? undefined : gap(undefined);
}
