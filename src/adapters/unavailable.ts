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
  'TransactionConflictException',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
]);

const codeOf = (error: unknown): string =>
  error instanceof Error ? ((error as Error & { code?: string }).code ?? error.name) : '';

/** AWS's passing failures, once the SDK's own attempts are used up, become the application's word for them. */
export const translated = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    const code = codeOf(error);
    if (!PASSING.has(code)) throw error;
    throw new TemporarilyUnavailable(code, { cause: error });
  }
};
