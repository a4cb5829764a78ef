import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

/** All that a line may say beside what Powertools says in each: nothing that a customer wrote. */
const FIELDS = new Set([
  ...['correlation_id', 'trace_id', 'error'],
  ...['routeKey', 'statusCode', 'code', 'action', 'outcome', 'durationMs'],
  ...['operation', 'sequenceNumber', 'customer', 'orderId', 'version', 'old', 'new', 'eventType', 'reason'],
  ...['gaps', 'latest', 'compared', 'found', 'done'],
]);

/** Powertools' own form of a line, under the same names, but with listed fields only. */
export class ListedFields extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { logLevel, message, timestamp, serviceName, lambdaContext, sampleRateValue, xRayTraceId } =
      attributes;
    const entries = Object.entries(additional);
    const unlisted = entries.map(([name]) => name).filter((name) => !FIELDS.has(name));
    return new LogItem({
      attributes: {
        level: logLevel,
        message,
        timestamp: this.formatTimestamp(timestamp),
        service: serviceName,
        cold_start: lambdaContext?.coldStart,
        function_arn: lambdaContext?.invokedFunctionArn,
        function_memory_size: lambdaContext?.memoryLimitInMB,
        function_name: lambdaContext?.functionName,
        function_request_id: lambdaContext?.awsRequestId,
        sampling_rate: sampleRateValue,
        xray_trace_id: xRayTraceId,
        ...Object.fromEntries(entries.filter(([name]) => FIELDS.has(name))),
        // Names only, so that whoever misses a field finds out why.
        ...(unlisted.length > 0 && { unlisted }),
      },
    });
  }

  /** Errors of AWS carry items, and what was asked for, beside their message. */
  override formatError(error: Error): LogAttributes {
    const { name, message, stack, cause } = error;
    return {
      name,
      location: this.getCodeLocation(stack),
      message,
      stack,
      ...(cause instanceof Error && { cause: this.formatError(cause) }),
    };
  }
}
