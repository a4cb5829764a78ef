import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import type { EventPublisher, Publication } from '../../application/ports.ts';
import type { OrderEvent } from '../../domain/order-events.ts';
import type { StreamConfig } from '../config.ts';
import { toPublished } from './published-event.ts';
import { callsOf, entryBytes, MAX_REQUEST_BYTES } from './put-events-calls.ts';

/** What is wrong is the entry itself: parked, since no retry can help. */
const CONTENT = new Set(['MalformedDetail', 'InvalidArgument', 'RedactionFailure', 'ValidationException']);
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
}

export const realPace: Pace = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};

interface Waiting {
  place: number;
  order: string;
  entry: PutEventsRequestEntry;
  bytes: number;
  attempts: number;
  notBefore: number;
}

const failed = (code: string, detail: string): Publication => ({ outcome: 'failed', code, detail });

const requestFailure = (error: unknown): PutEventsResultEntry => {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
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
  });

  const put = async (call: readonly Waiting[], deadline: number): Promise<PutEventsResultEntry[]> => {
    try {
      const { Entries = [] } = await client.send(
        new PutEventsCommand({ Entries: call.map(({ entry }) => entry) }),
        {
          abortSignal: AbortSignal.timeout(Math.max(1, deadline - pace.now())),
        },
      );
      return Entries;
    } catch (error) {
      const failure = requestFailure(error);
      if (call.length === 1 || !CONTENT.has(failure.ErrorCode ?? '')) return call.map(() => failure);
      // The whole request was refused for one of its entries: alone, each answers for itself.
      const alone = await Promise.all(call.map((waiting) => put([waiting], deadline)));
      return alone.flat();
    }
  };

  const publish: EventPublisher['publish'] = async (events, deadline) => {
    const publications = new Array<Publication>(events.length);
    const queues = new Map<string, Waiting[]>();
    for (const [place, event] of events.entries()) {
      const entry = entryOf(event);
      const order = JSON.stringify([event.order.customerId, event.order.orderId]);
      const waiting = { place, order, entry, bytes: entryBytes(entry), attempts: 0, notBefore: 0 };
      queues.set(order, [...(queues.get(order) ?? []), waiting]);
    }

    const stop = (order: string, code: string, detail: string): void => {
      const [first, ...later] = queues.get(order) ?? [];
      if (first) publications[first.place] = failed(code, detail);
      for (const { place } of later) publications[place] = failed('EarlierEventFailed', `${code}: ${detail}`);
      queues.delete(order);
    };

    const settle = (waiting: Waiting, publication: Publication): void => {
      publications[waiting.place] = publication;
      const queue = queues.get(waiting.order) ?? [];
      queue.shift();
      if (queue.length === 0) queues.delete(waiting.order);
    };

    const read = (waiting: Waiting, result: PutEventsResultEntry | undefined): void => {
      const { EventId, ErrorCode = 'NoAnswer', ErrorMessage = 'no result for this entry' } = result ?? {};
      if (EventId !== undefined && result?.ErrorCode === undefined) settle(waiting, { outcome: 'published' });
      else if (CONTENT.has(ErrorCode))
        settle(waiting, { outcome: 'refused', code: ErrorCode, detail: ErrorMessage });
      else if (PASSING.has(ErrorCode)) {
        const ceiling = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** waiting.attempts);
        waiting.attempts += 1;
        waiting.notBefore = pace.now() + pace.random() * ceiling;
        if (waiting.notBefore + CALL_MS > deadline) stop(waiting.order, ErrorCode, ErrorMessage);
      } else stop(waiting.order, ErrorCode, ErrorMessage);
    };

    // One event of each order at a time: of two in one call the first could fail and the second pass.
    while (queues.size > 0) {
      const now = pace.now();
      const fronts = [...queues.values()].flatMap(([front]) => front ?? []);
      if (now + CALL_MS > deadline) {
        for (const { order } of fronts) stop(order, 'OutOfTime', 'the deadline came before its turn');
        break;
      }
      const tooLarge = fronts.filter(({ bytes }) => bytes >= MAX_REQUEST_BYTES);
      for (const waiting of tooLarge) {
        settle(waiting, { outcome: 'refused', code: 'EntryTooLarge', detail: `${waiting.bytes} bytes` });
      }
      if (tooLarge.length > 0) continue;
      const due = fronts.filter(({ notBefore }) => notBefore <= now);
      if (due.length === 0) {
        await pace.sleep(Math.min(...fronts.map(({ notBefore }) => notBefore)) - now);
        continue;
      }
      const calls = callsOf(due).slice(0, PARALLEL_CALLS);
      const results = await Promise.all(calls.map((call) => put(call, deadline)));
      for (const [index, call] of calls.entries()) {
        for (const [position, waiting] of call.entries()) read(waiting, results[index]?.[position]);
      }
    }
    return publications;
  };

  return { publish };
};
