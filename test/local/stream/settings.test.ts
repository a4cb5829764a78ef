import { settings } from '../support/stream.ts';

test.each([
  ['MaximumRecordAgeInSeconds', 59],
  ['MaximumRecordAgeInSeconds', 604_801],
  ['MaximumRetryAttempts', 10_001],
  ['BatchSize', 0],
  ['BatchSize', 10_001],
  ['ParallelizationFactor', 11],
  ['MaximumBatchingWindowInSeconds', 301],
  ['StartingPosition', 'AT_TIMESTAMP'],
  ['EventSourceArn', 'arn:aws:sqs:eu-west-1:000000000000:queue'],
  ['DestinationConfig', { OnFailure: { Destination: 'arn:aws:sns:eu-west-1:000000000000:topic' } }],
])('%s %s is refused', (name, value) => {
  expect(() => settings({ [name]: value })).toThrow(/event source mapping Mapping cannot be run/);
});

test('what the template does not say has AWS defaults', () => {
  expect(settings({ FunctionResponseTypes: undefined })).toMatchObject({
    batchSize: 100,
    windowSeconds: 0,
    parallelization: 1,
    reportsItemFailures: false,
    bisects: false,
    maxRetries: -1,
    maxAgeSeconds: -1,
  });
});
