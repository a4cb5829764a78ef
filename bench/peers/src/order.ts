/** The order that every peer keeps: the fields of ours, under the keys of the seed's table. */
export type Order = {
  customerId: string;
  orderId: string;
  amount: number;
  currency: string;
  status: string;
  items?: { sku: string; quantity: number; unitAmount: number }[] | undefined;
  note?: string | undefined;
  createdAt: string;
  updatedAt: string;
  version: number;
};

/** What a request for a new order brings along. */
export type NewOrder = Pick<Order, 'customerId' | 'orderId' | 'amount' | 'items' | 'note'>;

/** The direct-invoke contract of the seed, with the two operations that its exercises add. */
export type Action =
  | { action: 'create'; item: NewOrder }
  | { action: 'read'; customerId: string; orderId: string }
  | { action: 'list'; customerId: string; limit: number }
  | { action: 'cancel'; customerId: string; orderId: string };

export const placed = (order: NewOrder): Order => {
  const now = new Date().toISOString();
  return { ...order, currency: 'USD', status: 'PENDING', createdAt: now, updatedAt: now, version: 1 };
};

export const TABLE = process.env['TABLE_NAME'] ?? '';
export const INDEX = 'GSI1';
