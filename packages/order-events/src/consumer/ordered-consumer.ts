import type { OrderEventEnvelope } from '../types.ts';
import { gapBefore, type Gap } from './gap.ts';
import { standingOf } from './standing.ts';
import { type Claim, isSame, type OrderKey, type PositionStore } from './store.ts';

export interface OrderedConsumerOptions {
  store: PositionStore;
  /** The effect. It may be repeated, see below; types of later releases come here too. */
  onEvent: (event: OrderEventEnvelope) => Promise<void> | void;
  /** Hears of versions that did not come, before the event after them is handled. To wait for them, throw. */
  onGap?: (gap: Gap, event: OrderEventEnvelope) => Promise<void> | void;
  /** Longer than `onEvent` ever takes, and after a crash an order waits so long; a minute when not given. */
  claimMs?: number;
  /** How long to wait for an order that somebody else has claimed, before OrderBusyError; a second when not given. */
  waitMs?: number;
}

/** `stale`: a later event of the order was handled before; this one may have been too, or not. */
export type Outcome = 'handled' | 'duplicate' | 'stale';

export interface OrderedConsumer {
  /**
   * Handles one event as a rule's target gets it.
   *
   * @throws OrderBusyError, ClaimLostError, InvalidOrderEventError, and whatever `onEvent`, `onGap` and the store throw:
   *   the event is not done with, and must come again, as it does where a queue or Lambda delivered it.
   */
  handle: (event: OrderEventEnvelope) => Promise<Outcome>;
}

/** Somebody else handles an event of the same order at this moment. */
export class OrderBusyError extends Error {
  override readonly name = 'OrderBusyError';
  constructor({ customerId, orderId }: OrderKey) {
    super(`Another event of order ${customerId}/${orderId} is being handled: this one must come again.`);
  }
}

/** `onEvent` took longer than `claimMs`: somebody else may have begun with an event of the order meanwhile. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';
  constructor({ customerId, orderId }: OrderKey, claimMs: number) {
    super(`Handling an event of order ${customerId}/${orderId} took longer than its claim of ${claimMs} ms.`);
  }
}

const MINUTE = 60_000;
const SECOND = 1_000;
const FIRST_PAUSE_MS = 25;

/**
 * A consumer that takes each order's events forward only: duplicates and stale events are dropped, by (customerId,
 * orderId, createdAt, sequence). For each event it claims the order, runs `onEvent`, and then marks the event, which
 * also ends the claim. So it is promised:
 *
 * - Effects of one order never overlap, and none runs behind a marked one. While one runs, `handle` rejects others with
 *   OrderBusyError, however many consumers share the store.
 * - No event is lost: one that is neither marked nor behind a marked one comes again as long as its delivery is retried.
 *   When `onEvent` or `onGap` throws, nothing is marked, the claim is given back, and `handle` rejects with the error.
 * - An effect happens at least once, usually once. When the process dies, or the store cannot be reached, after the effect
 *   and before the mark, the order stays claimed until `claimMs` are over, and then the effect is repeated. An older event
 *   that comes in between has its effect first: the last effect is always that of the latest event.
 * - A claim is bound to time. If an effect goes on for longer than `claimMs`, another consumer may begin with the same or a
 *   later event: the two may overlap, only one of them marks, and the other rejects with ClaimLostError. Where even
 *   that must do no harm, make the effect conditional on `detail.metadata.sequence`.
 * - What was not seen is reported: `onGap` is called before the effect of the event after the gap, again if that is
 *   repeated. If it resolves, the events of the gap are stale from then on.
 *
 * Events carry the whole state of their order, so that the latest alone is enough for a projection; a consumer that
 * needs each one throws in `onGap`, and gives its queue enough retries for the missing one to come.
 */
export const orderedConsumer = ({
  store,
  onEvent,
  onGap,
  claimMs = MINUTE,
  waitMs = SECOND,
}: OrderedConsumerOptions): OrderedConsumer => ({
  handle: async (event) => {
    const { order, position, isFirst } = standingOf(event);
    const claim = await claimed(() => store.claim(order, position, claimMs), waitMs);
    if (claim.outcome === 'busy') throw new OrderBusyError(order);
    if (claim.outcome === 'passed') return isSame(position, claim.last) ? 'duplicate' : 'stale';
    const { token, last } = claim;
    try {
      const gap = gapBefore({ order, position, isFirst }, last);
      if (gap) await onGap?.(gap, event);
      await onEvent(event);
    } catch (error) {
      // The reason why it failed is worth more than why its claim now has to run out.
      await store.release(order, token).catch(() => undefined);
      throw error;
    }
    if (!(await store.advance(order, token, position))) throw new ClaimLostError(order, claimMs);
    return 'handled';
  },
});

/** Most effects are short: who waits a moment need not come again by way of the queue. */
async function claimed(attempt: () => Promise<Claim>, waitMs: number): Promise<Claim> {
  let left = waitMs;
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    const claim = await attempt();
    if (claim.outcome !== 'busy' || left <= 0) return claim;
    const ms = Math.min(left, pause * (0.5 + Math.random() / 2));
    left -= ms;
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
