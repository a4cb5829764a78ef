import type { Logger } from '@aws-lambda-powertools/logger';
import type { Result } from '../../domain/result.ts';

/** Logs what each call of a use case answered, so that no use case takes a logger. */
export const observed =
  <A extends unknown[], T, E extends { code: string }>(
    name: string,
    useCase: (...args: A) => Promise<Result<T, E>>,
    logger: Logger,
  ) =>
  async (...args: A): Promise<Result<T, E>> => {
    const start = performance.now();
    const result = await useCase(...args);
    const durationMs = Math.round(performance.now() - start);
    logger.info(name, { outcome: result.ok ? 'done' : result.error.code, durationMs });
    return result;
  };
