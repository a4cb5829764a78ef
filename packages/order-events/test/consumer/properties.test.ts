import fc from 'fast-check';
import type { OrderEventEnvelope } from 'order-events';
import {
  type Gap,
  inMemoryStore,
  OrderBusyError,
  orderedConsumer,
  type Outcome,
  type PositionStore,
} from 'order-events/consumer';
import { deliveries, lastOf, orderOf, sequenceOf } from './deliveries.ts';

const CLAIM_MS = 1_000;

/** Where a process can die or a call can fail, on the way of one event. */
const FAULTS = [
  'none',
  'claim',
  'before the effect',
  'after the effect',
  'mark',
  'answer of the mark',
] as const;
type Fault = (typeof FAULTS)[number];

class Died extends Error {}

/** A consumer of which each handling suffers the next fault; time goes on by as much as a claim after each death. */
const faultyConsumer = (faults: readonly Fault[]) => {
  let now = 0;
  let handled = 0;
  const inner = inMemoryStore({ now: () => now });
  const effects: OrderEventEnvelope[] = [];
  const marked: OrderEventEnvelope[] = [];
  const gaps: Gap[] = [];
  const handle = async (event: OrderEventEnvelope): Promise<Outcome> => {
    const fault = faults[handled] ?? 'none';
    handled += 1;
    const dying = (at: Fault) => (fault === at ? Promise.reject(new Died(at)) : Promise.resolve());
    const store: PositionStore = {
      claim: async (...given) => {
        await dying('claim');
        return inner.claim(...given);
      },
      advance: async (...given) => {
        await dying('mark');
        const moved = await inner.advance(...given);
        if (moved) marked.push(event);
        await dying('answer of the mark');
        return moved;
      },
      // A process that has died gives nothing back.
      release: (...given) => (fault === 'none' ? inner.release(...given) : Promise.resolve()),
    };
    const consumer = orderedConsumer({
      store,
      claimMs: CLAIM_MS,
      waitMs: 0,
      onGap: (gap) => void gaps.push(gap),
      onEvent: async (one) => {
        await dying('before the effect');
        effects.push(one);
        await dying('after the effect');
      },
    });
    return consumer.handle(event).catch((error: unknown) => {
      if (error instanceof Died) now += CLAIM_MS;
      throw error;
    });
  };
  return { handle, effects, marked, gaps };
};

const reports = (gaps: readonly Gap[], order: string, sequence: number): boolean =>
  gaps.some(
    ({ customerId, orderId, after = 0, before }) =>
      `${customerId}#${orderId}` === order && sequence > after && sequence < before,
  );

test('given duplicates, disorder, lateness and replays, then effects go forward to the end, and what is passed over was reported', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ published, delivered }) => {
      const { handle, effects, gaps } = faultyConsumer([]);
      const outcomes: Outcome[] = [];
      for (const event of delivered) outcomes.push(await handle(event));

      for (const [order, last] of lastOf(published)) {
        const seen = effects.filter((event) => orderOf(event) === order).map(sequenceOf);
        expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
        expect(seen.at(-1)).toBe(last);
        for (let sequence = 1; sequence <= last; sequence += 1)
          expect(seen.includes(sequence)).toBe(!reports(gaps, order, sequence));
      }
      expect(outcomes.filter((outcome) => outcome === 'handled')).toHaveLength(effects.length);
    }),
  );
});

test('given a process that dies anywhere, and messages that come again, then no event is lost, marks go forward, and the last effect is the latest event', async () => {
  const faults = fc.array(fc.constantFrom(...FAULTS), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(deliveries, faults, fc.nat(), async ({ published, delivered }, struck, seed) => {
      const { handle, effects, marked, gaps } = faultyConsumer(struck);
      const queue = [...delivered];
      for (let turn = seed; queue.length > 0; turn += 1) {
        const [event] = queue.splice(turn % queue.length, 1) as [OrderEventEnvelope];
        try {
          await handle(event);
        } catch (error) {
          expect(error instanceof Died || error instanceof OrderBusyError).toBe(true);
          queue.push(event);
        }
      }
      for (const [order, last] of lastOf(published)) {
        const seen = effects.filter((event) => orderOf(event) === order).map(sequenceOf);
        const marks = marked.filter((event) => orderOf(event) === order).map(sequenceOf);
        expect(marks).toEqual([...new Set(marks)].sort((a, b) => a - b));
        expect(marks.at(-1)).toBe(last);
        expect(seen.at(-1)).toBe(last);
        for (let sequence = 1; sequence <= last; sequence += 1)
          expect(marks.includes(sequence) || reports(gaps, order, sequence)).toBe(true);
      }
      const repeated = effects.length - new Set(effects.map(({ detail }) => detail.metadata.eventId)).size;
      expect(repeated).toBeLessThanOrEqual(struck.filter((fault) => fault !== 'none').length);
    }),
  );
});

test('given several consumers of one store, in whatever interleaving, then effects of an order never overlap or go back', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, fc.scheduler(), async ({ published, delivered }, scheduler) => {
      const inner = inMemoryStore();
      const later = () => scheduler.schedule(Promise.resolve());
      const store: PositionStore = {
        claim: async (...given) => {
          await later();
          return inner.claim(...given);
        },
        advance: async (...given) => {
          await later();
          return inner.advance(...given);
        },
        release: (...given) => inner.release(...given),
      };
      const running = new Set<string>();
      const effects: OrderEventEnvelope[] = [];
      const { handle } = orderedConsumer({
        store,
        waitMs: 0,
        onEvent: async (event) => {
          expect(running.has(orderOf(event))).toBe(false);
          running.add(orderOf(event));
          await later();
          effects.push(event);
          running.delete(orderOf(event));
        },
      });
      const queue = [...delivered];
      const worker = async () => {
        for (let event = queue.shift(); event; event = queue.shift()) {
          await handle(event).catch((error: unknown) => {
            if (!(error instanceof OrderBusyError)) throw error;
            queue.push(event);
          });
        }
      };
      await scheduler.waitFor(Promise.all([worker(), worker(), worker()]));
      for (const [order, last] of lastOf(published)) {
        const seen = effects.filter((event) => orderOf(event) === order).map(sequenceOf);
        expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
        expect(seen.at(-1)).toBe(last);
      }
    }),
  );
});
