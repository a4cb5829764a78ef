import { bucketArn, failures, runner, sequence, unreached } from '../support/stream.ts';

const onFailure = { DestinationConfig: { OnFailure: { Destination: bucketArn } } };
const conditions = (run: ReturnType<typeof runner>) =>
  run.kept.map(({ body }) => body['requestContext'] as { condition: string; approximateInvokeCount: number });

const down = () => {
  throw new Error('down');
};

test('1.3 MaximumRetryAttempts: N retries are N + 1 invocations, then the batch is given up and the next one runs', async () => {
  const run = runner({ MaximumRetryAttempts: 3, BatchSize: 2, ...onFailure });
  for (const item of ['A', 'B', 'C']) run.write(item);
  run.state.answer = (sequences) => (sequences.length === 2 ? down() : null);
  const mapping = run.start();
  await run.clock.advance(60_000);
  expect(run.calls).toEqual([[1, 2], [1, 2], [1, 2], [1, 2], [3]]);
  expect(conditions(run)).toEqual([
    {
      requestId: 'request-4',
      functionArn: expect.any(String) as string,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 4,
    },
  ]);
  expect(run.checkpoint()).toBe(3);
  await mapping.close();
});

test('1.3 throttled invocations: they are no attempts', async () => {
  const run = runner({ MaximumRetryAttempts: 0, ...onFailure });
  run.write('A');
  run.state.answer = (_, attempt) => (attempt < 4 ? unreached : null);
  const mapping = run.start();
  await run.clock.advance(60_000);
  expect(run.calls).toHaveLength(4);
  expect(run.kept).toEqual([]);
  expect(run.checkpoint()).toBe(1);
  await mapping.close();
});

test('1.4 fresh budget: a partial failure that moves the checkpoint gives the rest all retries', async () => {
  const run = runner({ MaximumRetryAttempts: 3, ...onFailure });
  for (const item of ['A', 'B']) run.write(item);
  run.state.answer = () => failures(sequence(2));
  const mapping = run.start();
  await run.clock.advance(60_000);
  // Five deliveries of the bad record, of which four count: as AWS was recorded to do.
  expect(run.calls).toEqual([[1, 2], [2], [2], [2], [2]]);
  expect(conditions(run)[0]?.approximateInvokeCount).toBe(4);
  expect(run.kept[0]?.body['responseContext']).toEqual({
    statusCode: 200,
    executedVersion: '$LATEST',
    functionError: null,
  });
  await mapping.close();
});

test('failures before a partial one do not count against what remains', async () => {
  const run = runner({ MaximumRetryAttempts: 1, ...onFailure });
  for (const item of ['A', 'B']) run.write(item);
  run.state.answer = (_, attempt) => (attempt === 2 ? failures(sequence(2)) : down());
  const mapping = run.start();
  await run.clock.advance(60_000);
  expect(run.calls).toEqual([[1, 2], [1, 2], [2], [2]]);
  await mapping.close();
});

test('1.5 remainder: only what is from the checkpoint on is given up', async () => {
  const run = runner({ MaximumRetryAttempts: 1, ...onFailure });
  for (const item of ['A', 'B', 'C']) run.write(item);
  run.state.answer = (sequences) => (sequences.includes(sequence(2)) ? failures(sequence(2)) : null);
  const mapping = run.start();
  await run.clock.advance(60_000);
  expect(run.calls).toEqual([
    [1, 2, 3],
    [2, 3],
    [2, 3],
  ]);
  expect(run.kept[0]?.body['DDBStreamBatchInfo']).toMatchObject({
    startSequenceNumber: sequence(2),
    endSequenceNumber: sequence(3),
    batchSize: 2,
  });
  expect(run.checkpoint()).toBe(3);
  await mapping.close();
});

test('1.4 backoff: retries wait twice as long each time, about eight in the first minute', async () => {
  const run = runner();
  run.write('A');
  run.state.answer = down;
  const mapping = run.start();
  await run.clock.advance(60_000);
  expect(run.calls.length).toBeGreaterThanOrEqual(7);
  expect(run.calls.length).toBeLessThanOrEqual(9);
  await mapping.close();
});

test('1.3 no limit of retries: -1 tries until the function succeeds', async () => {
  const run = runner({ MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1, ...onFailure });
  run.write('A');
  run.state.answer = (_, attempt) => (attempt < 60 ? down() : null);
  const mapping = run.start();
  await run.clock.advance(3_600_000);
  expect(run.calls).toHaveLength(60);
  expect([run.kept, run.checkpoint()]).toEqual([[], 1]);
  await mapping.close();
});

