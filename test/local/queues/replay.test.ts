import fc from 'fast-check';
import { createQueues } from '../../../local/queues/queues.ts';
import { fakeClock } from '../support/clock.ts';
import { recordedJournal } from '../support/recorded-journal.ts';
import { queue, queueArn, stackOf } from '../support/stack.ts';
import { runs } from '../../support/property-times.ts';

const resources = [
  queue('a', {
    RedrivePolicy: { deadLetterTargetArn: queueArn('b'), maxReceiveCount: 2 },
    MessageRetentionPeriod: 60,
  }),
  queue('b'),
];
const name = fc.constantFrom('a', 'b');
const message = { body: 'x', attributes: {} };

test('whatever happens to queues, a restart finds them as they were', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.record({ act: fc.constant('send' as const), name, count: fc.integer({ min: 1, max: 3 }) }),
          fc.record({ act: fc.constant('receive' as const), name, count: fc.integer({ min: 1, max: 3 }) }),
          fc.record({ act: fc.constant('delete' as const), name, count: fc.nat(9) }),
          fc.record({ act: fc.constant('hide' as const), name, count: fc.nat(40) }),
          fc.record({ act: fc.constant('wait' as const), name, count: fc.nat(40) }),
          fc.record({ act: fc.constant('purge' as const), name, count: fc.constant(0) }),
        ),
        { maxLength: 30 },
      ),
      async (steps) => {
        const clock = fakeClock();
        const open = async (found: readonly string[] = []) => {
          const journal = recordedJournal(found);
          const queues = createQueues({ stack: stackOf(resources), journal, clock, warn: () => undefined });
          await journal.load();
          return { journal, queues };
        };
        const { journal, queues } = await open();
        const handles: string[] = [];
        const acts: Record<(typeof steps)[number]['act'], (on: string, count: number) => Promise<unknown>> = {
          send: (on, count) =>
            queues.send(
              on,
              Array.from({ length: count }, () => message),
            ),
          receive: async (on, count) => {
            const received = await queues.receive(on, { max: count });
            handles.push(...received.map(({ receiptHandle }) => receiptHandle));
          },
          delete: (on, count) => queues.deleteAll(on, handles.slice(count, count + 1)),
          hide: (on, count) => queues.changeVisibility(on, handles.at(-1) ?? '', count),
          wait: (_, count) => clock.advance(count * 1000),
          purge: (on) => queues.purge(on),
        };
        for (const { act, name: on, count } of steps) await acts[act](on, count);

        const state = journal.compacted();
        for (const found of [journal.lines, state]) {
          const again = await open(found);
          expect(again.journal.compacted()).toEqual(state);
          for (const on of ['a', 'b']) expect(again.queues.depth(on)).toEqual(queues.depth(on));
        }
      },
    ),
    { numRuns: runs(60) },
  );
});
