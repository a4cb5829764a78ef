import { type Change, isKey, type Order, type OrderKey, type OrderRecord } from '../domain/order.ts';
import type { Refusal } from '../domain/order-decisions.ts';
import { stating } from '../domain/order-events.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import { type Clock, type OrderRepository, TemporarilyUnavailable } from './ports.ts';

export type ChangeRefusal =
  Refusal | { code: 'order-not-found' } | { code: 'version-stale'; current: number };

/** Who asks, and the versions that would do for them; without any the change applies to whatever is current. */
export interface Asking {
  by: Omit<Change, 'at'>;
  ifVersions?: readonly number[];
}

export interface ChangeDependencies {
  orders: OrderRepository;
  clock: Clock;
}

const ATTEMPTS = 5;

/** Reads the order, lets `decide` change it, and writes it if nobody else did meanwhile; else starts over. */
export const changeOrder = async (
  { orders, clock }: ChangeDependencies,
  key: OrderKey,
  { by, ifVersions }: Asking,
  decide: (record: OrderRecord, change: Change) => Result<OrderRecord, ChangeRefusal>,
): Promise<Result<OrderRecord, ChangeRefusal>> => {
  let record = isKey(key) ? await orders.find(key, true) : undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (!record) return refused({ code: 'order-not-found' });
    const { version } = record.order;
    if (ifVersions && !ifVersions.includes(version) && !record.deleted) {
      return refused({ code: 'version-stale', current: version });
    }
    const decided = decide(record, { ...by, at: clock() });
    if (!decided.ok || decided.value === record) return decided;
    const changed = stating(record, decided.value);
    const result = await orders.save(changed, version);
    if (result.saved) return ok(changed);
    record = result.current;
  }
  throw new TemporarilyUnavailable(`order ${key.orderId} is being changed by too many at once`);
};

/** Lifts a decision over live orders: a deleted one is not found. */
export const onLive =
  (decide: (order: Order, change: Change) => Result<Order, Refusal>) =>
  (record: OrderRecord, change: Change): Result<OrderRecord, ChangeRefusal> => {
    if (record.deleted) return refused({ code: 'order-not-found' });
    const decided = decide(record.order, change);
    if (!decided.ok) return decided;
    return ok(decided.value === record.order ? record : { deleted: false, order: decided.value });
  };
