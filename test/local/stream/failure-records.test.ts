import { bucketArn, failures, runner, sequence, streamArn } from '../support/stream.ts';

const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:failed';
const start = (destination: string) => {
  const run = runner({
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: destination } },
  });
  run.write('A');
  run.write('B');
  return run;
};

const expected = {
  requestContext: {
    requestId: 'request-1',
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:reader',
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 1,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: '2026-11-22T10:00:00.000Z',
  DDBStreamBatchInfo: {
    shardId: 'shard-1',
    startSequenceNumber: sequence(1),
    endSequenceNumber: sequence(2),
    approximateArrivalOfFirstRecord: '2026-11-22T10:00:00Z',
    approximateArrivalOfLastRecord: '2026-11-22T10:00:00Z',
    batchSize: 2,
    streamArn,
  },
};

test('1.5 S3 object: a bucket gets the record and the records themselves, under the key that Lambda uses', async () => {
  const run = start(bucketArn);
  let event: unknown;
  run.state.answer = (_, __, records) => {
    event = { Records: records };
    throw new Error('down');
  };
  const mapping = run.start();
  await run.clock.advance(100);
  await mapping.close();
  const [object] = run.kept;
  expect(object?.bucket).toBe('failures');
  expect(object?.key).toMatch(
    /^aws\/lambda\/11111111-2222-4333-8444-555555555555\/shard-1\/2026\/11\/22\/2026-11-22T10\.00\.00-[0-9a-f-]{36}$/,
  );
  const { payload, ...record } = object?.body as { payload: string };
  expect(record).toEqual(expected);
  expect(JSON.parse(payload)).toEqual(event);
});

test('1.5 SQS message: a queue gets the record without the records', async () => {
  const run = start(queueArn);
  run.state.answer = () => {
    throw new Error('down');
  };
  const mapping = run.start();
  await run.clock.advance(100);
  await mapping.close();
  const entries = run.journal.lines.flatMap((line) => JSON.parse(line) as { part: string; entry: unknown }[]);
  expect(entries.filter(({ part }) => part === 'queues')).toEqual([
    { part: 'queues', entry: { arn: queueArn, body: expected } },
  ]);
});

test('1.5 functionError: it is null where the function answered with failures', async () => {
  const run = start(bucketArn);
  run.state.answer = (sequences) => failures(sequences[0]);
  const mapping = run.start();
  await run.clock.advance(100);
  await mapping.close();
  expect(run.kept[0]?.body).toMatchObject({ responseContext: { functionError: null } });
});

test('1.7 giving up: the checkpoint moves only after the record of the failure is kept', async () => {
  const run = start(bucketArn);
  run.state.answer = () => {
    throw new Error('down');
  };
  const mapping = run.start();
  await run.clock.advance(100);
  await mapping.close();
  expect(run.kept).toMatchObject([{ checkpoint: undefined }]);
  expect(run.checkpoint()).toBe(2);
});

test('1.5 no destination: a batch that is given up is gone', async () => {
  const run = runner({ MaximumRetryAttempts: 0 });
  run.write('A');
  run.state.answer = () => {
    throw new Error('down');
  };
  const mapping = run.start();
  await run.clock.advance(100);
  await mapping.close();
  expect(run.checkpoint()).toBe(1);
});
