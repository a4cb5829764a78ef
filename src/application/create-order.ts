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
  /** Then: whether it is known by its key for that very one sent again, not by its content for one alike. */
  own?: boolean;
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
  async (
    request: CreateOrderRequest,
    by: Omit<Change, 'at'>,
    idempotencyKey?: string,
  ): Promise<Result<Created, Refusal | { code: 'order-not-found' }>> => {
    // Without a key of this one sending: one sent again is known by its content, and creates anew what was deleted meanwhile.
    const sender = idempotencyKey === undefined ? by : { actor: by.actor, idempotencyKey };
    const id = ids.mutation([sender, 'create', request]);
    const command = { currency: defaultCurrency, ...request, orderId: request.orderId ?? ids.newOrderId() };
    let before: OrderRecord | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const made = madeBy(before, id);
      if (before?.deleted && made.length > 0) return refused({ code: 'order-not-found' });
      const decided = create(
        { ...command, change: { ...by, at: clock() } },
        before?.deleted ? before : undefined,
      );
      if (!decided.ok) return decided;
      const createHash = contentHash(ids, decided.value);
      if (before && !before.deleted) {
        // One that was made anew over a deleted one may be another's.
        const { createHash: first, firstVersion = 1 } = before.order;
        const own = made.some((version) => version >= firstVersion);
        return first === createHash
          ? ok({ order: before.order, created: false, own })
          : refused({ code: 'order-exists' });
      }
      const order = { ...decided.value, createHash };
      const stated = stating(before, { order, deleted: false });
      const record = remembering(before, stated, { version: order.version, id });
      const result = await orders.save(record, before?.order.version);
      if (result.saved) return ok({ order, created: true });
      before = result.current;
      // Under a key an earlier sending may have made it: the change says whose request it was.
      const sent = idempotencyKey === undefined || before?.order.change.causationId === by.causationId;
      if (sent && madeBy(before, id).includes(order.version)) return ok({ order, created: true });
    }
    throw new TemporarilyUnavailable(`order ${command.orderId} is being changed by too many at once`);
  };
