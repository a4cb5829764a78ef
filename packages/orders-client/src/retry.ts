/** When a request is sent again. Times are in milliseconds. */
export interface RetryOptions {
  /** How often it is sent at most, the first time included: 4 if absent, 1 for no retry. */
  attempts?: number;
  /** The pause before retry n is a random part of `baseDelay * 2 ** (n - 1)`: 200 if absent. */
  baseDelay?: number;
  /** The longest pause: 10000 if absent. Where the service asks for a longer one, its answer is thrown instead. */
  maxDelay?: number;
}

export const ATTEMPTS = 4;

/** How long to wait before a retry; undefined where that would be too long. `asked` is what the service asks for. */
export const delayBefore = (
  retry: number,
  asked: number | undefined,
  { baseDelay = 200, maxDelay = 10_000 }: RetryOptions,
): number | undefined => {
  const jittered = Math.random() * Math.min(maxDelay, baseDelay * 2 ** (retry - 1));
  if (asked === undefined) return jittered;
  return asked > maxDelay ? undefined : asked + jittered;
};

export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
