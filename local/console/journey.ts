import type { Trace } from '../trace/trace.ts';
import { chainOf } from './chain.ts';
import type { EventIndex } from './event-index.ts';
import {
  correlationOfEvent,
  correlationOfRecord,
  gather,
  isSame,
  orderOfEvent,
  orderOfPath,
  orderOfRecord,
  type OrderRef,
} from './journey-material.ts';
import type { IdKind, Journey } from './shapes/journey.ts';
import type { ChainParts } from './step.ts';

export interface JourneyParts extends ChainParts {
  trace: Trace;
  events: EventIndex;
}

const maxChains = 20;

/** Everything that is known of one id, whatever kind of id it is; undefined where nothing is. */
export function journeyOf(id: string, parts: JourneyParts, most = maxChains): Journey | undefined {
  const found = find(id, parts);
  if (!found) return undefined;
  const { kind, orders, correlations, title } = found;
  const shown = correlations.slice(-most);
  // Of an order: only what concerns it. Of any other id: all that the same request brought about.
  const only = kind === 'order' || kind === 'record' ? orders : [undefined];
  const chains = shown.flatMap((correlationId) =>
    (correlationId === null ? orders : only)
      .map((order) => chainOf(gather(correlationId, order, parts), parts))
      .filter(({ steps }) => steps.length > 0),
  );
  return {
    id,
    kind,
    title,
    orders,
    chains: chains.sort((a, b) => a.at - b.at),
    more: correlations.length - shown.length,
  };
}

interface Found {
  kind: IdKind;
  title: string;
  orders: OrderRef[];
  /** The oldest first; null for what was done without one. */
  correlations: (string | null)[];
}

function find(id: string, parts: JourneyParts): Found | undefined {
  const orders = ordersNamed(id, parts);
  if (orders.length > 0) {
    const title = orders.map(({ orderId }) => orderId)[0] ?? id;
    return { kind: 'order', title: `Order ${title}`, orders, correlations: correlationsOf(orders, parts) };
  }
  const { trace, events } = parts;
  const heads = events.heads().filter((head) => head.id === id || head.eventId === id);
  const [head] = heads;
  if (head)
    return chainFound('event', `${head.type} ${id}`, correlationOfEvent(head), parts, orderOfEvent(head));
  const requests = trace.requests.items();
  if (
    requests.some(({ correlationId }) => correlationId === id) ||
    events.heads().some(({ correlationId }) => correlationId === id) ||
    [...trace.records.entries()].some(([, each]) => correlationOfRecord(each) === id)
  ) {
    return chainFound('correlation', `Correlation ${id}`, id, parts);
  }
  const request = requests.find(({ requestId }) => requestId === id);
  if (request) return chainFound('request', `Request ${id}`, request.correlationId ?? null, parts);
  return findInvocation(id, parts) ?? findRecord(id, parts);
}

/** A function's request id leads to what it was run for. */
function findInvocation(id: string, parts: JourneyParts): Found | undefined {
  const { trace, events } = parts;
  const cause = trace.invocations.items().find(({ requestId }) => requestId === id)?.cause;
  if (!cause) return undefined;
  const title = `Invocation ${id}`;
  if (cause.kind === 'request') {
    const request = trace.requests.items().find(({ requestId }) => requestId === cause.requestId);
    return request && chainFound('request', title, request.correlationId ?? null, parts);
  }
  if (cause.kind === 'event') {
    const head = events.heads().find((each) => each.id === cause.id);
    return head && chainFound('request', title, correlationOfEvent(head), parts, orderOfEvent(head));
  }
  if (cause.kind === 'call') return undefined;
  const records = cause.keys.flatMap((key) => trace.records.get(key) ?? []);
  const correlations = [...new Set(records.map(correlationOfRecord))];
  const orders = unique(records.flatMap((each) => orderOfRecord(each) ?? []));
  return { kind: 'request', title, orders, correlations };
}

function findRecord(id: string, parts: JourneyParts): Found | undefined {
  for (const [, each] of parts.trace.records.entries()) {
    if (each.dynamodb.SequenceNumber !== id && each.eventID !== id) continue;
    return chainFound('record', `Stream record ${id}`, correlationOfRecord(each), parts, orderOfRecord(each));
  }
  return undefined;
}

function chainFound(
  kind: IdKind,
  title: string,
  correlationId: string | null,
  parts: JourneyParts,
  order?: OrderRef,
): Found {
  const all = correlationId === null ? [] : ordersOfCorrelation(correlationId, parts);
  const orders = unique([...(order ? [order] : []), ...all]);
  return { kind, title, orders, correlations: [correlationId] };
}

/** `O1`, or `C1/O1` and `C1#O1` where the id alone may name several. */
function ordersNamed(id: string, { trace, events }: JourneyParts): OrderRef[] {
  const [first = '', second] = id.split(/[/#]/);
  const isNamed = ({ customerId, orderId }: OrderRef) =>
    second === undefined ? orderId === first : customerId === first && orderId === second;
  return unique(
    [
      ...[...trace.records.entries()].map(([, each]) => orderOfRecord(each)),
      ...events.heads().map(orderOfEvent),
      ...trace.requests.items().map(({ path }) => orderOfPath(path)),
    ].filter((ref) => ref !== undefined && isNamed(ref)) as OrderRef[],
  );
}

/** In the order of their first trace. What only read the order does not count. */
function correlationsOf(orders: readonly OrderRef[], { trace, events }: JourneyParts): (string | null)[] {
  const concerns = (ref: OrderRef | undefined) => orders.some((order) => isSame(ref, order));
  const all = [
    ...trace.requests
      .items()
      .filter(({ path, method }) => method !== 'GET' && method !== 'HEAD' && concerns(orderOfPath(path)))
      .map(({ at, correlationId }) => ({ at, id: correlationId ?? null })),
    ...[...trace.records.entries()]
      .filter(([, each]) => concerns(orderOfRecord(each)))
      .map(([, each]) => ({
        at: each.dynamodb.ApproximateCreationDateTime * 1000,
        id: correlationOfRecord(each),
      })),
    ...events
      .heads()
      .filter((head) => concerns(orderOfEvent(head)))
      .map((head) => ({ at: head.event.acceptedAt, id: correlationOfEvent(head) })),
  ];
  return [...new Set(all.sort((a, b) => a.at - b.at).map(({ id }) => id))];
}

function ordersOfCorrelation(correlationId: string, { trace, events }: JourneyParts): OrderRef[] {
  return [
    ...[...trace.records.entries()]
      .filter(([, each]) => correlationOfRecord(each) === correlationId)
      .flatMap(([, each]) => orderOfRecord(each) ?? []),
    ...events
      .heads()
      .filter((head) => head.correlationId === correlationId)
      .flatMap((head) => orderOfEvent(head) ?? []),
  ];
}

const unique = (refs: readonly OrderRef[]): OrderRef[] => [
  ...new Map(refs.map((ref) => [`${ref.customerId}/${ref.orderId}`, ref])).values(),
];
