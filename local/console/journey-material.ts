import { isRecord, record, text } from '../properties.ts';
import type { StreamRecord } from '../stream/source.ts';
import { correlationIn } from '../trace/calls.ts';
import type {
  AttemptStep,
  BatchStep,
  CallStep,
  ConsumerStep,
  InvocationStep,
  RequestStep,
  Trace,
} from '../trace/trace.ts';
import type { EventIndex, Head } from './event-index.ts';

export interface OrderRef {
  customerId: string;
  orderId: string;
}

/** Everything that is held of what one correlation id brought about. */
export interface Material {
  correlationId: string | null;
  requests: RequestStep[];
  invocations: InvocationStep[];
  calls: CallStep[];
  records: { key: string; record: StreamRecord }[];
  batches: BatchStep[];
  events: Head[];
  attempts: AttemptStep[];
  consumers: ConsumerStep[];
}

/** Of what somebody did by hand no correlation id is stored; the code writes this word for it. */
const noCorrelation = new Set(['unknown', '']);

export const correlationOfRecord = ({ dynamodb }: StreamRecord): string | null => {
  const id = correlationIn(dynamodb.NewImage ?? dynamodb.OldImage ?? {});
  return id === undefined || noCorrelation.has(id) ? null : id;
};

export const correlationOfEvent = ({ correlationId }: Head): string | null =>
  correlationId === null || noCorrelation.has(correlationId) ? null : correlationId;

export function orderOfRecord({ dynamodb }: StreamRecord): OrderRef | undefined {
  const [customerId, orderId] = ['customerId', 'orderId'].map((name) => {
    const value = dynamodb.Keys[name];
    return isRecord(value) ? text(value, 'S') : undefined;
  });
  return customerId !== undefined && orderId !== undefined ? { customerId, orderId } : undefined;
}

/** As the API's paths name it. */
export function orderOfPath(path: string): OrderRef | undefined {
  const [, customerId, orderId] = /^\/customers\/([^/?]+)\/orders\/([^/?]+)/.exec(path) ?? [];
  return customerId !== undefined && orderId !== undefined ? { customerId, orderId } : undefined;
}

export const isSame = (a: OrderRef | undefined, b: OrderRef): boolean =>
  a?.customerId === b.customerId && a.orderId === b.orderId;

export const orderOfEvent = ({ customerId, orderId }: Head): OrderRef | undefined =>
  customerId !== null && orderId !== null ? { customerId, orderId } : undefined;

const newest = <T extends { at: number }>(steps: readonly T[]) => steps.slice(-maxSteps);
const maxSteps = 500;

/** `order` leaves out what the same correlation id brought about for others. */
export function gather(
  correlationId: string | null,
  order: OrderRef | undefined,
  { trace, events }: { trace: Trace; events: EventIndex },
): Material {
  const concerns = (ref: OrderRef | undefined) => order === undefined || isSame(ref, order);
  const requests = trace.requests
    .items()
    .filter((step) => correlationId !== null && step.correlationId === correlationId)
    .filter(({ path }) => concerns(orderOfPath(path) ?? order));
  const records = [...trace.records.entries()]
    .map(([key, value]) => ({ key, record: value }))
    .filter((each) => correlationOfRecord(each.record) === correlationId)
    .filter((each) => concerns(orderOfRecord(each.record)));
  const heads = events
    .heads()
    .filter((head) => correlationOfEvent(head) === correlationId && concerns(orderOfEvent(head)));

  const [requestIds, recordKeys] = [ids(requests, 'requestId'), ids(records, 'key')];
  const [eventIds, envelopeIds] = [ids(heads, 'eventId'), ids(heads, 'id')];
  const eventKeys = new Set(heads.map(({ event }) => event.key));
  const recordIds = records.map((each) => each.record.eventID);

  const calls = trace.calls.items().filter((call) => {
    if (call.items.some((item) => touches(item, correlationId, order))) return true;
    if (call.entries.some(({ eventId }) => eventId !== undefined && eventIds.has(eventId))) return true;
    return call.objectKey !== undefined && recordIds.some((id) => call.objectKey?.includes(id));
  });
  const batches = trace.batches.items().filter(({ keys }) => keys.some((key) => recordKeys.has(key)));
  const invocations = trace.invocations.items().filter(({ cause }) => {
    if (cause.kind === 'request') return requestIds.has(cause.requestId);
    if (cause.kind === 'records') return cause.keys.some((key) => recordKeys.has(key));
    return cause.kind === 'event' && envelopeIds.has(cause.id);
  });
  const attempts = trace.attempts.items().filter(({ event }) => eventKeys.has(event));
  const received = trace.consumers
    .items()
    .filter(({ event }) => event !== undefined && envelopeIds.has(event));
  const messages = ids(received, 'message');
  const consumers = trace.consumers.items().filter(({ message }) => messages.has(message));
  return {
    correlationId,
    requests: newest(requests),
    invocations: newest(invocations),
    calls: newest(calls),
    records: records.slice(-maxSteps),
    batches: newest(batches),
    events: heads.slice(-maxSteps),
    attempts: newest(attempts),
    consumers: newest(consumers),
  };
}

function touches(
  { key, correlationId }: CallStep['items'][number],
  wanted: string | null,
  order: OrderRef | undefined,
): boolean {
  const known = correlationId === undefined || noCorrelation.has(correlationId) ? null : correlationId;
  if (known !== wanted) return false;
  if (wanted === null && order === undefined) return false;
  const { customerId, orderId } = key;
  if (order === undefined || customerId === undefined || orderId === undefined) return wanted !== null;
  return isSame({ customerId, orderId }, order);
}

const ids = <T, K extends keyof T>(steps: readonly T[], name: K): Set<NonNullable<T[K]>> =>
  new Set(
    steps.flatMap((step) =>
      step[name] === undefined || step[name] === null ? [] : [step[name]],
    ) as NonNullable<T[K]>[],
  );

/** The fields whose values differ between two images, as JSON. */
export function changesBetween({ OldImage, NewImage }: StreamRecord['dynamodb']) {
  const [before, after] = [plain(OldImage ?? {}), plain(NewImage ?? {})];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}

/** An item as JSON of each attribute, in the form that people write. */
export function plain(image: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(image).map(([name, value]) => [name, JSON.stringify(plainValue(value))]),
  );
}

function plainValue(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const [type = '', inner] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'N':
      return Number(inner);
    case 'NULL':
      return null;
    case 'L':
      return (inner as unknown[]).map(plainValue);
    case 'M':
      return Object.fromEntries(
        Object.entries(record(value, 'M') ?? {}).map(([name, each]) => [name, plainValue(each)]),
      );
    default:
      return inner;
  }
}
