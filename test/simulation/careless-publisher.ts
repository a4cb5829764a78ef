import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { toPublished } from '../../src/adapters/eventbridge/published-event.ts';
import type { Publication } from '../../src/application/ports.ts';
import type { OrderEvent } from '../../src/domain/order-events.ts';
import type { Parts } from './parts.ts';

/** What is wrong with it; without a flaw it keeps every promise. */
export type Flaw =
  | 'reads no results'
  | 'one call for all'
  | 'orders not in sequence'
  | 'goes on after a failure'
  | 'no deadline'
  | 'counts characters'
  | 'content blocks';

const PASSING = ['ThrottlingException', 'InternalFailure', 'InternalException', 'ServiceUnavailable'];
const CONTENT = ['MalformedDetail', 'InvalidArgument'];
const MOST_BYTES = 1_000_000;

interface Waiting {
  place: number;
  order: string;
  entry: PutEventsRequestEntry;
}

const callsOf = (
  waiting: readonly Waiting[],
  sizeOf: (entry: PutEventsRequestEntry) => number,
): Waiting[][] => {
  const calls: Waiting[][] = [];
  let bytes = 0;
  for (const next of waiting) {
    const call = calls.at(-1);
    const size = sizeOf(next.entry);
    if (call && call.length < 10 && bytes + size < MOST_BYTES) call.push(next);
    else calls.push([next]);
    bytes = call === calls.at(-1) ? bytes + size : size;
  }
  return calls;
};

/** A publisher as one finds it in samples, simpler than ours: the place where most of the known bugs are made. */
export const carelessPublisher =
  (flaw?: Flaw): Parts['eventBridgePublisher'] =>
  (client: EventBridgeClient, { eventBus, eventSource }, pace) => {
    if (!pace) throw new Error('only time and chance that are simulated will do');
    const sizeOf = ({ Detail = '' }: PutEventsRequestEntry): number =>
      100 + (flaw === 'counts characters' ? Detail.length : Buffer.byteLength(Detail));

    /** A code for each entry, undefined where it was accepted. */
    const put = async (call: readonly Waiting[], deadline: number): Promise<(string | undefined)[]> => {
      try {
        const { Entries = [] } = await client.send(
          new PutEventsCommand({ Entries: call.map(({ entry }) => entry) }),
          {
            abortSignal: pace.timeout(flaw === 'no deadline' ? 120_000 : Math.max(1, deadline - pace.now())),
          },
        );
        return Entries.map(({ ErrorCode }) => ErrorCode);
      } catch (error) {
        const form = error instanceof Error && error.name === 'ValidationException';
        return call.map(() => (form ? 'ValidationException' : 'InternalFailure'));
      }
    };

    const waitingOf = (event: OrderEvent, place: number): Waiting => ({
      place,
      order: `${event.order.customerId}#${event.order.orderId}`,
      entry: {
        EventBusName: eventBus,
        Source: eventSource,
        DetailType: event.type,
        Detail: JSON.stringify(toPublished(event)),
        Time: new Date(event.change.at),
      },
    });

    return {
      publish: async (events, deadline) => {
        const outcomes = events.map((): Publication => ({
          outcome: 'failed',
          code: 'OutOfTime',
          detail: '',
        }));
        let open = events.map(waitingOf);
        const settle = ({ place, order }: Waiting, code: string | undefined): void => {
          const detail = code ?? '';
          const alone = (): void => {
            open = open.filter((other) => other.place !== place);
          };
          if (code === undefined || flaw === 'reads no results') {
            outcomes[place] = { outcome: 'published' };
            alone();
          } else if (CONTENT.includes(detail) && flaw !== 'content blocks') {
            outcomes[place] = { outcome: 'refused', code: detail, detail };
            alone();
          } else if (!PASSING.includes(detail)) {
            outcomes[place] = { outcome: 'failed', code: detail, detail };
            if (flaw === 'goes on after a failure') alone();
            else open = open.filter((other) => other.order !== order);
          }
        };
        for (const { place, order, entry } of [...open]) {
          if (sizeOf(entry) >= MOST_BYTES) settle({ place, order, entry }, 'InvalidArgument');
        }
        while (open.length > 0 && (flaw === 'no deadline' || pace.now() + 250 < deadline)) {
          const orders = new Set<string>();
          const fronts = open.filter(({ order }) => !orders.has(order) && orders.add(order));
          const due = flaw === 'orders not in sequence' ? open : fronts;
          const calls = flaw === 'one call for all' ? [due] : callsOf(due, sizeOf);
          const results = await Promise.all(calls.map((call) => put(call, deadline)));
          const before = open.length;
          for (const [index, call] of calls.entries()) {
            for (const [position, sent] of call.entries()) settle(sent, results[index]?.[position]);
          }
          if (open.length === before) await pace.sleep(200);
        }
        return outcomes;
      },
    };
  };
