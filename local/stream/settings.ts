import { compile, InvalidPatternError, type Matcher } from '../../packages/event-pattern/src/index.ts';
import type { Resource } from '../parts.ts';
import { record, text, texts } from '../properties.ts';
import { Unready } from '../unready.ts';

export interface MappingSettings {
  id: string;
  streamArn: string;
  /** Name or ARN. */
  function: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  batchSize: number;
  windowSeconds: number;
  parallelization: number;
  /** A record that none matches is passed over; no filter matches all. */
  filters: readonly Matcher[];
  reportsItemFailures: boolean;
  bisects: boolean;
  /** -1: for ever. */
  maxRetries: number;
  /** -1: for ever. */
  maxAgeSeconds: number;
  /** The ARN of a bucket or queue. */
  onFailure?: string;
  /** Asked for by MetricsConfig. */
  countsEvents: boolean;
}

// Five unless AWS was asked for more.
const maxFilters = 10;
const maxPattern = 4_096;

/** What the template says of an event source mapping; undefined when it is disabled. */
export function mappingOf({ ref, logicalId, properties }: Resource): MappingSettings | undefined {
  const refuse = (what: string): never => {
    throw new Unready(`The event source mapping ${logicalId} cannot be run: ${what}.`);
  };
  const whole = (name: string, otherwise: number, least: number, most: number): number => {
    const given = properties[name];
    if (given === undefined) return otherwise;
    const value = Number(given);
    const allowed = Number.isInteger(value) && value >= least && value <= most;
    return allowed
      ? value
      : refuse(`${name} must be from ${least} to ${most}, and is ${JSON.stringify(given)}`);
  };

  if (text(properties, 'Enabled') === 'false') return undefined;
  const streamArn = String(properties['EventSourceArn']);
  if (!/^arn:[^:]*:dynamodb:.*\/stream\//.test(streamArn))
    refuse('its source is not the stream of a DynamoDB table');
  const startingPosition = String(properties['StartingPosition']);
  if (startingPosition !== 'TRIM_HORIZON' && startingPosition !== 'LATEST') {
    return refuse('StartingPosition of a DynamoDB stream is TRIM_HORIZON or LATEST');
  }
  const maxAgeSeconds = whole('MaximumRecordAgeInSeconds', -1, -1, 604_800);
  if (maxAgeSeconds >= 0 && maxAgeSeconds < 60) refuse('MaximumRecordAgeInSeconds is -1, or 60 at least');
  const destination = properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined;
  const onFailure = destination?.OnFailure?.Destination;
  if (onFailure !== undefined && !/^arn:[^:]*:(s3|sqs):/.test(onFailure)) {
    refuse('its destination on failure is neither a bucket nor a queue');
  }
  if (onFailure?.endsWith('.fifo'))
    refuse('its destination on failure is a FIFO queue, which Lambda does not send to');
  const { Filters = [] } = (properties['FilterCriteria'] ?? {}) as { Filters?: { Pattern?: unknown }[] };
  if (Filters.length > maxFilters)
    refuse(`it has ${Filters.length} filters, and at most ${maxFilters} are allowed`);
  return {
    id: ref,
    streamArn,
    function: String(properties['FunctionName']),
    startingPosition,
    batchSize: whole('BatchSize', 100, 1, 10_000),
    windowSeconds: whole('MaximumBatchingWindowInSeconds', 0, 0, 300),
    parallelization: whole('ParallelizationFactor', 1, 1, 10),
    filters: Filters.map(({ Pattern }) => filterOf(Pattern, refuse)),
    reportsItemFailures: texts(properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures'),
    bisects: text(properties, 'BisectBatchOnFunctionError') === 'true',
    maxRetries: whole('MaximumRetryAttempts', -1, -1, 10_000),
    maxAgeSeconds,
    countsEvents: texts(record(properties, 'MetricsConfig') ?? {}, 'Metrics').includes('EventCount'),
    ...(onFailure !== undefined && { onFailure }),
  };
}

function filterOf(pattern: unknown, refuse: (what: string) => never): Matcher {
  if (typeof pattern === 'string' && pattern.length > maxPattern) {
    return refuse(`a filter has ${pattern.length} characters, and at most ${maxPattern} are allowed`);
  }
  try {
    return compile(pattern, { dialect: 'esm' });
  } catch (error) {
    if (error instanceof InvalidPatternError) return refuse(`its filter is invalid: ${error.message}`);
    throw error;
  }
}
