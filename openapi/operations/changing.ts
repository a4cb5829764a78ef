import type { Example, Operation } from '../operation.ts';
import type { SchemaName } from '../schemas.ts';
import { confirmed, created, deleted, order, PATH, shipped } from '../samples.ts';

const scopes = ['orders/customer', 'orders/staff'];
const current = { description: 'The order as it is now', schema: 'Order', headers: ['ETag'] } as const;
const ORDER = '/customers/{customerId}/orders/{orderId}';

const transition = (
  name: string,
  {
    schema = 'Transition',
    ...rest
  }: { summary: string; schema?: SchemaName; scopes: readonly string[]; examples: Record<string, Example> },
): Operation => ({
  route: `POST ${ORDER}/${name}`,
  operationId: `${name}Order`,
  tag: 'Transitions',
  description: 'Doing again what is already done is 200 and changes nothing.',
  as: 'staff',
  headers: ['If-Match', 'Idempotency-Key'],
  body: { schema, required: false },
  answers: { 200: current },
  problems: [
    'order-not-found',
    'transition-forbidden',
    'version-stale',
    'header-malformed',
    'order-unreadable',
  ],
  ...rest,
});

export const changing: readonly Operation[] = [
  {
    route: `GET ${ORDER}`,
    operationId: 'getOrder',
    tag: 'Orders',
    summary: 'Read an order',
    as: 'owner',
    scopes,
    query: 'getQuery',
    headers: ['If-None-Match'],
    answers: { 200: current, 304: { description: 'You have the current version', headers: ['ETag'] } },
    problems: ['order-not-found', 'header-malformed', 'order-unreadable'],
    examples: {
      read: {
        summary: 'As it is now',
        given: [created],
        path: PATH,
        answers: { status: 200, body: order() },
      },
      consistent: {
        summary: 'With every write that was answered before',
        given: [created],
        path: PATH,
        query: { consistent: 'true' },
        answers: { status: 200, body: order() },
      },
      unchanged: {
        summary: 'Only if it has changed',
        given: [created],
        path: PATH,
        headers: { 'If-None-Match': '"1"' },
        answers: { status: 304 },
      },
    },
  },
  {
    route: `PATCH ${ORDER}`,
    operationId: 'amendOrder',
    tag: 'Orders',
    summary: 'Amend an order while it is pending',
    description:
      'A JSON Merge Patch (RFC 7396) of amount, items and note; null removes. A patch that changes nothing is 200 in the same version.',
    as: 'owner',
    scopes,
    requiredHeaders: ['If-Match'],
    headers: ['Idempotency-Key'],
    body: { schema: 'AmendOrder', required: true, mediaType: 'application/merge-patch+json' },
    answers: { 200: current },
    problems: [
      'order-not-found',
      'transition-forbidden',
      'version-stale',
      'if-match-required',
      'order-invalid',
      'header-malformed',
      'order-unreadable',
    ],
    examples: {
      amount: {
        summary: 'Another amount',
        given: [created],
        path: PATH,
        headers: { 'If-Match': '"1"' },
        body: { amount: 2499, note: 'Ring twice' },
        answers: { status: 200, body: order({ amount: 2499, note: 'Ring twice', version: 2 }) },
      },
      nothing: {
        summary: 'Nothing new',
        given: [created],
        path: PATH,
        headers: { 'If-Match': '*' },
        body: { note: null },
        answers: { status: 200, body: order() },
      },
    },
  },
  {
    route: `DELETE ${ORDER}`,
    operationId: 'deleteOrder',
    tag: 'Orders',
    summary: 'Delete an order',
    description:
      'By its owner while it is pending, by staff at any time. Repeating it is 204. Staff can restore.',
    as: 'owner',
    scopes,
    headers: ['If-Match', 'Idempotency-Key'],
    answers: { 204: { description: 'The order is deleted' } },
    problems: [
      'order-not-found',
      'transition-forbidden',
      'version-stale',
      'header-malformed',
      'order-unreadable',
    ],
    examples: {
      first: { summary: 'Delete it', given: [created], path: PATH, answers: { status: 204 } },
      again: { summary: 'Once more', given: deleted, path: PATH, answers: { status: 204 } },
    },
  },
  transition('confirm', {
    summary: 'Confirm a pending order',
    scopes: ['orders/staff'],
    examples: {
      confirm: {
        summary: 'Without a body',
        given: [created],
        path: PATH,
        answers: { status: 200, body: order({ status: 'CONFIRMED', version: 2 }) },
      },
      again: {
        summary: 'Already confirmed',
        given: confirmed,
        path: PATH,
        body: { reason: 'paid' },
        answers: { status: 200, body: order({ status: 'CONFIRMED', version: 2 }) },
      },
    },
  }),
  transition('ship', {
    summary: 'Ship a confirmed order',
    schema: 'Shipment',
    scopes: ['orders/staff'],
    examples: {
      tracked: {
        summary: "With the carrier's number",
        given: confirmed,
        path: PATH,
        headers: { 'If-Match': '"2"' },
        body: { trackingNumber: '1Z999AA10123456784' },
        answers: {
          status: 200,
          body: order({ status: 'SHIPPED', version: 3, trackingNumber: '1Z999AA10123456784' }),
        },
      },
    },
  }),
  transition('deliver', {
    summary: 'Note that a shipped order has arrived',
    scopes: ['orders/staff'],
    examples: {
      deliver: {
        summary: 'Arrived',
        given: shipped,
        path: PATH,
        body: { reason: 'signed for at the door' },
        answers: { status: 200, body: order({ status: 'DELIVERED', version: 4 }) },
      },
    },
  }),
  transition('cancel', {
    summary: 'Cancel an order that has not shipped',
    scopes,
    examples: {
      cancel: {
        summary: 'By its owner',
        as: 'owner',
        given: [created],
        path: PATH,
        body: { reason: 'ordered twice' },
        answers: { status: 200, body: order({ status: 'CANCELLED', version: 2 }) },
      },
    },
  }),
  {
    route: `POST ${ORDER}/restore`,
    operationId: 'restoreOrder',
    tag: 'Transitions',
    summary: 'Undo a delete',
    description: 'Possible until retention has removed the order for good.',
    as: 'staff',
    scopes: ['orders/staff'],
    headers: ['If-Match', 'Idempotency-Key'],
    answers: { 200: current },
    problems: ['order-not-found', 'version-stale', 'header-malformed', 'order-unreadable'],
    examples: {
      restore: {
        summary: 'As it was, in a new version',
        given: deleted,
        path: PATH,
        answers: { status: 200, body: order({ version: 3 }) },
      },
    },
  },
];
