import type { Scheduled } from '../schedule.ts';
import { createRing, type Ring } from './ring.ts';
import type { Rule } from './rules.ts';

/** What became of one event at one target. */
export interface DeliveryRecord {
  rule: string;
  target: string;
  state: 'pending' | 'delivered' | 'dead-lettered' | 'dropped';
  attempts: number;
  error?: string;
}

export interface Delivery extends DeliveryRecord, Scheduled {
  id: string;
  event: BusEvent;
}

export interface BusEvent {
  /** Of this acceptance: an event that one bus hands to another keeps its id, not its key. */
  key: string;
  id: string;
  bus: string;
  acceptedAt: number;
  /** The envelope as targets get it, as JSON text. */
  json: string;
  /** How many buses it came through. */
  hops: number;
  deliveries: Delivery[];
}

type KeptDelivery = Pick<Delivery, 'id' | 'rule' | 'target' | 'attempts' | 'nextAt' | 'error'>;

export type AcceptedEvent = Omit<BusEvent, 'deliveries'> & {
  archives: string[];
  deliveries: KeptDelivery[];
  /** In a snapshot, of an event that is among the newest: there to be looked at. */
  settled?: (KeptDelivery & Pick<Delivery, 'state'>)[];
};

export type BusEntry =
  | { type: 'accepted'; events: AcceptedEvent[] }
  | { type: 'retry'; delivery: string; attempts: number; nextAt: number; error: string }
  | {
      type: 'settled';
      delivery: string;
      state: Exclude<Delivery['state'], 'pending'>;
      attempts: number;
      error?: string;
    }
  | { type: 'rule'; rule: Rule }
  | { type: 'rule deleted'; bus: string; name: string };

export interface BusState {
  pending: ReadonlyMap<string, Delivery>;
  recent: Ring<BusEvent>;
  archives: Map<string, Ring<BusEvent>>;
  apply(entry: BusEntry): void;
  snapshot(): BusEntry[];
}

const day = 24 * 60 * 60 * 1000;
const bounds = { maxBytes: 32 * 1024 * 1024, sizeOf: ({ json }: BusEvent) => json.length + 200 };

/** Events that are still to be delivered or archived, and the newest of all. */
export function createBusState(options: {
  archives: readonly { name: string; retentionDays?: number }[];
  onPending: (delivery: Delivery) => void;
}): BusState {
  const pending = new Map<string, Delivery>();
  const recent = createRing<BusEvent>({ maxItems: 10_000, ...bounds });
  const archives = new Map(
    options.archives.map(({ name }) => [name, createRing<BusEvent>({ maxItems: 20_000, ...bounds })]),
  );

  const accept = ({ archives: names, deliveries, settled = [], ...about }: AcceptedEvent) => {
    const event: BusEvent = { ...about, deliveries: [] };
    for (const kept of settled) event.deliveries.push({ ...kept, event, done: true });
    for (const kept of deliveries) {
      const delivery: Delivery = { ...kept, event, state: 'pending', done: false };
      event.deliveries.push(delivery);
      pending.set(delivery.id, delivery);
    }
    recent.push(event);
    for (const { name, retentionDays = Infinity } of options.archives) {
      const archive = archives.get(name);
      archive?.dropWhile(({ acceptedAt }) => acceptedAt < event.acceptedAt - retentionDays * day);
      if (names.includes(name)) archive?.push(event);
    }
    for (const delivery of event.deliveries) if (!delivery.done) options.onPending(delivery);
  };

  return {
    pending,
    recent,
    archives,
    apply: (entry) => {
      if (entry.type === 'accepted') {
        for (const event of entry.events) accept(event);
        return;
      }
      if (entry.type === 'rule' || entry.type === 'rule deleted') return;
      const delivery = pending.get(entry.delivery);
      if (!delivery) return;
      delivery.attempts = entry.attempts;
      if (entry.error !== undefined) delivery.error = entry.error;
      if (entry.type === 'retry') {
        delivery.nextAt = entry.nextAt;
      } else {
        delivery.state = entry.state;
        delivery.done = true;
        pending.delete(delivery.id);
      }
    },
    snapshot: () => {
      const kept = new Map<BusEvent, string[]>();
      for (const [name, archive] of archives) {
        for (const event of archive.items()) kept.set(event, [...(kept.get(event) ?? []), name]);
      }
      for (const { event } of pending.values()) if (!kept.has(event)) kept.set(event, []);
      const newest = new Set(recent.items());
      const inOrder = [...kept].sort(([a], [b]) => a.acceptedAt - b.acceptedAt);
      return inOrder.map(([event, names]) => ({
        type: 'accepted',
        events: [asAccepted(event, names, newest.has(event))],
      }));
    },
  };
}

function asAccepted(
  { deliveries, ...event }: BusEvent,
  archives: string[],
  isRecent: boolean,
): AcceptedEvent {
  const open = deliveries.filter(({ done }) => !done).map(kept);
  const settled = deliveries.filter(({ done }) => isRecent && done);
  return {
    ...event,
    archives,
    deliveries: open,
    ...(settled.length > 0 && { settled: settled.map((each) => ({ ...kept(each), state: each.state })) }),
  };
}

const kept = ({ id, rule, target, attempts, nextAt, error }: Delivery): KeptDelivery => ({
  id,
  rule,
  target,
  attempts,
  nextAt,
  ...(error !== undefined && { error }),
});
