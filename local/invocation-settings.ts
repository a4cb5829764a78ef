import type { Stack } from './parts.ts';
import { nameInArn, numeric, record, text } from './properties.ts';

export interface AsyncSettings {
  name: string;
  arn: string;
  maxRetries: number;
  maxAgeMs: number;
  /** A queue or bucket that gets a record of each given-up invocation. */
  onFailureArn?: string;
  /** The function's own dead-letter queue, which gets the event. */
  deadLetterArn?: string;
}

const sixHours = 6 * 60 * 60;

/** How each function's asynchronous invocations are retried. */
export function readAsyncSettings(stack: Stack): AsyncSettings[] {
  const configs = stack.ofType('AWS::Lambda::EventInvokeConfig').map(({ properties }) => properties);
  return stack.ofType('AWS::Lambda::Function').map(({ ref, arn, properties }) => {
    const config =
      configs.find((candidate) => nameInArn(text(candidate, 'FunctionName') ?? '') === ref) ?? {};
    const onFailure = record(record(config, 'DestinationConfig') ?? {}, 'OnFailure') ?? {};
    const onFailureArn = text(onFailure, 'Destination');
    const deadLetterArn = text(record(properties, 'DeadLetterConfig') ?? {}, 'TargetArn');
    return {
      name: ref,
      arn,
      maxRetries: numeric(config, 'MaximumRetryAttempts') ?? 2,
      maxAgeMs: (numeric(config, 'MaximumEventAgeInSeconds') ?? sixHours) * 1000,
      ...(onFailureArn && { onFailureArn }),
      ...(deadLetterArn && { deadLetterArn }),
    };
  });
}
