import type { Operation } from '../operation.ts';
import { created, deleted, order, PATH } from '../samples.ts';
import { current, ORDER } from './order.ts';

const scopes = ['orders/customer', 'orders/staff'];

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
];
