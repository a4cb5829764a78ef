import type { Operation } from '../operation.ts';
import { created, CREATED_AT, CURSOR, moved, order, page, PATH, UPDATED_AT } from '../samples.ts';
import { ORDER } from './order.ts';

const onePage = { description: 'One page', schema: 'OrderPage', headers: ['Link'] } as const;
const told = { ...created, path: { ...PATH, orderId: 'O5003' } };
const another = { ...created, path: { ...PATH, orderId: 'O5002' } };
const problems = ['cursor-invalid', 'cursor-expired'] as const;
const lag = 'A list over an index: it may lag behind a write by a moment.';

export const listing: readonly Operation[] = [
  {
    route: 'GET /customers/{customerId}/orders',
    operationId: 'listCustomerOrders',
    tag: 'Lists',
    summary: "A customer's orders",
    description:
      'In the order of their ids. With `status` a page looks at so many orders at most: it may be short, even empty, and there is more as long as it has `next`.',
    as: 'owner',
    scopes: ['orders/customer', 'orders/staff'],
    query: 'customerQuery',
    answers: { 200: onePage },
    problems,
    examples: {
      first: {
        summary: 'The first page, of one order, seeing every write',
        given: [created, another],
        path: { customerId: 'C101' },
        query: { limit: '1', consistent: 'true' },
        answers: {
          status: 200,
          body: page('/customers/C101/orders?limit=1&consistent=true', [order()], {
            mayLag: false,
            next: `/customers/C101/orders?limit=1&consistent=true&cursor=${CURSOR}`,
          }),
        },
      },
      status: {
        summary: 'Only pending ones, the latest id first',
        given: [created, another],
        path: { customerId: 'C101' },
        query: { status: 'PENDING', order: 'desc' },
        answers: {
          status: 200,
          body: page('/customers/C101/orders?status=PENDING&order=desc', [
            order({ orderId: 'O5002' }),
            order(),
          ]),
        },
      },
    },
  },
  {
    route: `GET ${ORDER}/history`,
    operationId: 'getOrderHistory',
    tag: 'Lists',
    summary: 'What happened to an order',
    description:
      'One entry for each version, told by its event, and therefore a moment after the change itself.',
    as: 'owner',
    scopes: ['orders/customer', 'orders/staff'],
    query: 'historyQuery',
    answers: { 200: { description: 'One page', schema: 'HistoryPage', headers: ['Link'] } },
    problems: [...problems, 'order-unreadable'],
    examples: {
      cancelled: {
        summary: 'Created, then cancelled',
        given: [told, { ...moved('cancelOrder', told.path), body: { reason: 'ordered twice' } }],
        eventually: true,
        path: told.path,
        answers: {
          status: 200,
          body: {
            items: [
              { version: 1, event: 'OrderCreated', occurredAt: CREATED_AT, actor: 'C101-user', changed: {} },
              {
                version: 2,
                event: 'OrderCancelled',
                occurredAt: UPDATED_AT,
                actor: 'U1001',
                reason: 'ordered twice',
                changed: { status: { from: 'PENDING', to: 'CANCELLED' } },
              },
            ],
            mayLag: true,
            self: '/customers/C101/orders/O5003/history',
          },
        },
      },
    },
  },
  {
    route: 'GET /orders',
    operationId: 'listOrders',
    tag: 'Lists',
    summary: 'All orders of a status, or of a day',
    description: `Give exactly one of \`status\` (in the order of their ids) and \`date\` (in the order of their creation). ${lag}`,
    as: 'staff',
    scopes: ['orders/staff'],
    query: 'staffQuery',
    answers: { 200: onePage },
    problems,
    examples: {
      status: {
        summary: 'Of a status',
        given: [created],
        query: { status: 'PENDING' },
        answers: { status: 200, body: page('/orders?status=PENDING', [order()]) },
      },
      day: {
        summary: 'Of a day',
        given: [created],
        query: { date: '2026-11-22', from: '00:00', to: '23:59' },
        answers: {
          status: 200,
          body: page('/orders?date=2026-11-22&from=00%3A00&to=23%3A59', [order()]),
        },
      },
    },
  },
  {
    route: 'GET /orders/{orderId}',
    operationId: 'listOrdersById',
    tag: 'Lists',
    summary: 'Orders by order id alone',
    description: `A page, because ids are unique per customer only. ${lag}`,
    as: 'staff',
    scopes: ['orders/staff'],
    query: 'orderIdQuery',
    answers: { 200: onePage },
    problems,
    examples: {
      one: {
        summary: 'Of one customer',
        given: [created],
        path: { orderId: 'O5001' },
        answers: { status: 200, body: page('/orders/O5001', [order()]) },
      },
    },
  },
];
