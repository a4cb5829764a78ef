import fc from 'fast-check';
import type { OrderEventEnvelope } from 'order-events';
import { duplicated, late, makeOrderLife, reordered, replayed } from 'order-events/testing';

const LIVES = [
  [],
  ['OrderAmended', 'OrderConfirmed', 'OrderCancelled'],
  ['OrderConfirmed', 'OrderShipped', 'OrderDelivered'],
  ['OrderDeleted', 'OrderRestored', 'OrderConfirmed', 'OrderShipped', 'OrderDelivered', 'OrderExpired'],
] as const;

type Scenario = (events: readonly OrderEventEnvelope[], options: { seed: number }) => OrderEventEnvelope[];
const SCENARIOS: readonly Scenario[] = [duplicated, late, reordered, replayed];

/** The lives of some orders, and how a bus that keeps its promises may deliver them. */
export const deliveries = fc
  .record({
    lives: fc.array(fc.constantFrom(...LIVES), { minLength: 1, maxLength: 3 }),
    disorder: fc.array(fc.tuple(fc.constantFrom(...SCENARIOS), fc.nat()), { maxLength: 3 }),
  })
  .map(({ lives, disorder }) => {
    const published = lives.flatMap((types, place) =>
      makeOrderLife([...types], { orderId: `O${place}`, customerId: `C${place % 2}` }),
    );
    const delivered = disorder.reduce((events, [scenario, seed]) => scenario(events, { seed }), published);
    return { published, delivered };
  });

export const orderOf = ({ detail }: OrderEventEnvelope): string => detail.metadata.groupId;
export const sequenceOf = ({ detail }: OrderEventEnvelope): number => detail.metadata.sequence;

export const lastOf = (published: readonly OrderEventEnvelope[]): Map<string, number> => {
  const last = new Map<string, number>();
  for (const event of published)
    last.set(orderOf(event), Math.max(last.get(orderOf(event)) ?? 0, sequenceOf(event)));
  return last;
};
