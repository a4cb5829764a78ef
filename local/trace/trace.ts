import { createRing, type Ring } from '../bus/ring.ts';
import type { Clock, Invocation } from '../parts.ts';
import type { StreamRecord } from '../stream/source.ts';
import { createRates, type Rates } from './rates.ts';
import { createKept, type Kept } from './kept.ts';

/** When it began, on the runtime's clock, and how long it took, both in milliseconds. */
interface Timed {
  at: number;
  ms: number;
}

/** A request to the HTTP API. */
export interface RequestStep extends Timed {
  /** The gateway's; absent where it refused the request before it had one. */
  requestId: string | undefined;
  method: string;
  path: string;
  status: number;
  correlationId: string | undefined;
  /** Those that say what the request means; never who sent it. */
  headers: Record<string, string>;
  /** Absent where it is long. */
  body: Buffer | undefined;
  answer: string | Uint8Array | undefined;
}

/** What made a function run. */
export type Cause =
  | { kind: 'request'; requestId: string; routeKey: string }
  | { kind: 'records'; keys: readonly string[] }
  | { kind: 'event'; id: string }
  | { kind: 'call' };

export interface InvocationStep extends Timed {
  requestId: string;
  function: string;
  cause: Cause;
  outcome: Invocation['outcome'];
  error: string | undefined;
}

/** An item that a call names: what its key holds, and the correlation id that is written with it. */
export interface TouchedItem {
  table: string;
  key: Record<string, string>;
  correlationId: string | undefined;
}

/** A call to an AWS service that writes, publishes, or was refused. */
export interface CallStep extends Timed {
  service: string;
  operation: string;
  /** A function's name, or who else signed it. */
  caller: string;
  /** A table's, bus's, bucket's or queue's name. */
  resource: string;
  items: readonly TouchedItem[];
  /** Of PutEvents, by entry: the id that the bus gave, or why it took none. */
  entries: readonly { eventId: string | undefined; id?: string; error?: string }[];
  /** Of an object. */
  objectKey: string | undefined;
  error: string | undefined;
}

/** A batch of a stream that was given to a function, or could not be. */
export interface BatchStep extends Timed {
  function: string;
  requestId: string;
  /** Of its records, as `recordKey` makes them. */
  keys: readonly string[];
  outcome: Invocation['outcome'];
  /** The lowest sequence number that the function reported as failed. */
  failedFrom: string | undefined;
  error: string | undefined;
}

/** One try of the bus to deliver an event to a target. */
export interface AttemptStep extends Timed {
  /** The event's key: an event that was handed on or replayed has the same id and another key. */
  event: string;
  rule: string;
  target: string;
  attempt: number;
  outcome: 'delivered' | 'retry' | 'dead-lettered' | 'dropped';
  error: string | undefined;
  /** Of a retry. */
  nextAt: number | undefined;
}

/** A message that a consumer took off a queue, or was done with. */
export interface ConsumerStep {
  at: number;
  queue: string;
  message: string;
  /** Of the event in it; a deletion names the message only. */
  event: string | undefined;
  action: 'received' | 'deleted';
}

/** What the runtime did, for whoever asks later: the newest of each kind, and how often in the last minute. */
export interface Trace {
  requests: Ring<RequestStep>;
  invocations: Ring<InvocationStep>;
  calls: Ring<CallStep>;
  batches: Ring<BatchStep>;
  attempts: Ring<AttemptStep>;
  consumers: Ring<ConsumerStep>;
  records: Kept<StreamRecord>;
  rates: Rates;
  /** Log lines ever written. */
  lines: { total: number };
}

/** What each may hold: so many, and so many bytes of memory, estimated from above. */
export const TRACE_BOUNDS = {
  requests: { maxItems: 5_000, maxBytes: 16_000_000 },
  invocations: { maxItems: 20_000, maxBytes: 8_000_000 },
  calls: { maxItems: 20_000, maxBytes: 12_000_000 },
  batches: { maxItems: 10_000, maxBytes: 8_000_000 },
  attempts: { maxItems: 40_000, maxBytes: 8_000_000 },
  consumers: { maxItems: 40_000, maxBytes: 8_000_000 },
  records: { maxItems: 10_000, maxBytes: 24_000_000 },
} as const;

export const longestBody = 16_384;

export function createTrace(clock: Pick<Clock, 'now'>): Trace {
  const { requests, invocations, calls, batches, attempts, consumers, records } = TRACE_BOUNDS;
  return {
    requests: createRing({
      ...requests,
      sizeOf: ({ body, answer, path }) => 600 + path.length + (body?.length ?? 0) + (answer?.length ?? 0) * 2,
    }),
    invocations: createRing({
      ...invocations,
      sizeOf: ({ cause, error }) =>
        300 + (error?.length ?? 0) * 2 + (cause.kind === 'records' ? cause.keys.length * 8 : 0),
    }),
    calls: createRing({
      ...calls,
      sizeOf: ({ items, entries, error }) =>
        300 + items.length * 300 + entries.length * 150 + (error?.length ?? 0) * 2,
    }),
    batches: createRing({
      ...batches,
      sizeOf: ({ keys, error }) => 250 + keys.length * 80 + (error?.length ?? 0) * 2,
    }),
    attempts: createRing({ ...attempts, sizeOf: ({ error }) => 150 + (error?.length ?? 0) * 2 }),
    consumers: createRing({ ...consumers, sizeOf: () => 200 }),
    // Parsed, an item takes several times the bytes that DynamoDB counts.
    records: createKept({ ...records, sizeOf: ({ dynamodb }) => 1_000 + dynamodb.SizeBytes * 6 }),
    rates: createRates(clock),
    lines: { total: 0 },
  };
}

/** Sequence numbers are of their stream. */
export const recordKey = ({ eventSourceARN, dynamodb }: StreamRecord): string =>
  `${tableIn(eventSourceARN)}/${dynamodb.SequenceNumber}`;

export const tableIn = (arn: string): string => /:table\/([^/]+)/.exec(arn)?.[1] ?? arn;
