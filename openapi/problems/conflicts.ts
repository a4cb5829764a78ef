import type { ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import { confirmed, created, keyed, PATH, USER_PATH, userCreated } from '../samples.ts';
import { ORDER, ORDERS, patch, put, type ProblemEntry } from './problem-entry.ts';

/** What does not go with the state of things, or with an earlier request. */
export const conflicts = {
  'if-match-required': {
    advice: 'Read the order and send its ETag as If-Match.',
    ...patch,
    body: { amount: 2499 },
    says: { detail: 'Send the ETag of the order as you last read it, so that nobody else is overwritten.' },
  },
  'if-match-unsupported': {
    advice: 'PUT and POST create; to change an order, send PATCH.',
    ...put,
    headers: { 'If-Match': '"1"' },
    body: { amount: 1999 },
    says: { detail: 'There is no version yet that If-Match could name. Amend an order with PATCH.' },
  },
  'version-stale': {
    advice: 'Somebody changed the order. Read it again and decide anew.',
    ...patch,
    headers: { 'If-Match': '"7"' },
    body: { amount: 2499 },
    says: { detail: 'If-Match names another version than the current one, 1. Read it and try again.' },
  },
  'order-exists': {
    advice: 'Choose another id, or read the order that has this one.',
    ...put,
    given: [created],
    body: { amount: 450 },
    says: { detail: 'An order with this id exists and was created by a different request.' },
  },
  'user-exists': {
    advice: 'Leave out If-None-Match to replace the entry.',
    route: 'PUT /users/{userId}',
    as: 'admin',
    given: [userCreated],
    path: USER_PATH,
    headers: { 'If-None-Match': '*' },
    body: { name: 'Ada', role: 'Clerk', active: true },
    says: { detail: 'If-None-Match: * asks for a new one.' },
  },
  'transition-forbidden': {
    advice: '`allowedTransitions` says where the order can go from here.',
    route: `POST ${ORDER}/deliver`,
    path: PATH,
    as: 'staff',
    given: confirmed,
    says: {
      detail: 'Cannot deliver an order that is CONFIRMED. Allowed now: ship, cancel.',
      orderStatus: 'CONFIRMED',
      allowedTransitions: ['ship', 'cancel'],
    },
  },
  'idempotency-key-reused': {
    advice: 'Use a new key for each thing that you want done.',
    route: `POST ${ORDERS}`,
    path: { customerId: 'C101' },
    given: [keyed],
    headers: keyed.headers,
    body: { amount: 450 },
    says: { detail: 'Send the same body as the first time, or another Idempotency-Key.' },
  },
  'transaction-conflict': {
    advice: 'Send the same request again after the seconds of Retry-After.',
    route: `POST ${ORDERS}`,
    path: { customerId: 'C101' },
    body: { amount: 1999 },
    condition: 'overload',
    says: { detail: 'Send the request again: it answers as the first one did.' },
  },
} satisfies Partial<Record<ProblemCode, ProblemEntry>>;
