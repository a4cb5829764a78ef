import type { Context } from 'aws-lambda';
import { TemporarilyUnavailable } from '../application/ports.ts';

/** Left over to answer in. */
const RESERVE_MS = 500;

/** Rejects shortly before the invocation's time is over: what goes on behind it is recognized when the caller asks again. */
export const deadlineOf = (context: Pick<Context, 'getRemainingTimeInMillis'>) => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    const late = () => reject(new TemporarilyUnavailable('no answer within the time of the invocation'));
    timer = setTimeout(late, Math.max(0, context.getRemainingTimeInMillis() - RESERVE_MS));
  });
  return { over, clear: () => clearTimeout(timer) };
};
