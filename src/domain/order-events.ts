import {
  type Change,
  CHANGEABLE,
  type Changeable,
  type Order,
  type OrderEventType,
  type OrderRecord,
  type OrderStatus,
  type Previous,
  transitionBetween,
} from './order.ts';
import { ok, refused, type Result } from './result.ts';

export interface OrderEvent {
  type: OrderEventType;
  /** The order's version; a removal takes the one after the last. */
  sequence: number;
  /** The state after the change; of a deleted or expired order the last live one. */
  order: Order;
  previous: Previous;
  change: Change;
}

/** How an item left the table for good: by its retention's end, or by somebody's hand. */
export interface Removal {
  cause: 'expiry' | 'hand';
  at: string;
}

export interface Unexplained {
  reason: string;
}

const MOVED: Record<OrderStatus, OrderEventType> = {
  PENDING: 'OrderCreated',
  CONFIRMED: 'OrderConfirmed',
  SHIPPED: 'OrderShipped',
  DELIVERED: 'OrderDelivered',
  CANCELLED: 'OrderCancelled',
};

const facts = (order: Order): Partial<Record<Changeable, unknown>> => order;
const text = (value: unknown): string | undefined => JSON.stringify(value);

const previousOf = (before: Order, after: Order): Previous =>
  Object.fromEntries(
    CHANGEABLE.filter((field) => text(facts(before)[field]) !== text(facts(after)[field])).map((field) => [
      field,
      facts(before)[field] ?? null,
    ]),
  );

type Events = Result<OrderEvent[], Unexplained>;

const one = (type: OrderEventType, order: Order, previous: Previous = {}): Events =>
  ok([{ type, sequence: order.version, order, previous, change: order.change }]);
const unexplained = (reason: string): Events => refused({ reason });

const removed = ({ order, deleted }: OrderRecord, { cause, at }: Removal): Events => {
  if (deleted) return ok([]);
  const { correlationId } = order.change;
  const change = { at, actor: cause === 'expiry' ? 'system:ttl' : 'system:unknown', correlationId };
  const gone = { ...order, version: order.version + 1, change };
  return one(cause === 'expiry' ? 'OrderExpired' : 'OrderDeleted', gone);
};

const appeared = ({ order, deleted }: OrderRecord): Events => {
  if (deleted) return unexplained('a deleted order appeared out of nothing');
  if (order.version !== 1) return unexplained(`a new order has version ${order.version}, not 1`);
  if (order.status !== 'PENDING') return unexplained(`a new order has status ${order.status}, not PENDING`);
  return one('OrderCreated', order);
};

const cameBack = (before: Order, after: Order): Events => {
  if (after.createdAt === before.createdAt) return one('OrderRestored', after);
  return after.status === 'PENDING'
    ? one('OrderCreated', after)
    : unexplained(`an order created anew has status ${after.status}, not PENDING`);
};

const moved = (before: Order, after: Order): Events => {
  const previous = previousOf(before, after);
  if (before.createdAt !== after.createdAt) return unexplained('createdAt of a live order changed');
  if (before.status !== after.status) {
    return transitionBetween(before.status, after.status)
      ? one(MOVED[after.status], after, previous)
      : unexplained(`no transition leads from ${before.status} to ${after.status}`);
  }
  if (Object.keys(previous).length === 0) return unexplained('the version rose, and nothing else changed');
  return after.status === 'PENDING'
    ? one('OrderAmended', after, previous)
    : unexplained(`an order that is ${after.status} was amended`);
};

const asText = ({ order, deleted }: OrderRecord) =>
  text([deleted, order.version, facts(order), order.createdAt]);

/** The facts that one change of an order states: at most one event for each version. */
export const orderEvents = (
  before: OrderRecord | undefined,
  after: OrderRecord | undefined,
  removal?: Removal,
): Events => {
  if (!after) return before && removal ? removed(before, removal) : unexplained('neither state is known');
  if (!before) return appeared(after);
  const [old, new_] = [before.order, after.order];
  if (new_.version === old.version) {
    return asText(before) === asText(after)
      ? ok([])
      : unexplained('the order changed and its version did not');
  }
  if (new_.version !== old.version + 1) {
    return unexplained(`version ${new_.version} follows version ${old.version}`);
  }
  if (before.deleted) {
    return after.deleted ? unexplained('a deleted order was changed') : cameBack(old, new_);
  }
  return after.deleted ? one('OrderDeleted', new_) : moved(old, new_);
};

/** The record with what its change states, so that the event can be made again from it alone. */
export const stating = (before: OrderRecord | undefined, after: OrderRecord): OrderRecord => {
  const events = orderEvents(before, after);
  const [event] = events.ok ? events.value : [];
  if (!event)
    throw new Error(`a decision states no event: ${events.ok ? 'nothing changed' : events.error.reason}`);
  const { type, previous, sequence: version } = event;
  return { ...after, stated: { type, previous, version } };
};

/** The event of the record's last change; undefined where that was made by hand, and states none of its own. */
export const lastEvent = ({ order, stated }: OrderRecord): OrderEvent | undefined => {
  if (stated?.version !== order.version) return undefined;
  const { type, previous } = stated;
  return { type, sequence: order.version, order, previous, change: order.change };
};
