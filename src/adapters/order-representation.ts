import { allowedTransitions, type Order } from '../domain/order.ts';

/** What callers see of an order: every field by name, so that a newly stored one does not leak. */
export const represent = (order: Order) => ({
  customerId: order.customerId,
  orderId: order.orderId,
  amount: order.amount,
  currency: order.currency,
  status: order.status,
  items: order.items,
  note: order.note,
  trackingNumber: 'trackingNumber' in order ? order.trackingNumber : undefined,
  createdAt: order.createdAt,
  updatedAt: order.change.at,
  version: order.version,
  allowedTransitions: allowedTransitions(order.status),
});
