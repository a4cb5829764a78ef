import { TemporarilyUnavailable } from '../application/ports.ts';

const PASSING = new Set([
  'InternalServerError',
  'InternalServiceError',
  'ItemCollectionSizeLimitExceededException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
  // Sent again by the SDK while the first sending was still under way.
  'TransactionInProgressException',
  'TransactionConflictException',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
]);

const isServerError = (error: unknown): boolean => {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return ($metadata?.httpStatusCode ?? 0) >= 500;
};

const codeOf = (error: unknown): string =>
  error instanceof Error ? ((error as Error & { code?: string }).code ?? error.name) : '';

/** AWS's passing failures, once the SDK's own attempts are used up, become the application's word for them. */
export const translated = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    const code = codeOf(error);
    if (!PASSING.has(code) && !isServerError(error)) throw error;
    throw new TemporarilyUnavailable(code, { cause: error });
  }
};
