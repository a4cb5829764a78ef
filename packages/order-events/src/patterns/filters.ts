import type { OrderEventType } from '../types.ts';

/** One value, or several of which any will do. */
export type OneOrMore<Value> = Value | readonly [Value, ...Value[]];

/** Of any event. All that is given must hold. */
export interface OrderFilter {
  customerId?: OneOrMore<string>;
  /** Unique among the orders of one customer: give `customerId` too where you mean one order. */
  orderId?: OneOrMore<string>;
  /** ISO 4217, such as `EUR`. */
  currency?: OneOrMore<string>;
  /** In the currency's minor unit: 10000 is 100.00 EUR. At most 5e9, as far as EventBridge promises to compare numbers. */
  amountAtLeast?: number;
  /** In the currency's minor unit, not itself included. At most 5e9. */
  amountBelow?: number;
  /** Among the items there is one of this article. */
  sku?: OneOrMore<string>;
  /** Who made the change: the `sub` of a token, `invoke`, `system:ttl` or `system:unknown`. */
  actor?: OneOrMore<string>;
  /** Leave out what a replay sends again, or take only that. */
  replays?: 'exclude' | 'only';
  /** Where it is not `orders.service`. */
  source?: OneOrMore<string>;
}

export type Amendable = 'amount' | 'items' | 'note';
export type Left = 'PENDING' | 'CONFIRMED' | 'SHIPPED';
export type Reached = 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED';

/** Of amendments: those that changed any of these fields. */
export interface AmendmentFilter extends OrderFilter {
  changed?: OneOrMore<Amendable>;
}

/** Of cancellations: those of orders that were in this status before. */
export interface CancellationFilter extends OrderFilter {
  from?: OneOrMore<'PENDING' | 'CONFIRMED'>;
}

/** Of changes of status: which the order left, and which it reached. */
export type StatusFilter = OrderFilter &
  (
    | { from?: OneOrMore<Left>; to?: readonly [Reached, ...Reached[]] }
    | { from?: 'PENDING'; to: 'CONFIRMED' }
    | { from?: 'CONFIRMED'; to: 'SHIPPED' }
    | { from?: 'SHIPPED'; to: 'DELIVERED' }
    | { from?: OneOrMore<'PENDING' | 'CONFIRMED'>; to: 'CANCELLED' }
  );

/** What reaching a status is told by, and which statuses lead to it. */
export const REACHED = {
  CONFIRMED: { type: 'OrderConfirmed', from: ['PENDING'] },
  SHIPPED: { type: 'OrderShipped', from: ['CONFIRMED'] },
  DELIVERED: { type: 'OrderDelivered', from: ['SHIPPED'] },
  CANCELLED: { type: 'OrderCancelled', from: ['PENDING', 'CONFIRMED'] },
} as const satisfies Record<Reached, { type: OrderEventType; from: readonly Left[] }>;
