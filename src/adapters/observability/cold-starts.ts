import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';

/** Counts the first invocation of each copy of a function, under the function's name, so that no handler has to. */
export const countingColdStarts =
  <E, R>(handler: (event: E, context: Context) => R, metrics = new Metrics()) =>
  (event: E, context: Context): R => {
    metrics.captureColdStartMetric(context.functionName);
    return handler(event, context);
  };
