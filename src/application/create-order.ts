import type { Change, Order, OrderItem, OrderRecord, PendingOrder } from '../domain/order.ts';
import { madeBy, remembering } from '../domain/mutations.ts';
import { create, type Refusal } from '../domain/order-decisions.ts';
import { stating } from '../domain/order-events.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import { type Clock, type Ids, type OrderRepository, TemporarilyUnavailable } from './ports.ts';

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

const ATTEMPTS = 5;

/** Tells a repetition of the request from another one. */
export const contentHash = (ids: Ids, { amount, currency, items, note }: PendingOrder): string =>
  ids.fingerprint({ amount, currency, items, note });

/** One conditional write and no read, unless something with that id is there already. */
export const createOrder =
  ({ orders, clock, ids, defaultCurrency }: Dependencies) =>
  async (request: CreateOrderRequest, by: Omit<Change, 'at'>): Promise<Result<Created, Refusal>> => {
    // Of this one request: one that was sent again is known by its content, and creates anew what was deleted meanwhile.
    const id = ids.mutation([by, 'create', request]);
    const command = { currency: defaultCurrency, ...request, orderId: request.orderId ?? ids.newOrderId() };
    let before: OrderRecord | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const decided = create(
        { ...command, change: { ...by, at: clock() } },
        before?.deleted ? before : undefined,
      );
      if (!decided.ok) return decided;
      const createHash = contentHash(ids, decided.value);
      if (before && !before.deleted) {
        return before.order.createHash === createHash
          ? ok({ order: before.order, created: false })
          : refused({ code: 'order-exists' });
      }
      const order = { ...decided.value, createHash };
      const stated = stating(before, { order, deleted: false });
      const record = remembering(before, stated, { version: order.version, id });
      const result = await orders.save(record, before?.order.version);
      if (result.saved || madeBy(result.current, id).includes(order.version)) {
        return ok({ order, created: true });
      }
      before = result.current;
    }
    throw new TemporarilyUnavailable(`order ${command.orderId} is being changed by too many at once`);
  };
