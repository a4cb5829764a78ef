import type { ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import { read, put, type ProblemEntry } from './problem-entry.ts';

/** What the caller has done nothing wrong for. */
export const failures = {
  'order-unreadable': {
    advice: 'Something else wrote into the table. Only an operator can mend it.',
    ...read,
    condition: 'handmade-item',
    says: { detail: 'attribute amount of the item is not what an order has there' },
  },
  'order-too-large': {
    advice: 'Delete the order, or have an operator mend it: requests by themselves cannot make one so large.',
    ...put,
    body: { amount: 1999 },
    condition: 'failure',
    says: { detail: 'It would take 500000 bytes, and 409600 are possible.' },
  },
  'internal-error': {
    advice: 'Tell us the correlation id. A repetition of the same request is safe.',
    ...put,
    body: { amount: 1999 },
    condition: 'failure',
  },
  unavailable: {
    advice: 'Send the same request again after the seconds of Retry-After.',
    ...put,
    body: { amount: 1999 },
    condition: 'overload',
  },
} satisfies Partial<Record<ProblemCode, ProblemEntry>>;
