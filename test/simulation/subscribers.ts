import type { Chance } from './chance.ts';
import { contractOf } from './contract.ts';
import type { Faults } from './faults.ts';
import type { History, Published } from './history.ts';
import { textOf } from './item.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A rule with its target, and the consumer behind it. */
export interface Subscriber {
  name: string;
  wants: (type: string) => boolean;
  /** Tries before the event goes to the dead-letter queue. */
  attempts: number;
  receive: (event: Published) => void;
  /** Messages that the consumer has not done with. */
  waiting: () => number;
  /** Writes down how far the consumer got with each order, and how far it could have. */
  report: () => void;
}

/**
 * What the documentation asks of consumers: take the sequence as the order's version, drop what is older. A slow one gets
 * a message again before it is done with it.
 */
const consumer = (time: VirtualTime, faults: Faults, chance: Chance, history: History) => {
  const seen = new Map<string, number>();
  const best = new Map<string, number>();
  let waiting = 0;

  const consume = (key: string, sequence: number): void => {
    waiting -= 1;
    if (sequence > (seen.get(key) ?? 0)) seen.set(key, sequence);
  };
  const take = (key: string, sequence: number): void => {
    waiting += 1;
    const slow = faults.strike('F18');
    time.after(slow ? slow.between(30_000, 120_000) : chance.between(1, 10), () => consume(key, sequence));
    if (slow) take(key, sequence);
  };
  return {
    waiting: () => waiting,
    receive: (event: Published) => {
      const contract = contractOf(event);
      if (!contract) return;
      const { metadata, data } = contract;
      const key = `${metadata.groupId} of ${textOf(data.order, 'createdAt')}`;
      best.set(key, Math.max(best.get(key) ?? 0, metadata.sequence));
      take(key, metadata.sequence);
    },
    report: () => {
      for (const [key, expected] of best) {
        history.add({ is: 'consumed', at: time.now(), key, sequence: seen.get(key) ?? 0, expected });
      }
    },
  };
};

const SHIPPING = new Set(['OrderConfirmed', 'OrderCancelled', 'OrderShipped']);

/** One that wants everything, and one that wants some types. */
export const twoSubscribers = (
  time: VirtualTime,
  faults: Faults,
  chance: Chance,
  history: History,
): Subscriber[] => [
  { name: 'audit', wants: () => true, attempts: 185, ...consumer(time, faults, chance, history) },
  {
    name: 'shipping',
    wants: (type) => SHIPPING.has(type),
    attempts: 3,
    ...consumer(time, faults, chance, history),
  },
];
export const wantedBy = (type: string): string[] => (SHIPPING.has(type) ? ['audit', 'shipping'] : ['audit']);
