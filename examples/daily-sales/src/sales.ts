import type { OrderEventEnvelope } from 'order-events';
import { contributionOf, type Sale } from './sale.ts';

export interface Sales {
  /** Replaces what the order contributed before. */
  put(sale: Sale): Promise<void>;
  /** Does nothing where there is none. */
  remove(sale: Pick<Sale, 'day' | 'customerId' | 'orderId'>): Promise<void>;
  on(day: string): Promise<Sale[]>;
}

/** Doing it twice is as doing it once; doing it in another order is not: the consumer sees to that. */
export const recordIn =
  (sales: Sales) =>
  (event: OrderEventEnvelope): Promise<void> => {
    const { counts, ...sale } = contributionOf(event);
    return counts ? sales.put(sale) : sales.remove(sale);
  };

/** Orders and amounts of a day, by currency. */
export const totalsOn = async (
  day: string,
  sales: Sales,
): Promise<Record<string, { orders: number; amount: number }>> => {
  const totals: Record<string, { orders: number; amount: number }> = {};
  for (const { currency, amount } of await sales.on(day)) {
    const total = (totals[currency] ??= { orders: 0, amount: 0 });
    total.orders += 1;
    total.amount += amount;
  }
  return totals;
};
