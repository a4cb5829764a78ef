import { isKey, type Order, type OrderKey } from '../domain/order.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import type { OrderRepository } from './ports.ts';

export const getOrder =
  ({ orders }: { orders: OrderRepository }) =>
  async (key: OrderKey, consistent = false): Promise<Result<Order, { code: 'order-not-found' }>> => {
    const record = isKey(key) ? await orders.find(key, consistent) : undefined;
    return record && !record.deleted ? ok(record.order) : refused({ code: 'order-not-found' });
  };
