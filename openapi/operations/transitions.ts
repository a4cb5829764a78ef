import type { Example, Operation } from '../operation.ts';
import type { SchemaName } from '../schemas.ts';
import { confirmed, created, deleted, order, PATH, shipped } from '../samples.ts';
import { current, ORDER } from './order.ts';

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

export const transitions: readonly Operation[] = [
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
    scopes: ['orders/customer', 'orders/staff'],
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
