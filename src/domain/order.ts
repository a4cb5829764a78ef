import type { Remembered } from './mutations.ts';

export interface OrderItem {
  sku: string;
  quantity: number;
  unitAmount: number;
}

/** Who changed the order, when, and as part of what: kept with the order, and told in the event. */
export interface Change {
  at: string;
  actor: string;
  correlationId: string;
  causationId?: string;
  traceparent?: string;
  reason?: string;
}

interface OrderFacts {
  customerId: string;
  orderId: string;
  amount: number;
  currency: string;
  items?: readonly OrderItem[];
  note?: string;
  createdAt: string;
  /** 0 for an item that somebody put into the table by hand, else counted from 1. */
  version: number;
  /** The version that it was created with, where that is not 1: it continues a deleted order's. */
  firstVersion?: number;
  /** Fingerprint of the request that created the order: tells a repetition from another order. */
  createHash?: string;
  change: Change;
}

export interface PendingOrder extends OrderFacts {
  status: 'PENDING';
}
export interface ConfirmedOrder extends OrderFacts {
  status: 'CONFIRMED';
}
export interface ShippedOrder extends OrderFacts {
  status: 'SHIPPED';
  trackingNumber?: string;
}
export interface DeliveredOrder extends OrderFacts {
  status: 'DELIVERED';
  trackingNumber?: string;
}
export interface CancelledOrder extends OrderFacts {
  status: 'CANCELLED';
}

export type Order = PendingOrder | ConfirmedOrder | ShippedOrder | DeliveredOrder | CancelledOrder;
export type OrderStatus = Order['status'];
export type OrderKey = Pick<Order, 'customerId' | 'orderId'>;

export const ORDER_EVENT_TYPES = [
  'OrderCreated',
  'OrderAmended',
  'OrderConfirmed',
  'OrderShipped',
  'OrderDelivered',
  'OrderCancelled',
  'OrderDeleted',
  'OrderRestored',
  'OrderExpired',
] as const;
export type OrderEventType = (typeof ORDER_EVENT_TYPES)[number];

export const CHANGEABLE = ['status', 'amount', 'currency', 'items', 'note', 'trackingNumber'] as const;
export type Changeable = (typeof CHANGEABLE)[number];

/** Old values of the fields that changed; null for one that was absent. */
export interface Previous extends Partial<Record<Changeable, unknown>> {
  status?: OrderStatus;
  amount?: number;
  currency?: string;
  items?: readonly OrderItem[] | null;
  note?: string | null;
  trackingNumber?: string | null;
}

/** What is kept of an order: its last state, whether it was deleted in that version, and what that change stated. */
export interface OrderRecord extends Remembered {
  order: Order;
  deleted: boolean;
  /** Absent for an item made by hand. */
  stated?: { type: OrderEventType; previous: Previous; version: number };
}

export const ORDER_STATUSES = ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED'] as const;

export const TRANSITIONS = {
  confirm: { from: ['PENDING'], to: 'CONFIRMED' },
  ship: { from: ['CONFIRMED'], to: 'SHIPPED' },
  deliver: { from: ['SHIPPED'], to: 'DELIVERED' },
  cancel: { from: ['PENDING', 'CONFIRMED'], to: 'CANCELLED' },
} as const satisfies Record<string, { from: readonly OrderStatus[]; to: OrderStatus }>;

export type Transition = keyof typeof TRANSITIONS;

const names = Object.keys(TRANSITIONS) as Transition[];
const leads = (from: OrderStatus, name: Transition): boolean =>
  (TRANSITIONS[name].from as readonly OrderStatus[]).includes(from);

export const allowedTransitions = (status: OrderStatus): Transition[] =>
  names.filter((name) => leads(status, name));

export const transitionBetween = (from: OrderStatus, to: OrderStatus): Transition | undefined =>
  names.find((name) => leads(from, name) && TRANSITIONS[name].to === to);

const ID = /^[A-Za-z0-9_-]{1,64}$/;
export const isId = (value: string): boolean => ID.test(value);
export const isKey = ({ customerId, orderId }: OrderKey): boolean => isId(customerId) && isId(orderId);
