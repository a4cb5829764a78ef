import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { Chance } from './chance.ts';
import type { Faults } from './faults.ts';
import type { History, Published } from './history.ts';
import { ServiceError } from './network.ts';
import type { Process } from './process.ts';
import { CODES, CONTENT, formFault } from './put-events.ts';
import type { Subscriber } from './subscribers.ts';
import type { VirtualTime } from './virtual-time.ts';

export const BUS_ARN = 'arn:aws:events:eu-west-1:000000000000:event-bus/orders';
/** A note that holds it makes an entry that the bus never takes. */
export const UNACCEPTABLE = 'unacceptable';

export interface EventBus {
  /** Carries a call out at one moment; `answered` is to be called when the answer got back. */
  putEvents(
    entries: readonly PutEventsRequestEntry[],
    from: Process,
    invocation: string,
  ): { results: PutEventsResultEntry[]; answered: () => void };
  /** Everything accepted so far goes to one target again, in any order. */
  replay: (chance: Chance) => void;
  /** A target fails for a while, or may no longer be written to. */
  fail: (chance: Chance) => void;
  /** Deliveries that were under way may be made twice. */
  restart: () => void;
  /** Deliveries under way or waiting to be tried again. */
  open: () => number;
}

export const eventBus = (
  time: VirtualTime,
  faults: Faults,
  chance: Chance,
  history: History,
  subscribers: readonly Subscriber[],
): EventBus => {
  const archive: Published[] = [];
  /** Content does not become right by being sent again. */
  const refused = new Map<string, string>();
  let deniedUntil = 0;
  const outages = new Map<string, { until: number; retryable: boolean }>();
  const underWay = new Set<() => void>();

  const deliver = (event: Published, target: Subscriber, wait: number, attempt = 1): void => {
    const arrive = (): void => {
      underWay.delete(arrive);
      const outage = outages.get(target.name);
      const failing = outage && time.now() < outage.until;
      const arrival = { at: time.now(), number: event.number, target: target.name };
      if (!failing) {
        history.add({ is: 'delivered', ...arrival });
        target.receive(event);
        if (faults.strike('F10')) deliver(event, target, chance.between(0, 5_000));
      } else if (outage.retryable && attempt < target.attempts) {
        deliver(event, target, chance.between(500, 1_000) * 2 ** attempt, attempt + 1);
      } else history.add({ is: 'dead-lettered', ...arrival });
    };
    underWay.add(arrive);
    time.after(wait, () => {
      if (underWay.has(arrive)) arrive();
    });
  };

  const accept = (entry: PutEventsRequestEntry, invocation: string): Published => {
    const event: Published = {
      is: 'published',
      at: time.now(),
      number: history.of('published').length + 1,
      invocation,
      bus: entry.EventBusName ?? 'default',
      source: entry.Source ?? '',
      type: entry.DetailType ?? '',
      time: entry.Time?.toISOString() ?? '',
      detail: entry.Detail ?? '',
      heard: false,
    };
    history.add(event);
    // An unknown bus accepts, and what it accepted is gone.
    if (event.bus !== BUS_ARN) return event;
    archive.push(event);
    for (const target of subscribers.filter(({ wants }) => wants(event.type))) {
      const held = faults.strike('F11');
      deliver(event, target, held ? held.between(50, 60_000) : chance.between(1, 20));
    }
    return event;
  };

  return {
    putEvents: (entries, from, invocation) => {
      const reason = formFault(entries);
      if (reason !== undefined) {
        history.add({ is: 'call refused', at: time.now(), invocation, reason });
        throw new ServiceError('ValidationException', { httpStatusCode: 400 });
      }
      const accepted: Published[] = [];
      const results = entries.map((entry): PutEventsResultEntry => {
        const { Detail = '' } = entry;
        const failing = faults.strike('F4');
        if (failing?.happens(0.15)) deniedUntil = time.now() + failing.pick([1_000, 20_000]);
        const code =
          refused.get(Detail) ??
          (Detail.includes(UNACCEPTABLE) ? 'MalformedDetail' : undefined) ??
          (time.now() < deniedUntil ? 'AccessDeniedException' : failing?.pick(CODES));
        if (code !== undefined) {
          // What is refused for its content is to be parked, and no cause to deliver it again.
          if (!CONTENT.includes(code)) from.hurt('bus');
          else {
            refused.set(Detail, code);
            history.add({ is: 'content refused', at: time.now(), detail: Detail });
          }
          return { ErrorCode: code, ErrorMessage: 'it was simulated' };
        }
        const event = accept(entry, invocation);
        accepted.push(event);
        return { EventId: `event-${event.number}` };
      });
      return {
        results,
        answered: () => {
          for (const event of accepted) event.heard = true;
        },
      };
    },
    replay: (by) => {
      const target = by.pick(subscribers);
      for (const event of archive.slice(-100)) {
        if (target.wants(event.type)) deliver(event, target, by.between(0, 10_000));
      }
    },
    fail: (by) => {
      const lasts = by.pick([500, 20_000, 600_000, 4 * 3_600_000]);
      outages.set(by.pick(subscribers).name, { until: time.now() + lasts, retryable: by.happens(0.7) });
    },
    restart: () => {
      for (const arrive of [...underWay]) if (chance.happens(0.3)) arrive();
    },
    open: () => underWay.size,
  };
};
