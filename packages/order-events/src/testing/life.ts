import type { Order, OrderEventEnvelope, OrderEventType, OrderStatus, PreviousValues } from '../types.ts';
import { type Given, makeOrderEvent, TRACKING } from './builders.ts';

export type LaterEventType = Exclude<OrderEventType, 'OrderCreated'>;

interface State {
  order: Given<Order>;
  is: 'live' | 'deleted' | 'expired';
}

interface Step extends State {
  previous: PreviousValues;
}

const MOVES = {
  OrderConfirmed: { from: ['PENDING'], to: 'CONFIRMED' },
  OrderShipped: { from: ['CONFIRMED'], to: 'SHIPPED' },
  OrderDelivered: { from: ['SHIPPED'], to: 'DELIVERED' },
  OrderCancelled: { from: ['PENDING', 'CONFIRMED'], to: 'CANCELLED' },
} as const;

const FOLLOWS: Record<LaterEventType, { is: State['is']; from?: readonly OrderStatus[] }> = {
  OrderAmended: { is: 'live', from: ['PENDING'] },
  OrderConfirmed: { is: 'live', ...MOVES.OrderConfirmed },
  OrderShipped: { is: 'live', ...MOVES.OrderShipped },
  OrderDelivered: { is: 'live', ...MOVES.OrderDelivered },
  OrderCancelled: { is: 'live', ...MOVES.OrderCancelled },
  OrderDeleted: { is: 'live' },
  OrderRestored: { is: 'deleted' },
  OrderExpired: { is: 'live' },
};

const step = (type: LaterEventType, { order, is }: State, version: number): Step => {
  const { status = 'PENDING', note = null } = order;
  const { is: due, from = [status] } = FOLLOWS[type];
  if (is !== due) throw new RangeError(`${type} does not follow: the order is ${is}`);
  if (!from.includes(status)) throw new RangeError(`${type} does not follow: the order is ${status}`);
  switch (type) {
    case 'OrderAmended':
      return { is, order: { ...order, note: `Amended in version ${version}` }, previous: { note } };
    case 'OrderShipped':
      return {
        is,
        order: { ...order, status: 'SHIPPED', ...TRACKING },
        previous: { status, trackingNumber: null },
      };
    case 'OrderConfirmed':
    case 'OrderDelivered':
    case 'OrderCancelled':
      return { is, order: { ...order, status: MOVES[type].to }, previous: { status } };
    case 'OrderDeleted':
      return { is: 'deleted', order, previous: {} };
    case 'OrderRestored':
      return { is: 'live', order, previous: {} };
    case 'OrderExpired':
      return { is: 'expired', order, previous: {} };
  }
};

/**
 * What one order tells in its life: its creation, then an event of each type given, version after version.
 *
 * @throws RangeError for a sequence that no order goes through.
 */
export const makeOrderLife = (
  types: readonly LaterEventType[] = ['OrderConfirmed', 'OrderShipped', 'OrderDelivered'],
  order: Partial<Omit<Order, 'status' | 'version' | 'updatedAt' | 'trackingNumber'>> = {},
): OrderEventEnvelope[] => {
  const events: OrderEventEnvelope[] = [makeOrderEvent('OrderCreated', { order })];
  let state: State = { is: 'live', order: { status: 'PENDING', trackingNumber: undefined, ...order } };
  for (const type of types) {
    const version = events.length + 1;
    const { previous, ...after } = step(type, state, version);
    state = after;
    events.push(makeOrderEvent(type, { order: { ...after.order, version }, previous }) as OrderEventEnvelope);
  }
  return events;
};
