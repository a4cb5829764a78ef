import type { Chance } from './chance.ts';
import type { Fault, Faults } from './faults.ts';
import type { Process } from './process.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Service = 'orders' | 'bus' | 'objects';

/** What the SDK throws: `$metadata` only where the service answered. */
export class ServiceError extends Error {
  constructor(
    override readonly name: string,
    readonly $metadata?: { httpStatusCode: number },
  ) {
    super(`${name}: it was simulated`);
  }
}

export interface Network {
  /**
   * Carries the request to the service, where `serve` happens at one moment, and its answer back. Tries again as the
   * SDK does. The caller may be dead before the request leaves, before it arrives, or before the answer comes.
   */
  request<T>(service: Service, from: Process, serve: () => T, signal?: AbortSignal): Promise<T>;
}

const ANSWER_LOST: Record<Service, Fault> = { orders: 'F1', bus: 'F5', objects: 'F1' };
const REQUEST_TIMEOUT_MS = 3_000;
const SDK_ATTEMPTS = 3;

const passing = (error: unknown): boolean =>
  error instanceof ServiceError &&
  (error.$metadata === undefined ||
    error.$metadata.httpStatusCode >= 500 ||
    error.name === 'ThrottlingException');

export const network = (time: VirtualTime, faults: Faults, chance: Chance): Network => {
  const troubled = new Map<Service, { until: number; share: number; error: ServiceError }>();

  const trouble = (service: Service): ServiceError | undefined => {
    const strike = faults.strike('F3');
    if (strike) {
      const error = strike.pick([
        new ServiceError('ThrottlingException', { httpStatusCode: 400 }),
        new ServiceError('InternalServerError', { httpStatusCode: 500 }),
        new ServiceError('ServiceUnavailable', { httpStatusCode: 503 }),
      ]);
      const lasts = strike.pick([200, 5_000, 60_000, 300_000]);
      troubled.set(service, { until: time.now() + lasts, share: strike.pick([0.3, 1]), error });
    }
    const current = troubled.get(service);
    return current && time.now() < current.until && chance.happens(current.share) ? current.error : undefined;
  };

  const once = <T>(service: Service, from: Process, serve: () => T, signal?: AbortSignal): Promise<T> =>
    new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        from.hurt(service);
        reject(error);
      };
      const lost = (): void => {
        from.hurt(service);
        time.after(REQUEST_TIMEOUT_MS, () => fail(new ServiceError('TimeoutError')));
      };
      const abort = (): void => fail(new ServiceError('AbortError'));
      if (signal?.aborted) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort);
      const death = faults.strike('F6');
      const die = (): void => {
        const frozen = death?.happens(0.3) ?? false;
        from.hurt(frozen ? 'frozen' : 'killed');
        if (frozen) from.freeze();
        else from.kill();
      };
      if (death?.happens(0.5)) {
        die();
        return;
      }
      time.after(chance.between(1, 8), () => {
        if (faults.strike('F2')) {
          lost();
          return;
        }
        const failing = trouble(service);
        if (failing) {
          fail(failing);
          return;
        }
        let answer: T;
        try {
          answer = serve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        if (death) die();
        else if (service === 'bus' && faults.strike('F18')) from.hurt('bus');
        else if (faults.strike(ANSWER_LOST[service])) lost();
        else time.after(chance.between(1, 8), () => resolve(answer));
      });
    });

  return {
    request: async (service, from, serve, signal) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await from.hears(once(service, from, serve, signal));
        } catch (error) {
          if (
            attempt === SDK_ATTEMPTS ||
            signal?.aborted === true ||
            !passing(error) ||
            chance.happens(0.5)
          ) {
            throw error;
          }
          await from.hears(time.sleep(chance.between(20, 1_000)));
        }
      }
    },
  };
};
