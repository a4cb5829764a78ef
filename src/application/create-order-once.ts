import type { Change } from '../domain/order.ts';
import { create, type Refusal } from '../domain/order-decisions.ts';
import { stating } from '../domain/order-events.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import { contentHash, type Created, type CreateOrderRequest } from './create-order.ts';
import type { Clock, Ids, KeyedOrders } from './ports.ts';

interface Dependencies {
  keyedOrders: KeyedOrders;
  clock: Clock;
  ids: Ids;
  defaultCurrency: string;
}

type KeyedRequest = Omit<CreateOrderRequest, 'orderId'>;

/** Creates one order however often it is asked under the same key, and gives the first answer again. */
export const createOrderOnce =
  ({ keyedOrders, clock, ids, defaultCurrency }: Dependencies) =>
  async (
    request: KeyedRequest,
    key: string,
    by: Omit<Change, 'at'>,
  ): Promise<Result<Created, Refusal | { code: 'idempotency-key-reused' }>> => {
    const command = { currency: defaultCurrency, ...request, orderId: ids.newOrderId() };
    const decided = create({ ...command, change: { ...by, at: clock() } });
    if (!decided.ok) return decided;
    const createHash = contentHash(ids, decided.value);
    const order = { ...decided.value, createHash };
    const first = await keyedOrders.create(stating(undefined, { order, deleted: false }), key);
    if (!first || first.orderId === order.orderId) return ok({ order, created: true });
    return first.createHash === createHash
      ? ok({ order: first, created: false })
      : refused({ code: 'idempotency-key-reused' });
  };
