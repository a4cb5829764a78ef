import type { Client } from 'openapi-fetch';
import { OrdersProblem } from './problem.ts';
import type { paths } from './schema.ts';

/** The API as openapi-fetch sees it: every path, typed. */
export type Http = Client<paths>;

export interface CallOptions {
  /** Ends the call with all its attempts and pauses, and a list at its next page: it rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Names the call in answers, logs and events: 1 to 128 of letters, digits and `_.:-`. Made if absent. */
  correlationId?: string;
  /** W3C Trace Context, carried on into the event of an order. */
  traceparent?: string;
}

export interface WriteOptions extends CallOptions {
  /**
   * Under this key the write is carried out once, however often it is sent: `create` for 7 days, all else as long
   * as it is among the last eight changes of what it changes. 1 to 255 visible ASCII characters without quotes. Each call makes one for all its attempts; give your own to repeat a call later, as after a crash.
   */
  idempotencyKey?: string;
}

export interface ChangeOptions extends WriteOptions {
  /** The `etag` as last read, or `*`: the change is made to that version only. Otherwise `version-stale` is thrown. */
  ifMatch?: string;
}

export interface PutOptions extends WriteOptions {
  /** Refuses what is there already, be it the same, unless this call made it. */
  onlyNew?: boolean;
}

type AnyOptions = ChangeOptions & PutOptions;

/** What openapi-fetch takes of the options. */
export const sent = (options: AnyOptions, contentType?: string) => ({
  headers: {
    'x-correlation-id': options.correlationId,
    traceparent: options.traceparent,
    'idempotency-key': options.idempotencyKey,
    'if-match': options.ifMatch,
    'if-none-match': options.onlyNew ? '*' : undefined,
    'content-type': contentType,
  },
  ...(options.signal && { signal: options.signal }),
});

export const MERGE_PATCH = 'application/merge-patch+json';

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the service answered with success; anything else is thrown. */
export const answered = async <T>(call: Promise<Answer<T>>): Promise<T> => {
  const { data, error, response } = await call;
  if (!response.ok) throw new OrdersProblem(response, error);
  return data as T;
};

/** The same, with the ETag that a change of it takes. */
export const tagged = async <T extends { version: number }>(
  call: Promise<Answer<T>>,
): Promise<T & { etag: string }> => {
  const data = await answered(call);
  const etag = (await call).response.headers.get('etag');
  return { ...data, etag: etag ?? `"${data.version}"` };
};
