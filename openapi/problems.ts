import type { ProblemCode } from '../src/adapters/api-gateway/problem-types.ts';
import type { Caller, ExampleRequest, Step } from './operation.ts';
import { confirmed, created, keyed, PATH, USER_PATH, userCreated } from './samples.ts';

interface ProblemEntry extends ExampleRequest {
  /** What to do about it. */
  advice: string;
  /** The request that gets it. */
  route: string;
  as?: Caller;
  given?: readonly Step[];
  /** What no request can bring about by itself. */
  condition?: 'handmade-item' | 'old-cursor' | 'failure' | 'overload';
  /** What the problem says besides its code. */
  says?: Record<string, unknown>;
}

const ORDERS = '/customers/{customerId}/orders';
const ORDER = `${ORDERS}/{orderId}`;
const read = { route: `GET ${ORDER}`, path: PATH };
const put = { route: `PUT ${ORDER}`, path: PATH };
const patch = { route: `PATCH ${ORDER}`, path: PATH, given: [created] };

/** Each problem that a function answers, with a request that gets it: the compiler misses a new one here. */
export const PROBLEMS: Record<ProblemCode, ProblemEntry> = {
  'body-malformed': {
    advice: 'Send valid JSON in UTF-8.',
    ...put,
    body: '{"amount":',
    says: { detail: 'Unexpected end of JSON input' },
  },
  'body-missing': { advice: 'Send a JSON body.', ...put },
  'body-too-large': {
    advice: 'Send at most 256 KB.',
    ...put,
    body: `{"amount":1${' '.repeat(262_144 - 11)}}`,
    says: { detail: 'At most 262144 bytes; this one has 262145.' },
  },
  'body-invalid': {
    advice:
      'Correct each field that `errors` points to. Unknown fields are refused, and so are those of the server.',
    ...put,
    body: { amount: -1, status: 'SHIPPED' },
    says: {
      errors: [
        { pointer: '/amount', code: 'too-small', detail: 'Too small: expected number to be >=0' },
        { pointer: '/status', code: 'unknown-field', detail: 'unknown field' },
      ],
    },
  },
  'not-acceptable': {
    advice: 'Accept application/json.',
    ...read,
    headers: { Accept: 'text/html' },
  },
  'order-too-large': {
    advice: 'Delete the order, or have an operator mend it: requests by themselves cannot make one so large.',
    ...put,
    body: { amount: 1999 },
    condition: 'failure',
    says: { detail: 'It would take 500000 bytes, and 409600 are possible.' },
  },
  'encoding-unsupported': {
    advice: 'Send the body without Content-Encoding.',
    ...put,
    headers: { 'Content-Encoding': 'gzip' },
    body: { amount: 1999 },
  },
  'media-type-unsupported': {
    advice: 'Send Content-Type: application/json.',
    ...put,
    headers: { 'Content-Type': 'text/xml' },
    body: '<order/>',
    says: { detail: 'The content type is "text/xml", not application/json.' },
  },
  'query-invalid': {
    advice: 'Correct each parameter that `errors` names.',
    route: 'GET /orders',
    as: 'staff',
    says: { errors: [{ code: 'custom', detail: 'give exactly one of status and date' }] },
  },
  'cursor-expired': {
    advice: 'Start again without a cursor: one is good for a day.',
    route: `GET ${ORDERS}`,
    path: { customerId: 'C101' },
    condition: 'old-cursor',
    says: {
      detail: 'Start again without a cursor: one is good for 24 hours.',
      errors: [{ parameter: 'cursor', code: 'cursor-expired', detail: 'made too long ago' }],
    },
  },
  'cursor-invalid': {
    advice: 'Start again without a cursor. Cursors belong to their path, filters and order.',
    route: `GET ${ORDERS}`,
    path: { customerId: 'C101' },
    query: { cursor: 'tampered' },
    says: {
      detail: 'Use the cursor of a page with the same path, filters and order, or start again without one.',
      errors: [{ parameter: 'cursor', code: 'cursor-invalid', detail: 'not a cursor of this list' }],
    },
  },
  'header-malformed': {
    advice: 'Send ETags as they were answered, with their quotes.',
    ...patch,
    headers: { 'If-Match': '1' },
    body: { amount: 2499 },
    says: { detail: 'if-match: send the ETag as it was answered, such as "3" with its quotes.' },
  },
  'if-match-unsupported': {
    advice: 'PUT and POST create; to change an order, send PATCH.',
    ...put,
    headers: { 'If-Match': '"1"' },
    body: { amount: 1999 },
    says: { detail: 'There is no version yet that If-Match could name. Amend an order with PATCH.' },
  },
  'if-match-required': {
    advice: 'Read the order and send its ETag as If-Match.',
    ...patch,
    body: { amount: 2499 },
    says: { detail: 'Send the ETag of the order as you last read it, so that nobody else is overwritten.' },
  },
  'version-stale': {
    advice: 'Somebody changed the order. Read it again and decide anew.',
    ...patch,
    headers: { 'If-Match': '"7"' },
    body: { amount: 2499 },
    says: { detail: 'If-Match names another version than the current one, 1. Read it and try again.' },
  },
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
  'order-exists': {
    advice: 'Choose another id, or read the order that has this one.',
    ...put,
    given: [created],
    body: { amount: 450 },
    says: { detail: 'An order with this id exists and was created by a different request.' },
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
  'order-unreadable': {
    advice: 'Something else wrote into the table. Only an operator can mend it.',
    ...read,
    condition: 'handmade-item',
    says: { detail: 'attribute amount of the item is not what an order has there' },
  },
  'id-invalid': {
    advice: 'Ids are 1 to 64 letters, digits, hyphens and underscores.',
    ...put,
    path: { ...PATH, orderId: 'no spaces' },
    body: { amount: 1999 },
    says: {
      errors: [{ parameter: 'orderId', code: 'id-invalid', detail: 'must match [A-Za-z0-9_-]{1,64}' }],
    },
  },
  'order-invalid': {
    advice: 'Correct each field that `errors` points to: it is well-formed and makes no sense.',
    ...put,
    body: { amount: 1, items: [{ sku: 'tea-500g', quantity: 2, unitAmount: 1250 }] },
    says: {
      errors: [{ pointer: '/amount', code: 'amount-disagrees', detail: 'The items sum up to 2500, not 1.' }],
    },
  },
  'route-not-found': { advice: 'Compare the path with this document.', route: 'GET /nothing' },
  'method-not-allowed': {
    advice: 'The header Allow names the methods of this path.',
    route: 'PUT /orders',
    says: { detail: 'PUT is not possible here. Possible: GET, OPTIONS.' },
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
};
