import { OrdersProblem, retryAfterOf } from './problem.ts';
import { ATTEMPTS, delayBefore, pause, type RetryOptions } from './retry.ts';
import { type Token, tokenSource } from './token.ts';
import { OrdersUnreachable } from './unreachable.ts';

export interface TransportOptions {
  /** Who asks. Only `/health` does without. */
  token?: Token;
  /** Milliseconds for each attempt: 30000 if absent, as long as an API gateway waits. */
  timeout?: number;
  retry?: RetryOptions;
  /** In place of the global `fetch`, as for a proxy. It must reject where no answer comes. */
  fetch?: (request: Request) => Promise<Response>;
}

/** No answer: the request may have been carried out, or not. */
interface Lost {
  cause: unknown;
}

/** Unlike `crypto.randomUUID`, not for secure contexts alone. */
const newName = (): string => {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** All attempts have one name in logs and events, and one key, by which the service knows what it has done already. */
const name = ({ method, headers }: Request): string => {
  const correlationId = headers.get('x-correlation-id') ?? newName();
  headers.set('x-correlation-id', correlationId);
  if (method !== 'GET' && !headers.has('idempotency-key')) headers.set('idempotency-key', newName());
  return correlationId;
};

/** Throttled, or undone because of another transaction: it has not been carried out. */
const isUndone = async (response: Response): Promise<boolean> => {
  if (response.status !== 409) return response.status === 429;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return new OrdersProblem(response, body).code === 'transaction-conflict';
};

/** Sends a request as often as it takes, and as is safe. Rejects with OrdersUnreachable, or the signal's reason. */
export const transport = ({ token, timeout = 30_000, retry = {}, fetch = globalFetch }: TransportOptions) => {
  const tokens = token === undefined ? undefined : tokenSource(token);

  /** The body is read here, so that one that breaks off is a lost answer too. */
  const send = async (request: Request, bearer: string | undefined): Promise<Response | Lost> => {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeout)]);
    const attempt = new Request(request.clone(), { signal });
    if (bearer !== undefined) attempt.headers.set('authorization', `Bearer ${bearer}`);
    try {
      const response = await fetch(attempt);
      const { status, statusText, headers } = response;
      return new Response((await response.text()) || null, { status, statusText, headers });
    } catch (cause) {
      request.signal.throwIfAborted();
      return { cause };
    }
  };

  const authorized = async (request: Request): Promise<Response | Lost> => {
    const given = tokens?.get();
    const outcome = await send(request, await given);
    const isRefused = 'status' in outcome && outcome.status === 401;
    const other = isRefused && given ? tokens?.after(given) : undefined;
    return other ? await send(request, await other) : outcome;
  };

  const isWorthRetrying = async (outcome: Response | Lost): Promise<boolean> =>
    !('status' in outcome) || outcome.status === 503 || (await isUndone(outcome));

  return async (request: Request): Promise<Response> => {
    const correlationId = name(request);
    const { attempts = ATTEMPTS } = retry;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await authorized(request);
      const answered = 'status' in outcome;
      const again = attempt < attempts && (await isWorthRetrying(outcome));
      const asked = answered ? retryAfterOf(outcome) : undefined;
      const delay = again ? delayBefore(attempt, asked, retry) : undefined;
      if (delay !== undefined) await pause(delay, request.signal);
      else if (answered) return outcome;
      else throw new OrdersUnreachable(outcome.cause, attempt, correlationId);
    }
  };
};

const globalFetch = (request: Request): Promise<Response> => globalThis.fetch(request);
