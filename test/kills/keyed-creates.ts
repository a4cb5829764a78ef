import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../simulation/chance.ts';
import type { Answer, Api } from './writer.ts';

const RETRY_MS = 20;

/** Creates under an `Idempotency-Key`: the same request is sent until it is answered, and however often, there is one order. */
export const keyedCreates = (customerId: string, chance: Chance) => {
  let open: { key: string; body: Record<string, unknown> } | undefined;
  let made = 0;

  return {
    /** One is begun, and nobody has answered it. */
    pending: () => open !== undefined,
    /** Undefined where nobody answers, or the signal came first: the next call goes on with the same one. */
    create: async ({ request, bearer }: Api, signal?: AbortSignal): Promise<Answer | undefined> => {
      open ??= { key: `${customerId}-${(made += 1)}`, body: { amount: chance.between(0, 100_000) } };
      const { key, body } = open;
      for (;;) {
        const answer = await request('POST', `/customers/${customerId}/orders`, {
          bearer,
          body,
          headers: { 'idempotency-key': key },
        }).catch(() => undefined);
        if (answer !== undefined && answer.status < 500) {
          open = undefined;
          return answer;
        }
        if (answer === undefined || signal?.aborted) return undefined;
        await delay(RETRY_MS);
      }
    },
  };
};
