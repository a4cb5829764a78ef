/**
 * No answer came: no connection, one that broke off, or none in time. Thrown once retries are used up, or where a
 * retry might not be safe. `cause` is what `fetch` threw. A write may have been carried out all the same: send it again
 * under the same idempotency key, or read.
 */
export class OrdersUnreachable extends Error {
  override readonly name = 'OrdersUnreachable';

  constructor(
    cause: unknown,
    /** How often the request was sent. */
    readonly attempts: number,
    /** Names the request in logs and events, if it arrived. */
    readonly correlationId: string,
  ) {
    super(`no answer in ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${told(cause)}`, { cause });
  }
}

/** `fetch` itself says no more than that it failed. */
const told = (cause: unknown): string => {
  const { message = String(cause), cause: inner } = Object(cause) as {
    message?: string;
    cause?: { message?: string };
  };
  return inner?.message ? `${message}, ${inner.message}` : message;
};