describe('BisectBatchOnFunctionError', () => {
  test('1.4 bisect and thrown error: the batch is halved, the front half first, until the bad record is alone', async () => {
    const run = runner({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...onFailure });
    for (const item of ['A', 'B', 'C', 'D']) run.write(item);
    run.state.answer = (sequences) => (sequences.includes(sequence(3)) ? down() : null);
    const mapping = run.start();
    await run.clock.advance(60_000);
    expect(run.calls).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    expect(run.kept).toHaveLength(1);
    expect(run.kept[0]?.body['DDBStreamBatchInfo']).toMatchObject({
      startSequenceNumber: sequence(3),
      batchSize: 1,
    });
    expect(run.checkpoint()).toBe(4);
    await mapping.close();
  });

  test('1.3 BisectBatchOnFunctionError: halving does not use up the retries', async () => {
    const run = runner({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...onFailure });
    for (let item = 0; item < 64; item += 1) run.write(`I${item}`);
    run.state.answer = (sequences) => (sequences.length > 1 ? down() : null);
    const mapping = run.start();
    await run.clock.advance(60_000);
    expect(run.kept).toEqual([]);
    expect(run.calls.filter(({ length }) => length === 1)).toHaveLength(64);
    await mapping.close();
  });

  test('a malformed answer halves the batch too', async () => {
    const run = runner({ BisectBatchOnFunctionError: true });
    for (const item of ['A', 'B']) run.write(item);
    run.state.answer = (_, attempt) => (attempt === 1 ? failures('bad') : null);
    const mapping = run.start();
    await run.clock.advance(1_000);
    expect(run.calls).toEqual([[1, 2], [1], [2]]);
    await mapping.close();
  });

  test('an answer that names the first record leaves nothing to split off', async () => {
    const run = runner({ BisectBatchOnFunctionError: true });
    for (const item of ['A', 'B']) run.write(item);
    run.state.answer = (_, attempt) => (attempt === 1 ? failures(sequence(1)) : null);
    const mapping = run.start();
    await run.clock.advance(1_000);
    expect(run.calls).toEqual([
      [1, 2],
      [1, 2],
    ]);
    await mapping.close();
  });

  test('1.4 bisect and partial failure: the batch is split at the record that the answer names, not in the middle', async () => {
    const run = runner({ BisectBatchOnFunctionError: true });
    for (const item of ['A', 'B', 'C', 'D']) run.write(item);
    run.state.answer = (_, attempt) => (attempt === 1 ? failures(sequence(4)) : null);
    const mapping = run.start();
    await run.clock.advance(1_000);
    expect(run.calls).toEqual([[1, 2, 3, 4], [4]]);
    await mapping.close();
  });
});

describe('MaximumRecordAgeInSeconds', () => {
  test('1.5 RecordAgeExceeded: records that grew too old while they were retried are given up, without a response context', async () => {
    const run = runner({ MaximumRecordAgeInSeconds: 60, ...onFailure });
    run.write('A');
    await run.clock.advance(30_000);
    run.write('B');
    run.state.answer = (sequences) => (sequences.includes(sequence(1)) ? down() : null);
    const mapping = run.start();
    await run.clock.advance(120_000);
    expect(conditions(run)).toMatchObject([{ condition: 'RecordAgeExceeded' }]);
    expect(run.kept[0]?.body).not.toHaveProperty('responseContext');
    expect(run.kept[0]?.body['DDBStreamBatchInfo']).toMatchObject({
      startSequenceNumber: sequence(1),
      batchSize: 1,
    });
    expect(run.calls.at(-1)).toEqual([2]);
    expect(run.checkpoint()).toBe(2);
    await mapping.close();
  });

  test('1.3 age before invocation: a record that was too old before its first invocation is never delivered', async () => {
    const run = runner({ MaximumRecordAgeInSeconds: 60, ...onFailure });
    run.write('A');
    await run.clock.advance(61_000);
    run.write('B');
    const mapping = run.start();
    await run.clock.advance(1_000);
    expect(run.calls).toEqual([[2]]);
    expect(run.kept).toHaveLength(1);
    await mapping.close();
  });

  test('1.3 MaximumRecordAgeInSeconds: records are given up also while the function is throttled', async () => {
    const run = runner({ MaximumRecordAgeInSeconds: 60, ...onFailure });
    run.write('A');
    run.state.answer = () => unreached;
    const mapping = run.start();
    await run.clock.advance(180_000);
    expect(conditions(run)).toMatchObject([{ condition: 'RecordAgeExceeded', approximateInvokeCount: 0 }]);
    await mapping.close();
  });
});
