/** Order ids are unique per customer only. */
export interface OrderKey {
  readonly customerId: string;
  readonly orderId: string;
}

/** How far the events of an order go: its version, in the life that began at `createdAt` (an id can be used again). */
export interface Position {
  readonly createdAt: string;
  readonly sequence: number;
}

export type Claim =
  /** Nobody else is given the order until the claim ends; `last` is the position before. */
  | { readonly outcome: 'claimed'; readonly token: string; readonly last: Position | undefined }
  /** The consumer is at the position, or beyond it. */
  | { readonly outcome: 'passed'; readonly last: Position }
  /** Somebody else has claimed the order. */
  | { readonly outcome: 'busy' };

/** Where a consumer remembers how far it is with each order. One store belongs to one consumer. */
export interface PositionStore {
  /** Atomically: claims the order for so many milliseconds, if the position is ahead of it and nobody has a claim. */
  claim(order: OrderKey, position: Position, forMs: number): Promise<Claim>;
  /** Moves to the position and ends the claim. False, and nothing moved, when the claim is no longer held. */
  advance(order: OrderKey, token: string, position: Position): Promise<boolean>;
  /** Ends the claim without moving; does nothing when it is no longer held. */
  release(order: OrderKey, token: string): Promise<void>;
}

/** Times of one format, as all of the events' are, compare as text. */
export const isAhead = (position: Position, last: Position | undefined): boolean =>
  last === undefined ||
  position.createdAt > last.createdAt ||
  (position.createdAt === last.createdAt && position.sequence > last.sequence);

export const isSame = (position: Position, last: Position): boolean =>
  position.createdAt === last.createdAt && position.sequence === last.sequence;
