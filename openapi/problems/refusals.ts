import type { ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import { created, PATH, USER_PATH } from '../samples.ts';
import { ORDER, read, type ProblemEntry } from './problem-entry.ts';

/** What the caller may not do, or not see, or is not there. */
export const refusals = {
  'scope-missing': {
    advice: 'Ask for a token with this scope.',
    route: `POST ${ORDER}/confirm`,
    path: PATH,
    says: { detail: 'This needs the scope orders/staff.' },
  },
  'staff-inactive': {
    advice: 'An administrator can enter or activate the user in the staff directory.',
    ...read,
    as: 'formerStaff',
    says: { detail: 'The user of this token is not active.' },
  },
  'order-not-found': {
    advice: 'There is no such order, it is deleted, or it is not for you to see.',
    ...read,
    as: 'stranger',
    given: [created],
  },
  'user-not-found': {
    advice: 'Nobody has this id in the staff directory.',
    route: 'GET /users/{userId}',
    as: 'admin',
    path: USER_PATH,
  },
} satisfies Partial<Record<ProblemCode, ProblemEntry>>;
