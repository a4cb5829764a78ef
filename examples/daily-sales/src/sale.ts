import type { OrderEventEnvelope } from 'order-events';

/** What an order contributes to the day on which it was created. */
export interface Sale {
  /** In UTC: 2026-11-22. */
  day: string;
  customerId: string;
  orderId: string;
  currency: string;
  /** In the currency's minor unit. */
  amount: number;
}

const SOLD: readonly string[] = ['CONFIRMED', 'SHIPPED', 'DELIVERED'];

/**
 * Each event carries the whole order, so that the latest alone says what it contributes now: its amount once it is
 * confirmed, nothing while it is pending, and nothing any more when it was cancelled or deleted.
 */
export const contributionOf = (event: OrderEventEnvelope): Sale & { counts: boolean } => {
  const { customerId, orderId, createdAt, currency, amount, status } = event.detail.data.order;
  const counts = event['detail-type'] !== 'OrderDeleted' && SOLD.includes(status);
  return { day: createdAt.slice(0, 10), customerId, orderId, currency, amount, counts };
};
