import type { Context } from 'aws-lambda';
import { TemporarilyUnavailable } from '../application/ports.ts';

type Remaining = Pick<Context, 'getRemainingTimeInMillis'>;

/** Left over to answer in; more where it is said of each part of a batch what was done. */
const RESERVE_MS = 500;
const BATCH_RESERVE_MS = 1000;

/** When a batch must be done, in milliseconds since the epoch. */
export const workUntil = (context: Remaining, now: number): number =>
  now + context.getRemainingTimeInMillis() - BATCH_RESERVE_MS;

/** Rejects shortly before the invocation's time is over: what goes on behind it is recognized when the caller asks again. */
export const deadlineOf = (context: Remaining) => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    const late = () => reject(new TemporarilyUnavailable('no answer within the time of the invocation'));
    timer = setTimeout(late, Math.max(0, context.getRemainingTimeInMillis() - RESERVE_MS));
  });
  return { over, clear: () => clearTimeout(timer) };
};
