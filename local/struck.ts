import { randomUUID } from 'node:crypto';
import { AwsError, type AwsService } from './aws/service.ts';
import type { BusService, Disturbance } from './bus/bus.ts';
import type { Strikes } from './faults.ts';
import type { Clock, Functions } from './parts.ts';

/** The runtime's parts with faults in front of them; without a strike they are as they were. */

interface Striking {
  strikes: Strikes;
  /** From 0 up to 1. */
  chance: () => number;
}

const mostHeldBackMs = 10_000;
const mostLateMs = 200;

export const disturbanceOf = ({ strikes, chance }: Striking): Disturbance => ({
  fails: () =>
    strikes('fail')
      ? { code: 'SDK_CLIENT_ERROR', message: 'a fault that was switched on', retryable: true }
      : undefined,
  twice: () => strikes('duplicate'),
  heldBackMs: () => (strikes('reorder') ? Math.ceil(chance() * mostHeldBackMs) : 0),
});

export const struckBus = (bus: BusService, { strikes }: Striking): BusService => ({
  ...bus,
  putEvents: async (entries) => {
    const refused = entries.map(() => strikes('fail'));
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
  clock: Clock,
  { strikes, chance }: Striking,
): AwsService => ({
  ...service,
  answer: async (call) => {
    if (call.caller.kind === 'function') {
      if (strikes('delay')) await clock.sleep(chance() * mostLateMs);
      if (strikes('throttle')) throw throttling(service.name);
    }
    return service.answer(call);
  },
});

const throttling = (service: string) =>
  service === 's3'
    ? new AwsError('SlowDown', 'Please reduce your request rate.', 503)
    : new AwsError('ThrottlingException', 'Rate exceeded');

/** What a stream invokes. */
export const struckInvoke =
  (invoke: Functions['invoke'], { strikes }: Striking): Functions['invoke'] =>
  async (function_, payload) => {
    const reason = 'TooManyRequestsException: Rate Exceeded.';
    if (strikes('throttle')) return { outcome: 'unreached', requestId: randomUUID(), reason };
    if (strikes('duplicate')) await invoke(function_, payload);
    return invoke(function_, payload);
  };
