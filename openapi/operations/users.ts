import type { Operation } from '../operation.ts';
import { user, userCreated, USER_PATH } from '../samples.ts';

const scopes = ['orders/admin'];
const common = { tag: 'Users', as: 'admin', scopes } as const;
const current = { description: 'The user as now entered', schema: 'User', headers: ['ETag'] } as const;
const profile = { name: 'Ada', role: 'Clerk', active: true };

/** The staff directory. */
export const users: readonly Operation[] = [
  {
    ...common,
    route: 'GET /users',
    operationId: 'listUsers',
    summary: 'Everybody in the directory',
    description: 'In the order of their ids. A list over an index: it may lag behind a write by a moment.',
    query: 'usersQuery',
    answers: { 200: { description: 'One page', schema: 'UserPage', headers: ['Link'] } },
    problems: ['cursor-invalid', 'cursor-expired'],
    examples: {
      all: {
        summary: 'The first page',
        given: [userCreated],
        query: { limit: '20' },
        answers: {
          status: 200,
          body: {
            items: [{ ...user(), etag: `"${user().version}"` }],
            mayLag: true,
            self: '/users?limit=20',
          },
        },
      },
    },
  },
  {
    ...common,
    route: 'GET /users/{userId}',
    operationId: 'getUser',
    summary: 'Read a user',
    headers: ['If-None-Match'],
    answers: { 200: current, 304: { description: 'You have the current version', headers: ['ETag'] } },
    problems: ['user-not-found', 'header-malformed'],
    examples: {
      read: {
        summary: 'As now entered',
        given: [userCreated],
        path: USER_PATH,
        answers: { status: 200, body: user() },
      },
    },
  },
  {
    ...common,
    route: 'PUT /users/{userId}',
    operationId: 'putUser',
    summary: 'Enter a user, or replace the entry',
    description:
      'To replace what differs, send `If-Match`. With `If-None-Match: *` it only enters new ones. Saying again what is so already changes nothing, and a request that was carried out is answered 200 when it is sent again.',
    headers: ['If-Match', 'If-None-Match', 'Idempotency-Key'],
    body: { schema: 'UserProfile', required: true },
    answers: {
      200: current,
      201: { description: 'The user is entered', schema: 'User', headers: ['ETag', 'Location'] },
    },
    problems: ['id-invalid', 'version-stale', 'if-match-required', 'user-exists', 'header-malformed'],
    examples: {
      first: {
        summary: 'A new member of staff',
        path: USER_PATH,
        body: profile,
        answers: { status: 201, body: user() },
      },
      replace: {
        summary: 'Replace the entry, whatever it says',
        given: [userCreated],
        path: USER_PATH,
        headers: { 'If-Match': '*' },
        body: { ...profile, role: 'Manager' },
        answers: { status: 200, body: user({ role: 'Manager', changed: true }) },
      },
    },
  },
  {
    ...common,
    route: 'PATCH /users/{userId}',
    operationId: 'amendUser',
    summary: 'Change some fields of a user',
    description:
      'A JSON Merge Patch (RFC 7396). Who is made inactive is locked out at the next request. A request that was carried out is answered 200 when it is sent again.',
    requiredHeaders: ['If-Match'],
    headers: ['Idempotency-Key'],
    body: { schema: 'UserPatch', required: true, mediaType: 'application/merge-patch+json' },
    answers: { 200: current },
    problems: ['user-not-found', 'version-stale', 'if-match-required', 'header-malformed'],
    examples: {
      deactivate: {
        summary: 'Lock somebody out',
        given: [userCreated],
        path: USER_PATH,
        headers: { 'If-Match': '*' },
        body: { active: false },
        answers: { status: 200, body: user({ active: false, changed: true }) },
      },
    },
  },
  {
    ...common,
    route: 'DELETE /users/{userId}',
    operationId: 'deleteUser',
    summary: 'Remove a user from the directory',
    description: 'Repeating it is 204.',
    headers: ['If-Match'],
    answers: { 204: { description: 'The user is not in the directory' } },
    problems: ['version-stale', 'header-malformed'],
    examples: {
      remove: { summary: 'Remove the user', given: [userCreated], path: USER_PATH, answers: { status: 204 } },
    },
  },
];
