import { type Change, isKey, type Order, type OrderKey, type OrderRecord } from '../domain/order.ts';
import { madeBy, remembering } from '../domain/mutations.ts';
import type { Refusal } from '../domain/order-decisions.ts';
import { stating } from '../domain/order-events.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import { type Clock, type Ids, type OrderRepository, TemporarilyUnavailable } from './ports.ts';

export type ChangeRefusal =
  Refusal | { code: 'order-not-found' } | { code: 'version-stale'; current: number };

/** Who asks, and the versions that would do for them; without any the change applies to whatever is current. */
export interface Asking {
  by: Omit<Change, 'at'>;
  ifVersions?: readonly number[];
  /** The caller's own name for this request: under it the change is never made twice. */
  idempotencyKey?: string;
}

export interface ChangeDependencies {
  orders: OrderRepository;
  clock: Clock;
  ids: Ids;
}

const ATTEMPTS = 5;

/**
 * Whether a request that is refused now made its change before. One that names neither a key nor versions means the order as
 * it lives now: what a deleted one of its id went through is not its own, and its deletion was taken back.
 */
const carriedOut = (
  { order: { firstVersion = 1 } }: OrderRecord,
  refusal: ChangeRefusal,
  made: readonly number[],
  named: boolean,
): boolean => {
  if (refusal.code === 'order-not-found') return false;
  if (named) return made.length > 0;
  const takenBack = refusal.code === 'transition-forbidden' && refusal.transition === 'delete';
  return !takenBack && made.some((version) => version >= firstVersion);
};

/**
 * Reads the order, lets `decide` change it, and writes it if nobody else did meanwhile; else starts over. `what` names the
 * change: a request that finds it made already, by itself or by an attempt whose answer got lost, has succeeded.
 */
export const changeOrder = async (
  { orders, clock, ids }: ChangeDependencies,
  key: OrderKey,
  { by, ifVersions, idempotencyKey }: Asking,
  what: readonly unknown[],
  decide: (record: OrderRecord, change: Change) => Result<OrderRecord, ChangeRefusal>,
): Promise<Result<OrderRecord, ChangeRefusal>> => {
  const mutationId = ids.mutation([by.actor, ...what, ifVersions, idempotencyKey]);
  const judged = (record: OrderRecord): Result<OrderRecord, ChangeRefusal> => {
    const { version } = record.order;
    return ifVersions && !ifVersions.includes(version) && !record.deleted
      ? refused({ code: 'version-stale', current: version })
      : decide(record, { ...by, at: clock() });
  };
  let record = isKey(key) ? await orders.find(key, true) : undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (!record) return refused({ code: 'order-not-found' });
    const decided = judged(record);
    const made = madeBy(record, mutationId);
    // Without a key of the caller's, the same change may be meant anew: it is done again where that is possible.
    const repeated = decided.ok
      ? idempotencyKey !== undefined && made.length > 0
      : carriedOut(record, decided.error, made, idempotencyKey !== undefined || ifVersions !== undefined);
    if (repeated) return ok(record);
    if (!decided.ok || decided.value === record) return decided;
    const { version } = decided.value.order;
    const stated = stating(record, decided.value);
    const changed = remembering(record, stated, { version, id: mutationId });
    const result = await orders.save(changed, record.order.version);
    if (result.saved) return ok(changed);
    const { current } = result;
    if (madeBy(current, mutationId).includes(version)) {
      return ok(current?.order.version === version ? current : changed);
    }
    record = current;
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
