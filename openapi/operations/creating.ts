import type { Operation } from '../operation.ts';
import { created, deleted, keyed, NEW_ID, order, PATH } from '../samples.ts';
import { ORDER } from './order.ts';

const scopes = ['orders/customer', 'orders/staff'];
const body = { schema: 'CreateOrder', required: true } as const;
const made = {
  description: 'The order is created',
  schema: 'Order',
  headers: ['ETag', 'Location'],
} as const;
const line = { sku: 'tea-500g', quantity: 2, unitAmount: 1250 };

export const creating: readonly Operation[] = [
  {
    route: 'POST /customers/{customerId}/orders',
    operationId: 'createOrder',
    tag: 'Orders',
    summary: 'Create an order under a new id',
    description:
      'The service makes the id. Send an `Idempotency-Key` to be able to repeat the request after a lost answer: it is answered as the first time, with `Idempotency-Replayed: true`.',
    as: 'owner',
    scopes,
    headers: ['Idempotency-Key'],
    body,
    answers: { 201: made },
    problems: [
      'id-invalid',
      'order-invalid',
      'if-match-unsupported',
      'idempotency-key-reused',
      'transaction-conflict',
      'header-malformed',
      'order-unreadable',
    ],
    examples: {
      amount: {
        summary: 'An amount alone',
        path: { customerId: 'C101' },
        body: { amount: 1999 },
        answers: { status: 201, body: order({ orderId: NEW_ID }) },
      },
      repeated: {
        summary: 'Sent again after a lost answer',
        given: [keyed],
        path: { customerId: 'C101' },
        headers: keyed.headers,
        body: keyed.body,
        answers: { status: 201, body: order({ orderId: NEW_ID }) },
      },
      items: {
        summary: 'Items, whose sum is the amount',
        path: { customerId: 'C101' },
        body: { items: [line], currency: 'EUR', note: 'Ring twice' },
        answers: {
          status: 201,
          body: order({ orderId: NEW_ID, amount: 2500, currency: 'EUR', items: [line], note: 'Ring twice' }),
        },
      },
    },
  },
  {
    route: `PUT ${ORDER}`,
    operationId: 'putOrder',
    tag: 'Orders',
    summary: 'Create an order under an id of your own',
    description:
      'Repeating the request is safe: it answers 200 with the current order. Another body under the same id is refused. It never amends; that is PATCH. With `If-None-Match: *` a repetition is refused too, unless it has the same `Idempotency-Key`. Under one, what was deleted in between is not created again.',
    as: 'owner',
    scopes,
    headers: ['If-None-Match', 'Idempotency-Key'],
    body,
    answers: {
      200: {
        description: 'This same request created the order before; here it is as it is now',
        schema: 'Order',
        headers: ['ETag'],
      },
      201: made,
    },
    problems: [
      'id-invalid',
      'order-invalid',
      'order-exists',
      'if-match-unsupported',
      'header-malformed',
      'order-unreadable',
    ],
    alsoProblems: { 412: ['order-exists'] },
    examples: {
      first: {
        summary: 'The first time',
        path: PATH,
        body: { amount: 1999 },
        answers: { status: 201, body: order() },
      },
      again: {
        summary: 'The same again',
        given: [created],
        path: PATH,
        body: { amount: 1999 },
        answers: { status: 200, body: order() },
      },
      overDeleted: {
        summary: 'In place of a deleted order, whose versions go on',
        given: deleted,
        path: PATH,
        body: { amount: 450 },
        answers: { status: 201, body: { ...order({ amount: 450, version: 3 }) } },
      },
    },
  },
];
