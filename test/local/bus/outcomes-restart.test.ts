import type { Fault } from '../../../local/bus/service.ts';
import { outcomeOf } from '../../../local/console/event-index.ts';
import { deliveriesOf } from '../../../local/deliveries.ts';
import { fakeClock } from '../support/clock.ts';
import { startEdges } from '../support/running.ts';
import { archive, bus, queue, queueArn, rule } from '../support/stack.ts';

const resources = [
  bus('orders'),
  archive('kept', 'orders'),
  queue('good'),
  queue('gone'),
  queue('slow'),
  ...['good', 'gone', 'slow'].map((name) =>
    rule(name, 'orders', { source: ['s'] }, [{ Arn: queueArn(name) }]),
  ),
];
const faults: Fault = ({ arn }) =>
  arn === queueArn('good')
    ? undefined
    : { code: 'SDK_CLIENT_ERROR', message: 'down', retryable: arn === queueArn('slow') };

test('given events delivered, dropped and under way, when it starts again, then it is known what became of them', async () => {
  const clock = fakeClock();
  const first = await startEdges(resources, { clock, fault: faults });
  const entry = { DetailType: 'T', Detail: '{}', EventBusName: 'orders' };
  await first.bus.putEvents([
    { ...entry, Source: 's' },
    { ...entry, Source: 'of nobody' },
  ]);
  await first.bus.idle();
  const outcomes = first.bus.recent().map(outcomeOf);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['1 of 3 dropped', 'no rule matched']);
  const before = deliveriesOf(first.bus);
  await first.stop();
  for (const found of [first.journal.lines, first.journal.compacted()]) {
    const next = await startEdges(resources, { clock, fault: faults, found });
    expect(next.bus.recent().map(outcomeOf)).toEqual(outcomes);
    expect(deliveriesOf(next.bus)).toEqual(before);
    expect(next.queues.depth('good').visible).toBe(1);
    await next.stop();
  }
});
