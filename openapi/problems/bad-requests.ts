import type { ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import { PATH } from '../samples.ts';
import { ORDERS, read, put, patch, type ProblemEntry } from './problem-entry.ts';

/** What is wrong with the request by itself, whatever there is. */
export const badRequests = {
  'body-malformed': {
    advice: 'Send valid JSON in UTF-8.',
    ...put,
    body: '{"amount":',
    says: { detail: 'The body is not JSON: see its end.' },
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
  'media-type-unsupported': {
    advice: 'Send Content-Type: application/json.',
    ...put,
    headers: { 'Content-Type': 'text/xml' },
    body: '<order/>',
    says: { detail: 'Send one of application/json, application/merge-patch+json.' },
  },
  'encoding-unsupported': {
    advice: 'Send the body without Content-Encoding.',
    ...put,
    headers: { 'Content-Encoding': 'gzip' },
    body: { amount: 1999 },
  },
  'not-acceptable': {
    advice: 'Accept application/json.',
    ...read,
    headers: { Accept: 'text/html' },
  },
  'query-invalid': {
    advice: 'Correct each parameter that `errors` names.',
    route: 'GET /orders',
    as: 'staff',
    says: { errors: [{ code: 'custom', detail: 'give exactly one of status and date' }] },
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
  'header-malformed': {
    advice: 'Send ETags as they were answered, with their quotes.',
    ...patch,
    headers: { 'If-Match': '1' },
    body: { amount: 2499 },
    says: { detail: 'if-match: send the ETag as it was answered, such as "3" with its quotes.' },
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
} satisfies Partial<Record<ProblemCode, ProblemEntry>>;
