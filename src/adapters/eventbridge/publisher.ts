import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import type { EventPublisher } from '../../application/ports.ts';
import type { OrderEvent } from '../../domain/order-events.ts';
import type { StreamConfig } from '../config.ts';
import { defined } from '../order-input.ts';
import { xrayHeaderOf } from '../trace-context.ts';
import { orderQueues, type Waiting } from './order-queues.ts';
import { toPublished } from './published-event.ts';
import { callsOf, entryBytes, MAX_REQUEST_BYTES } from './put-events-calls.ts';

/** What is wrong is the entry itself: parked, since no retry can help. */
const CONTENT = new Set(['MalformedDetail', 'InvalidArgument', 'RedactionFailure', 'ValidationException']);
/**
 * What a whole request is refused with for one of its entries. AWS does not say whether a permission that lists types of
 * events is asked for each entry, or once for all: then it denies a request of several types, each of which is allowed.
 */
const OF_THE_WHOLE = new Set([...CONTENT, 'AccessDeniedException']);
/** Passing: tried again here while there is time. All other codes, permissions above all, fail the record at once. */
const PASSING = new Set([
  'InternalFailure',
  'InternalException',
  'ThrottlingException',
  'ServiceUnavailable',
]);

const PARALLEL_CALLS = 4;
const BASE_DELAY_MS = 50;
const MAX_DELAY_MS = 2000;
/** Left over for one more call to come back before the deadline. */
const CALL_MS = 250;

/** Time and chance come from outside, so that a simulation can be both. */
export interface Pace {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  /** Aborts after so many milliseconds. */
  timeout: (ms: number) => AbortSignal;
}

const realPace: Pace = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
  timeout: (ms) => AbortSignal.timeout(ms),
};

const requestFailure = (error: unknown) => {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const passing = status === undefined || status >= 500 || status === 429;
  return {
    ErrorCode: passing && !CONTENT.has(name) ? 'InternalFailure' : name,
    ErrorMessage: `${name}: ${message}`,
  };
};

export const eventBridgePublisher = (
  client: EventBridgeClient,
  config: Pick<StreamConfig, 'eventBus' | 'eventSource'>,
  pace: Pace = realPace,
): EventPublisher => {
  const entryOf = (event: OrderEvent): PutEventsRequestEntry => ({
    EventBusName: config.eventBus,
    Source: config.eventSource,
    DetailType: event.type,
    Detail: JSON.stringify(toPublished(event)),
    Time: new Date(event.change.at),
    // Subscribers that X-Ray watches go on in the trace of the request, each event in its own.
    ...defined({ TraceHeader: xrayHeaderOf(event.change.traceparent) }),
  });

  const put = async (call: readonly Waiting[], deadline: number): Promise<PutEventsResultEntry[]> => {
    try {
      const { Entries = [] } = await client.send(
        new PutEventsCommand({ Entries: call.map(({ entry }) => entry) }),
        {
          abortSignal: pace.timeout(Math.max(1, deadline - pace.now())),
        },
      );
      return Entries;
    } catch (error) {
      const failure = requestFailure(error);
      if (call.length === 1 || !OF_THE_WHOLE.has(failure.ErrorCode)) return call.map(() => failure);
      // Alone, each answers for itself.
      const alone = await Promise.all(call.map((waiting) => put([waiting], deadline)));
      return alone.flat();
    }
  };

  const queued = (events: readonly OrderEvent[]): Waiting[] =>
    events.map((event, place) => {
      const entry = entryOf(event);
      const order = JSON.stringify([event.order.customerId, event.order.orderId]);
      return { place, order, entry, bytes: entryBytes(entry), attempts: 0, notBefore: 0 };
    });

  return {
    publish: async (events, deadline) => {
      const { publications, fronts, settle, stop } = orderQueues(queued(events));

      const read = (waiting: Waiting, result: PutEventsResultEntry = {}): void => {
        const { EventId, ErrorCode, ErrorMessage: detail = 'no result for this entry' } = result;
        const code = ErrorCode ?? 'NoAnswer';
        if (EventId !== undefined && ErrorCode === undefined) settle(waiting, { outcome: 'published' });
        else if (CONTENT.has(code)) settle(waiting, { outcome: 'refused', code, detail });
        else if (PASSING.has(code)) {
          const ceiling = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** waiting.attempts);
          waiting.attempts += 1;
          waiting.notBefore = pace.now() + pace.random() * ceiling;
          if (waiting.notBefore + CALL_MS > deadline) stop(waiting, code, detail);
        } else stop(waiting, code, detail);
      };

      // One event of each order at a time: of two in one call the first could fail and the second pass.
      for (let waiting = fronts(); waiting.length > 0; waiting = fronts()) {
        const now = pace.now();
        if (now + CALL_MS > deadline) {
          for (const front of waiting) stop(front, 'OutOfTime', 'the deadline came before its turn');
          break;
        }
        const tooLarge = waiting.find(({ bytes }) => bytes >= MAX_REQUEST_BYTES);
        if (tooLarge) {
          settle(tooLarge, { outcome: 'refused', code: 'EntryTooLarge', detail: `${tooLarge.bytes} bytes` });
          continue;
        }
        const due = waiting.filter(({ notBefore }) => notBefore <= now);
        if (due.length === 0) {
          await pace.sleep(Math.min(...waiting.map(({ notBefore }) => notBefore)) - now);
          continue;
        }
        const calls = callsOf(due).slice(0, PARALLEL_CALLS);
        const answers = await Promise.all(
          calls.map(async (call) => ({ call, results: await put(call, deadline) })),
        );
        for (const { call, results } of answers) {
          for (const [position, sent] of call.entries()) read(sent, results[position]);
        }
      }
      return publications;
    },
  };
};
