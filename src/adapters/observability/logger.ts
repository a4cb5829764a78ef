import { Logger } from '@aws-lambda-powertools/logger';
import { traceIdOf } from '../trace-context.ts';
import { ListedFields } from './log-format.ts';

/** Service name and level come from the POWERTOOLS_ variables, as Powertools has it. */
export const createLogger = (): Logger => new Logger({ logFormatter: new ListedFields() });

/** Lines from here on belong to the request of that id, in the trace of its caller. */
export const correlate = (
  logger: Logger,
  {
    correlationId = '',
    traceparent,
  }: { correlationId?: string | undefined; traceparent?: string | undefined },
): void => {
  logger.setCorrelationId(correlationId);
  const trace_id = traceIdOf(traceparent);
  if (trace_id === undefined) logger.removeKeys(['trace_id']);
  else logger.appendKeys({ trace_id });
};
