import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../kills/writer.ts';

/** Longer than the fault `delay` holds a call of a function back, which nobody may wait for any more. */
const LATE_MS = 500;

/** So many requests a second of all callers together; after an answer that leaves open what was done, a pause. */
export const paced = (perSecond: number): ((request: Api['request']) => Api['request']) => {
  let next = 0;
  return (request) =>
    async (...given) => {
      const at = Math.max(Date.now(), next);
      next = at + 1000 / perSecond;
      await delay(at - Date.now());
      const answer = await request(...given);
      if (answer.status >= 500) await delay(LATE_MS);
      return answer;
    };
};
