import type { ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import { badRequests } from './bad-requests.ts';
import { conflicts } from './conflicts.ts';
import { failures } from './failures.ts';
import type { ProblemEntry } from './problem-entry.ts';
import { refusals } from './refusals.ts';

/** Each problem that a function answers, with a request that gets it: the compiler misses a new one here. */
export const PROBLEMS: Record<ProblemCode, ProblemEntry> = {
  ...badRequests,
  ...refusals,
  ...conflicts,
  ...failures,
};
