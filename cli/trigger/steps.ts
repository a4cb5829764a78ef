/** What an order is made with, where it is not as usual. */
export interface Overrides {
  customerId: string;
  orderId: string;
  amount?: number;
  currency?: string;
  items?: { sku: string; quantity: number; unitAmount: number }[];
  note?: string;
  reason?: string;
  trackingNumber?: string;
}

/** One change of the order through the API. */
export interface Step {
  method: 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** After the order's own path. */
  path: string;
  as: 'customer' | 'staff';
  /** Needs the ETag of what it changes. */
  conditional?: true;
  body?: object;
}

const usualAmount = 1999;

const create = ({ amount, currency, items, note }: Overrides): Step => ({
  method: 'PUT',
  path: '',
  as: 'customer',
  body: {
    // With items, the API adds up the amount.
    ...(amount === undefined && !items ? { amount: usualAmount } : defined({ amount })),
    ...defined({ currency, items, note }),
  },
});
/** One minor unit more, or one more of the first item. */
const amend = ({ amount = usualAmount, items }: Overrides): Step => {
  const [first, ...rest] = items ?? [];
  const body = first
    ? { items: [{ ...first, quantity: first.quantity + 1 }, ...rest] }
    : { amount: amount + 1 };
  return { method: 'PATCH', path: '', as: 'customer', conditional: true, body };
};
const confirm = ({ reason }: Overrides): Step => staffStep('confirm', { reason });
const ship = ({ reason, trackingNumber }: Overrides): Step => staffStep('ship', { reason, trackingNumber });
const deliver = ({ reason }: Overrides): Step => staffStep('deliver', { reason });
const cancel = ({ reason }: Overrides): Step => ({ ...staffStep('cancel', { reason }), as: 'customer' });
const remove = (): Step => ({ method: 'DELETE', path: '', as: 'customer' });
const restore = (): Step => staffStep('restore', {});

/** The ways to each event, all through the API; nothing but time expires an order. */
const ways: Record<string, ((overrides: Overrides) => Step)[]> = {
  OrderCreated: [create],
  OrderAmended: [create, amend],
  OrderConfirmed: [create, confirm],
  OrderShipped: [create, confirm, ship],
  OrderDelivered: [create, confirm, ship, deliver],
  OrderCancelled: [create, cancel],
  OrderDeleted: [create, remove],
  OrderRestored: [create, remove, restore],
};

export const triggerable = Object.keys(ways);

export const stepsTo = (type: string, overrides: Overrides): Step[] =>
  (ways[type] ?? []).map((step) => step(overrides));

function staffStep(name: string, fields: Record<string, unknown>): Step {
  const body = defined(fields);
  const path = `/${name}`;
  return { method: 'POST', path, as: 'staff', ...(Object.keys(body).length > 0 && { body }) };
}

const defined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
