import type { Context } from 'aws-lambda';
import { AsyncLocalStorage } from 'node:async_hooks';
import { TemporarilyUnavailable } from '../application/ports.ts';

type Remaining = Pick<Context, 'getRemainingTimeInMillis'>;

/** Left over to answer in; more where it is said of each part of a batch what was done. */
const RESERVE_MS = 500;
const BATCH_RESERVE_MS = 1000;

/** When a batch must be done, in milliseconds since the epoch. */
export const workUntil = (context: Remaining, now: number): number =>
  now + context.getRemainingTimeInMillis() - BATCH_RESERVE_MS;

const invocation = new AsyncLocalStorage<{ over: boolean }>();

/**
 * Does the work of an invocation, or rejects shortly before its time is over. What was sent until then is recognized when the
 * caller asks again. Nothing more is sent: Lambda freezes what goes on behind the answer, and the next invocation, perhaps
 * minutes later, would let it write what its caller has given up.
 */
export const inTime = async <T>(context: Remaining, work: () => Promise<T>): Promise<T> => {
  const state = { over: false };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const end = () => reject(new TemporarilyUnavailable('no answer within the time of the invocation'));
    timer = setTimeout(end, Math.max(0, context.getRemainingTimeInMillis() - RESERVE_MS));
  });
  try {
    return await Promise.race([invocation.run(state, work), late]);
  } finally {
    state.over = true;
    clearTimeout(timer);
  }
};

/** Throws where the invocation that asks has been answered. */
export const requireTime = (): void => {
  if (invocation.getStore()?.over) throw new TemporarilyUnavailable('the invocation has been answered');
};
