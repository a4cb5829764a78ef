import type { Order, OrderContent, OrderKey, OrdersClient } from '../../packages/orders-client/src/index.ts';

/** Who calls: the customer for what owners do, and staff for the rest. */
export interface Callers {
  customer: OrdersClient;
  staff: OrdersClient;
}

/** What an order is made with, and what is said of its changes. */
export interface Making {
  key: OrderKey;
  content: OrderContent;
  reason?: string;
  trackingNumber?: string;
}

type Step = (by: Callers, making: Making, order: Order, call: { correlationId: string }) => Promise<Order>;

/** One minor unit more, or one more of the first item. */
const amendment = ({ amount, items: [first, ...rest] = [] }: Order) =>
  first ? { items: [{ ...first, quantity: first.quantity + 1 }, ...rest] } : { amount: amount + 1 };

const reasonOf = ({ reason }: Making) => (reason === undefined ? {} : { reason });
const shipmentOf = ({ trackingNumber, ...making }: Making) => ({
  ...reasonOf(making),
  ...(trackingNumber !== undefined && { trackingNumber }),
});

const steps = {
  create: ({ customer }, { key, content }, _, call) =>
    customer.orders.put(key, content, { ...call, onlyNew: true }),
  amend: ({ customer }, _, order, call) => customer.orders.amend(order, amendment(order), call),
  confirm: ({ staff }, making, order, call) => staff.orders.confirm(order, reasonOf(making), call),
  ship: ({ staff }, making, order, call) => staff.orders.ship(order, shipmentOf(making), call),
  deliver: ({ staff }, making, order, call) => staff.orders.deliver(order, reasonOf(making), call),
  cancel: ({ customer }, making, order, call) => customer.orders.cancel(order, reasonOf(making), call),
  delete: async ({ customer }, _, order, call) => {
    await customer.orders.delete(order, call);
    return { ...order, version: order.version + 1 };
  },
  restore: ({ staff }, _, order, call) => staff.orders.restore(order, call),
} satisfies Record<string, Step>;

type StepName = keyof typeof steps;

/** The ways to each event, all through the API; nothing but time expires an order. */
const ways: Record<string, StepName[]> = {
  OrderCreated: ['create'],
  OrderAmended: ['create', 'amend'],
  OrderConfirmed: ['create', 'confirm'],
  OrderShipped: ['create', 'confirm', 'ship'],
  OrderDelivered: ['create', 'confirm', 'ship', 'deliver'],
  OrderCancelled: ['create', 'cancel'],
  OrderDeleted: ['create', 'delete'],
  OrderRestored: ['create', 'delete', 'restore'],
};

export const triggerable = Object.keys(ways);

export const stepsTo = (type: string): { name: string; take: Step }[] =>
  (ways[type] ?? []).map((name) => ({ name, take: steps[name] }));
