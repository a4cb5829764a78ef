import type { Change, Order, OrderItem, OrderRecord } from '../domain/order.ts';
import { create, type Refusal } from '../domain/order-decisions.ts';
import { stating } from '../domain/order-events.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Clock, Ids, OrderRepository } from './ports.ts';

export interface CreateOrderRequest {
  customerId: string;
  /** Absent: a new id is made. */
  orderId?: string;
  amount?: number;
  currency?: string;
  items?: readonly OrderItem[];
  note?: string;
}

export interface Created {
  order: Order;
  /** False where the same request had created the order before. */
  created: boolean;
}

interface Dependencies {
  orders: OrderRepository;
  clock: Clock;
  ids: Ids;
  defaultCurrency: string;
}

/** One conditional write and no read, unless something with that id is there already. */
export const createOrder =
  ({ orders, clock, ids, defaultCurrency }: Dependencies) =>
  async (request: CreateOrderRequest, by: Omit<Change, 'at'>): Promise<Result<Created, Refusal>> => {
    const { customerId, orderId = ids.newOrderId(), ...content } = request;
    const createHash = ids.fingerprint(content);
    const attempt = async (before?: OrderRecord): Promise<Result<Created, Refusal>> => {
      const change = { ...by, at: clock() };
      const decided = create(
        {
          ...content,
          customerId,
          orderId,
          currency: content.currency ?? defaultCurrency,
          createHash,
          change,
        },
        before,
      );
      if (!decided.ok) return decided;
      const result = await orders.save(
        stating(before, { order: decided.value, deleted: false }),
        before?.order.version,
      );
      if (result.saved) return ok({ order: decided.value, created: true });
      const { current } = result;
      if (current && !current.deleted && current.order.createHash === createHash) {
        return ok({ order: current.order, created: false });
      }
      return await attempt(current);
    };
    return await attempt();
  };
