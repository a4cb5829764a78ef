import type { Metrics } from './store.ts';

/** Told what becomes of invocations, as AWS/Lambda counts them. Times are milliseconds since the epoch. */
export interface FunctionMeter {
  invoked(name: string, invocation: { at: number; failed: boolean; concurrent: number }): void;
  /** How long the code ran, without the start of its copy. */
  ran(name: string, at: number, ms: number): void;
  throttled: (name: string) => void;
  /** Of asynchronous invocations. */
  accepted(name: string): void;
  /** Before each try: how long ago it was accepted. */
  tried(name: string, ageMs: number): void;
  dropped(name: string): void;
  deadLetterFailed(name: string): void;
  /** A destination on failure, of asynchronous invocations or of a stream, could not be given the record. */
  destinationFailed(name: string): void;
  /** How old the newest record of a batch was when the function got it. */
  iteratorAge(name: string, ageMs: number): void;
}

export function functionMeter(metrics: Metrics): FunctionMeter {
  const put = (name: string, metric: string, value: number, at?: number) => {
    // Lambda keeps each metric for the function, for what was invoked of it, and for all functions.
    const kept: Record<string, string>[] = [
      { FunctionName: name },
      { FunctionName: name, Resource: name },
      {},
    ];
    for (const dimensions of kept) {
      metrics.measure('AWS/Lambda', metric, dimensions)(value, at);
    }
  };
  return {
    invoked: (name, { at, failed, concurrent }) => {
      put(name, 'Invocations', 1, at);
      put(name, 'Errors', failed ? 1 : 0, at);
      put(name, 'Throttles', 0, at);
      put(name, 'ConcurrentExecutions', concurrent, at);
    },
    ran: (name, at, ms) => put(name, 'Duration', ms, at),
    throttled: (name) => put(name, 'Throttles', 1),
    accepted: (name) => put(name, 'AsyncEventsReceived', 1),
    tried: (name, ageMs) => put(name, 'AsyncEventAge', ageMs),
    dropped: (name) => put(name, 'AsyncEventsDropped', 1),
    deadLetterFailed: (name) => put(name, 'DeadLetterErrors', 1),
    destinationFailed: (name) => put(name, 'DestinationDeliveryFailures', 1),
    iteratorAge: (name, ageMs) => put(name, 'IteratorAge', ageMs),
  };
}
