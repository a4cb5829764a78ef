import type { BusService } from '../bus/service.ts';
import type { BusEvent } from '../bus/state.ts';
import { record, text } from '../properties.ts';
import { problemsOf } from './contract.ts';
import type { EventMark, EventRow } from './shapes/events.ts';
import type { State } from './shapes/pipeline.ts';

/** What of an event does not change after the bus took it. */
export interface Head {
  event: BusEvent;
  place: number;
  id: string;
  type: string;
  source: string;
  eventId: string | null;
  correlationId: string | null;
  customerId: string | null;
  orderId: string | null;
  sequence: number | null;
  marks: EventMark[];
}

export interface EventIndex {
  /** Those that the bus holds, the oldest first. */
  heads(): readonly Head[];
  find(key: string): Head | undefined;
}

/** Each event is read once, when somebody first looks, and forgotten when the bus forgets it. */
export function createEventIndex(bus: Pick<BusService, 'recent' | 'total'>): EventIndex {
  let known: Head[] = [];
  let reached = 0;
  let seen = new Set<string>();

  const heads = (): readonly Head[] => {
    const total = bus.total();
    if (total === reached && known.length > 0) return known;
    const held = bus.recent();
    const first = total - held.length;
    known = known.filter(({ place }) => place >= first);
    const places = Math.max(reached, first);
    for (const [offset, event] of held.slice(places - first).entries()) {
      const head = readHead(event, places + offset);
      if (head.eventId !== null) {
        if (seen.has(head.eventId) && !head.marks.includes('replay')) head.marks.push('duplicate');
        seen.add(head.eventId);
      }
      known.push(head);
    }
    reached = total;
    // What was seen is known a little longer than it is held, and not for ever.
    if (seen.size > 4 * known.length + 1_000) seen = new Set(known.flatMap(({ eventId }) => eventId ?? []));
    return known;
  };

  return { heads, find: (key) => heads().find(({ event }) => event.key === key) };
}

function readHead(event: BusEvent, place: number): Head {
  const envelope = JSON.parse(event.json) as Record<string, unknown>;
  const detail = record(envelope, 'detail') ?? {};
  const metadata = record(detail, 'metadata') ?? {};
  const data = record(detail, 'data') ?? {};
  const order = record(data, 'order') ?? {};
  const { sequence } = metadata;
  const source = text(envelope, 'source') ?? '';
  return {
    event,
    place,
    id: event.id,
    type: text(envelope, 'detail-type') ?? '',
    source,
    eventId: text(metadata, 'eventId') ?? null,
    correlationId: text(metadata, 'correlationId') ?? null,
    customerId: text(order, 'customerId') ?? null,
    orderId: text(order, 'orderId') ?? null,
    sequence: typeof sequence === 'number' ? sequence : null,
    marks: [
      ...(envelope['replay-name'] === undefined ? [] : (['replay'] as const)),
      ...(source === 'aws.events' ? (['scheduled'] as const) : []),
      ...(problemsOf(envelope).length > 0 ? (['invalid'] as const) : []),
    ],
  };
}

/** What has become of it until now. */
export function rowOf(head: Head): EventRow {
  const { event, ...known } = head;
  return { ...known, key: event.key, bus: event.bus, at: event.acceptedAt, ...outcomeOf(event) };
}

export function outcomeOf({ deliveries }: BusEvent): { state: State; outcome: string } {
  const count = (state: string) => deliveries.filter((delivery) => delivery.state === state).length;
  if (deliveries.length === 0) return { state: 'quiet', outcome: 'no rule matched' };
  const [lost, dead, open] = [count('dropped'), count('dead-lettered'), count('pending')];
  const of = `of ${deliveries.length}`;
  if (lost > 0) return { state: 'failed', outcome: `${lost} ${of} dropped` };
  if (dead > 0) return { state: 'failed', outcome: `${dead} ${of} dead-lettered` };
  if (open === 0) return { state: 'ok', outcome: `${deliveries.length} ${of} delivered` };
  const retrying = deliveries.some(({ state, attempts }) => state === 'pending' && attempts > 0);
  return { state: retrying ? 'retrying' : 'waiting', outcome: `${deliveries.length - open} ${of} delivered` };
}
