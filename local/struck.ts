import { randomUUID } from 'node:crypto';
import { inConflict, tableThrottling } from './aws/dynamodb-refusals.ts';
import { AwsError, type AwsCall, type AwsService } from './aws/service.ts';
import type { BusService, Disturbance } from './bus/service.ts';
import type { Strikes } from './faults.ts';
import type { Clock, Functions, Stack } from './parts.ts';
import { AccessDenied, type Destinations } from './permitted.ts';
import { nameInArn } from './properties.ts';

/** The runtime's parts with faults in front of them; without a strike they are as they were. */

interface Striking {
  strikes: Strikes;
  /** From 0 up to 1. */
  chance: () => number;
}

const mostHeldBackMs = 10_000;
const mostLateMs = 200;
// Of a copy of a function: long enough to have published now and then.
const longestLifeMs = 20;

/** In how many milliseconds the function's copy dies; undefined where it lives on. */
export const lifeOf = (functionName: string, { strikes, chance }: Striking): number | undefined =>
  strikes('crash', functionName) ? chance() * longestLifeMs : undefined;

export const disturbanceOf = ({ strikes, chance }: Striking): Disturbance => ({
  fails: (_target, _event, { name }) => {
    const message = 'a fault that was switched on';
    if (strikes('refuse', name)) return { code: 'NO_PERMISSIONS', message, retryable: false };
    return strikes('fail', name) ? { code: 'SDK_CLIENT_ERROR', message, retryable: true } : undefined;
  },
  twice: ({ name }) => strikes('duplicate', name),
  heldBackMs: ({ name }) => (strikes('reorder', name) ? Math.ceil(chance() * mostHeldBackMs) : 0),
  loses: ({ name }) => strikes('lose', name),
});

export const struckBus = (bus: BusService, { strikes }: Striking): BusService => ({
  ...bus,
  putEvents: async (entries) => {
    const refused = entries.map(() => strikes('fail', 'PutEvents'));
    const taken = entries.filter((_, place) => !refused[place]);
    const { FailedEntryCount, Entries } =
      taken.length === 0 ? { FailedEntryCount: 0, Entries: [] } : await bus.putEvents(taken);
    const results = Entries.values();
    const failure = { ErrorCode: 'InternalFailure', ErrorMessage: 'a fault that was switched on' };
    return {
      FailedEntryCount: FailedEntryCount + entries.length - taken.length,
      Entries: refused.map((isRefused) => (isRefused ? failure : (results.next().value ?? failure))),
    };
  },
});

/** Calls of functions only: who looks on from outside is not disturbed. */
export const struckService = (
  service: AwsService,
  { clock, stack }: { clock: Clock; stack: Stack },
  { strikes, chance }: Striking,
): AwsService => ({
  ...service,
  answer: async (call) => {
    if (call.caller.kind === 'function') {
      const { functionName } = call.caller;
      if (strikes('delay', functionName)) await clock.sleep(chance() * mostLateMs);
      if (strikes('throttle', functionName)) throw throttling(call, stack, chance);
      if (call.operation === 'TransactWriteItems' && strikes('conflict', functionName))
        throw inConflict(call);
    }
    return service.answer(call);
  },
});

function throttling(call: AwsCall, stack: Stack, chance: () => number): AwsError {
  if (call.service === 's3') return new AwsError('SlowDown', 'Please reduce your request rate.', 503);
  if (call.service === 'dynamodb') return tableThrottling(call, stack, chance());
  return new AwsError('ThrottlingException', 'Rate exceeded');
}

/** Where what a function failed is kept. */
export const struckDestinations = (
  { queues, objects }: Destinations,
  functionName: string,
  { strikes }: Striking,
): Destinations => ({
  queues: {
    sending: (arn, message) => (strikes('lose', functionName) ? undefined : queues.sending(arn, message)),
  },
  objects: {
    buckets: () => objects.buckets(),
    put: (bucket, key, body) => {
      if (strikes('lose', functionName)) throw new AccessDenied('a fault that was switched on');
      return objects.put(bucket, key, body);
    },
  },
});

/** What a stream invokes. */
export const struckInvoke =
  (
    invoke: Functions['invoke'],
    { strikes }: Striking,
    throttled: (functionName: string) => void,
  ): Functions['invoke'] =>
  async (function_, payload) => {
    const name = nameInArn(function_);
    if (strikes('throttle', name)) {
      throttled(name);
      const reason = 'TooManyRequestsException: Rate Exceeded.';
      return { outcome: 'unreached', requestId: randomUUID(), reason };
    }
    if (strikes('duplicate', name)) await invoke(function_, payload);
    return invoke(function_, payload);
  };
