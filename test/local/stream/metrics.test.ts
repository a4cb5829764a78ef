import { createMetrics } from '../../../local/metrics/store.ts';
import { fakeClock } from '../support/clock.ts';
import { bucketArn, runner, unreached } from '../support/stream.ts';

const counted = { MetricsConfig: { Metrics: ['EventCount'] }, BatchSize: 10 };
const mapping = { EventSourceMappingUUID: '11111111-2222-4333-8444-555555555555' };
const reader = { FunctionName: 'reader' };
const day = 24 * 60 * 60 * 1000;

function metered(properties: Record<string, unknown> = {}, { loses = false } = {}) {
  const clock = fakeClock();
  const metrics = createMetrics({ clock, warn: () => undefined });
  const run = runner({ ...counted, ...properties }, { clock, metrics, loses });
  const of = (name: string, dimensions: Record<string, string> = mapping) => {
    const now = clock.now();
    const end = now - (now % 60_000) + 60_000;
    const { sum, count, max } =
      metrics.between({ namespace: 'AWS/Lambda', name, dimensions }, end - day, end) ?? {};
    return { sum, count, max };
  };
  const lasting = async (ms: number) => {
    const started = run.start();
    await clock.advance(ms);
    await started.close();
  };
  return { run, of, lasting, names: () => metrics.list().map(({ name }) => name) };
}
const failing = () => {
  throw new Error('down');
};

test('1.6 MetricsConfig: without EventCount the mapping sends none of its own', async () => {
  const { run, lasting, names } = metered({ MetricsConfig: undefined });
  run.write('A');
  await lasting(100);
  expect(new Set(names())).toEqual(new Set(['IteratorAge']));
});

test('1.6 PolledEventCount: counts what is read, and 0 for a read that finds nothing', async () => {
  const { run, of, lasting } = metered();
  run.write('A');
  run.write('B');
  await lasting(600);
  expect(of('PolledEventCount')).toMatchObject({ sum: 2, count: 4 });
});

test('1.6 FilteredOutEventCount: 1 for a record that no filter lets pass, 0 for another', async () => {
  const pattern = { dynamodb: { Keys: { orderId: { S: ['A'] } } } };
  const { run, of, lasting } = metered({
    FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] },
  });
  for (const item of ['A', 'B', 'C']) run.write(item);
  await lasting(100);
  expect([of('FilteredOutEventCount'), of('InvokedEventCount')]).toMatchObject([
    { sum: 2, count: 3 },
    { sum: 1 },
  ]);
});

test('1.6 InvokedEventCount: counts a record as often as it is sent', async () => {
  const { run, of, lasting } = metered({ MaximumRetryAttempts: 2 });
  run.state.answer = failing;
  run.write('A');
  await lasting(5_000);
  expect(of('InvokedEventCount')).toMatchObject({ sum: 3, count: 3 });
});

test('1.6 FailedInvokeEventCount: counts what could not be sent, failed, or is named as failed, with all behind it', async () => {
  const { run, of, lasting } = metered();
  run.state.answer = (sequences, attempt) => {
    if (attempt === 1) return unreached;
    if (attempt === 2) return failing();
    return attempt === 3 ? { batchItemFailures: [{ itemIdentifier: sequences[1] }] } : null;
  };
  for (const item of ['A', 'B', 'C']) run.write(item);
  await lasting(10_000);
  expect(of('FailedInvokeEventCount')).toMatchObject({ sum: 3 + 3 + 2, count: 3 });
});

test('1.6 OnFailureDestinationDeliveredEventCount: counts what was given up and kept', async () => {
  const { run, of, lasting, names } = metered({
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: bucketArn } },
  });
  run.state.answer = failing;
  run.write('A');
  run.write('B');
  await lasting(1_000);
  expect(of('OnFailureDestinationDeliveredEventCount')).toMatchObject({ sum: 2, count: 1 });
  expect(names()).not.toContain('DroppedEventCount');
});

test.each([
  ['there is no destination', {}, false, undefined],
  [
    'the destination does not take it',
    { DestinationConfig: { OnFailure: { Destination: bucketArn } } },
    true,
    1,
  ],
])(
  '1.6 DroppedEventCount: counts what was given up and kept nowhere, where %s',
  async (_, more, loses, failures) => {
    const { run, of, lasting, names } = metered({ MaximumRetryAttempts: 0, ...more }, { loses });
    run.state.answer = failing;
    run.write('A');
    run.write('B');
    await lasting(1_000);
    expect([of('DroppedEventCount'), of('DestinationDeliveryFailures', reader)]).toMatchObject([
      { sum: 2, count: 1 },
      { sum: failures },
    ]);
    expect(names()).not.toContain('OnFailureDestinationDeliveredEventCount');
  },
);

test('1.6 IteratorAge: how old the newest record of a batch is when it is sent, and nothing while none reaches the function', async () => {
  const { run, of, lasting } = metered();
  const until = Date.parse('2026-11-22T10:01:30Z');
  run.state.answer = () => (run.clock.now() < until ? unreached : null);
  run.write('A');
  run.write('B');
  await lasting(80_000);
  expect(of('IteratorAge', reader).count).toBeUndefined();
  await lasting(120_000);
  expect(of('IteratorAge', reader)).toMatchObject({ count: 1 });
  expect(of('IteratorAge', reader).max).toBeGreaterThanOrEqual(90_000);
});
