import type { BusService } from './bus/service.ts';
import type { DeliveryRecord } from './bus/state.ts';

/** An event as targets get it, and the bus that took it. */
export interface LocalEvent {
  bus: string;
  id: string;
  source: string;
  'detail-type': string;
  time: string;
  resources: string[];
  detail: unknown;
  /** Of one that a replay gave to the bus again. */
  'replay-name'?: string;
}

/** What became of the event with this id at a target. */
export interface LocalDelivery extends DeliveryRecord {
  event: string;
}

/** Oldest first; at most what the bus still holds. */
export const eventsOf = (bus: Pick<BusService, 'recent'>): LocalEvent[] =>
  bus.recent().map((event) => ({ ...(JSON.parse(event.json) as Omit<LocalEvent, 'bus'>), bus: event.bus }));

/** In the order of their events. */
export const deliveriesOf = (bus: Pick<BusService, 'recent'>): LocalDelivery[] =>
  bus.recent().flatMap(({ id, deliveries }) =>
    deliveries.map(({ rule, target, state, attempts, error }) => ({
      event: id,
      rule,
      target,
      state,
      attempts,
      ...(error !== undefined && { error }),
    })),
  );
