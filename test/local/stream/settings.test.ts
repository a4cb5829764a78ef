import { check } from '../../../local/template/check.ts';
import { settings } from '../support/stream.ts';

const filters = (...patterns: object[]) => ({ Filters: patterns.map((Pattern) => ({ Pattern })) });
const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:queue';

test.each([
  ['1.3 limits of BatchSize', 'BatchSize', [0, 10_001], /BatchSize must be from 1 to 10000/],
  ['1.3 limits of the window', 'MaximumBatchingWindowInSeconds', [-1, 301], /must be from 0 to 300/],
  ['1.3 limits of parallelization', 'ParallelizationFactor', [0, 11], /must be from 1 to 10/],
  ['1.3 limits of retries', 'MaximumRetryAttempts', [-2, 10_001], /must be from -1 to 10000/],
  ['1.3 most age', 'MaximumRecordAgeInSeconds', [604_801], /must be from -1 to 604800/],
  ['1.3 ages 1 to 59', 'MaximumRecordAgeInSeconds', [1, 59], /is -1, or 60 at least/],
  ['1.3 AT_TIMESTAMP', 'StartingPosition', ['AT_TIMESTAMP', undefined], /is TRIM_HORIZON or LATEST/],
  [
    '1.3 number of filters',
    'FilterCriteria',
    [filters(...Array<object>(11).fill({ a: ['b'] }))],
    /at most 10/,
  ],
  [
    '1.3 length of a filter',
    'FilterCriteria',
    [{ Filters: [{ Pattern: JSON.stringify({ a: ['x'.repeat(4_096)] }) }] }],
    /at most 4096/,
  ],
  ['1.3 sources', 'EventSourceArn', [queueArn], /is not the stream of a DynamoDB table/],
  [
    '1.3 destinations',
    'DestinationConfig',
    [{ OnFailure: { Destination: 'arn:aws:sns:eu-west-1:000000000000:topic' } }],
    /neither a bucket nor a queue/,
  ],
  [
    '1.3 FIFO destination',
    'DestinationConfig',
    [{ OnFailure: { Destination: `${queueArn}.fifo` } }],
    /a FIFO queue, which Lambda does not send to/,
  ],
])('%s: what is beyond them is refused at start', (_, name, values, words) => {
  for (const value of values) {
    const refused = () => settings({ [name]: value });
    expect(refused).toThrow(/event source mapping Mapping cannot be run/);
    expect(refused).toThrow(words);
  }
});

test.each([
  ['1.3 TumblingWindowInSeconds', 'TumblingWindowInSeconds', 30],
  ['1.3 ProvisionedPollerConfig', 'ProvisionedPollerConfig', { MinimumPollers: 1 }],
  ['1.3 LoggingConfig', 'LoggingConfig', { SystemLogLevel: 'INFO' }],
])('%s: it is refused at start, by its name', (_, name, value) => {
  const type = 'AWS::Lambda::EventSourceMapping';
  const mapping = { type, logicalId: 'Mapping', ref: '', arn: '', properties: { [name]: value } };
  expect(() => check([mapping])).toThrow(`the property ${name}`);
});

test('1.3 defaults: what the template does not say is as in AWS', () => {
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

test('the limits themselves are taken', () => {
  const most = { BatchSize: 10_000, ParallelizationFactor: 10, MaximumRecordAgeInSeconds: 604_800 };
  expect(settings(most)).toMatchObject({ batchSize: 10_000, parallelization: 10, maxAgeSeconds: 604_800 });
  expect(settings({ MaximumRecordAgeInSeconds: 60 })).toMatchObject({ maxAgeSeconds: 60 });
});
