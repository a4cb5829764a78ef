import type { OrderRecord } from '../domain/order.ts';
import { type OrderEvent, orderEvents, type Removal } from '../domain/order-events.ts';
import type { Result } from '../domain/result.ts';
import type { EventPublisher, FailureStore } from './ports.ts';

export interface OrderChange {
  before?: OrderRecord;
  after?: OrderRecord;
  removal?: Removal;
}

/** One change as it came in; `payload` is all of it, for the case that nothing can be made of it. */
export interface ReceivedChange {
  id: string;
  change: Result<OrderChange, { reason: string }>;
  payload: unknown;
}

export type ChangeOutcome =
  | { outcome: 'published'; event: OrderEvent }
  | { outcome: 'nothing' }
  | { outcome: 'parked'; reason: string }
  | { outcome: 'failed'; reason: string };

interface Dependencies {
  publisher: EventPublisher;
  failures: FailureStore;
}

/** Says of each change, at its place, what came of it; only `failed` ones are to be delivered again. */
export const publishOrderChanges =
  ({ publisher, failures }: Dependencies) =>
  async (received: readonly ReceivedChange[], deadline: number): Promise<ChangeOutcome[]> => {
    const outcomes = received.map((): ChangeOutcome => ({ outcome: 'nothing' }));
    const park = async (place: number, { id, payload }: ReceivedChange, reason: string): Promise<void> => {
      try {
        await failures.park({ id, reason, payload });
        outcomes[place] = { outcome: 'parked', reason };
      } catch (error) {
        outcomes[place] = { outcome: 'failed', reason: `${reason}; parking it failed: ${String(error)}` };
      }
    };

    const due: { place: number; record: ReceivedChange; event: OrderEvent }[] = [];
    const parking: Promise<void>[] = [];
    for (const [place, record] of received.entries()) {
      const { change } = record;
      const events = change.ok
        ? orderEvents(change.value.before, change.value.after, change.value.removal)
        : change;
      if (events.ok) due.push(...events.value.map((event) => ({ place, record, event })));
      else parking.push(park(place, record, events.error.reason));
    }

    const publications = await publisher.publish(
      due.map(({ event }) => event),
      deadline,
    );
    for (const [index, { place, record, event }] of due.entries()) {
      const publication = publications[index] ?? { outcome: 'failed', code: 'NoAnswer', detail: 'no result' };
      if (publication.outcome === 'published') outcomes[place] = { outcome: 'published', event };
      else {
        const reason = `${publication.code}: ${publication.detail}`;
        if (publication.outcome === 'refused') parking.push(park(place, record, reason));
        else outcomes[place] = { outcome: 'failed', reason };
      }
    }
    await Promise.all(parking);
    return outcomes;
  };
