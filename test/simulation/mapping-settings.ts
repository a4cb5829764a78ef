import { mappingOf, type MappingSettings } from '../../local/stream/settings.ts';
import type { Chance } from './chance.ts';
import { STREAM_ARN } from './change-stream.ts';

/** Properties as a template may have them, drawn for a run, with `over` on top. */
export const chosenSettings = (chance: Chance, over: Record<string, unknown>): MappingSettings => {
  const settings = mappingOf({
    logicalId: 'Mapping',
    type: 'AWS::Lambda::EventSourceMapping',
    ref: 'mapping',
    arn: '',
    properties: {
      EventSourceArn: STREAM_ARN,
      FunctionName: 'reader',
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: chance.pick([1, 3, 10, 100, 100]),
      MaximumBatchingWindowInSeconds: chance.pick([0, 0, 1]),
      ParallelizationFactor: chance.pick([1, 2, 10]),
      BisectBatchOnFunctionError: chance.happens(0.8),
      MaximumRetryAttempts: chance.pick([2, 100, 100, -1]),
      MaximumRecordAgeInSeconds: chance.pick([60, 21_600, 21_600]),
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } },
      ...over,
    },
  });
  if (!settings) throw new Error('the mapping is disabled');
  return settings;
};
