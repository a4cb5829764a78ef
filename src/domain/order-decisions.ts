import { isAmount, isCurrency, totalOf } from './money.ts';
import {
  allowedTransitions,
  type Change,
  type Order,
  type OrderItem,
  type OrderRecord,
  type OrderStatus,
  type PendingOrder,
  type Transition,
  TRANSITIONS,
} from './order.ts';
import { ok, refused, type Result } from './result.ts';

export interface FieldProblem {
  field: 'amount' | 'currency' | 'items';
  code: 'amount-missing' | 'amount-invalid' | 'amount-disagrees' | 'amount-too-large' | 'currency-unknown';
  detail: string;
}

export type Refusal =
  | { code: 'order-invalid'; problems: FieldProblem[] }
  | { code: 'order-exists' }
  | { code: 'transition-forbidden'; transition: string; status: OrderStatus; allowed: Transition[] };

export interface CreateOrder {
  customerId: string;
  orderId: string;
  amount?: number;
  currency: string;
  items?: readonly OrderItem[];
  note?: string;
  change: Change;
}

/** An absent field stays as it is, null takes it away (JSON Merge Patch). */
export interface AmendOrder {
  amount?: number;
  items?: readonly OrderItem[] | null;
  note?: string | null;
}

const invalid = (field: FieldProblem['field'], code: FieldProblem['code'], detail: string) =>
  refused<Refusal>({ code: 'order-invalid', problems: [{ field, code, detail }] });

const amountFor = (
  items: readonly OrderItem[] | undefined,
  stated: number | undefined,
): Result<number, Refusal> => {
  if (items === undefined) {
    if (stated === undefined)
      return invalid('amount', 'amount-missing', 'Give an amount, or items to sum up.');
    if (!isAmount(stated)) return invalid('amount', 'amount-invalid', 'The amount is a whole number from 0.');
    return ok(stated);
  }
  const total = totalOf(items);
  if (total === undefined) {
    return invalid('items', 'amount-too-large', 'The items sum up to more than 2^53 - 1.');
  }
  if (stated !== undefined && stated !== total) {
    return invalid('amount', 'amount-disagrees', `The items sum up to ${total}, not ${stated}.`);
  }
  return ok(total);
};

/** Later than the creation of what was there before, whatever the clock says: it tells the new order from the old. */
const createdAfter = (before: OrderRecord | undefined, at: string): string =>
  before && at <= before.order.createdAt
    ? new Date(Date.parse(before.order.createdAt) + 1).toISOString()
    : at;

/** A new order; over a deleted one of the same id it continues that one's version. */
export const create = (command: CreateOrder, before?: OrderRecord): Result<PendingOrder, Refusal> => {
  if (before && !before.deleted) return refused({ code: 'order-exists' });
  if (!isCurrency(command.currency)) {
    return invalid('currency', 'currency-unknown', `"${command.currency}" is no ISO 4217 currency.`);
  }
  const amount = amountFor(command.items, command.amount);
  if (!amount.ok) return amount;
  const version = (before?.order.version ?? 0) + 1;
  return ok({
    ...command,
    amount: amount.value,
    status: 'PENDING',
    createdAt: createdAfter(before, command.change.at),
    version,
    ...(version > 1 && { firstVersion: version }),
  });
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The amended order; the very same object where the patch changes nothing. */
export const amend = (order: Order, patch: AmendOrder, change: Change): Result<Order, Refusal> => {
  if (order.status !== 'PENDING') return forbidden('amend', order);
  const { items: oldItems, note: oldNote, ...rest } = order;
  const items = patch.items === undefined ? oldItems : (patch.items ?? undefined);
  const note = patch.note === undefined ? oldNote : (patch.note ?? undefined);
  const stated = patch.amount ?? (items === undefined ? order.amount : undefined);
  const amount = amountFor(items, stated);
  if (!amount.ok) return amount;
  if (amount.value === order.amount && same(items, oldItems) && note === oldNote) return ok(order);
  return ok({
    ...rest,
    amount: amount.value,
    ...(items && { items }),
    ...(note !== undefined && { note }),
    version: order.version + 1,
    change,
  });
};

const forbidden = (transition: string, { status }: Order) =>
  refused<Refusal>({
    code: 'transition-forbidden',
    transition,
    status,
    allowed: allowedTransitions(status),
  });

/** The order moved along; the very same object where that was done already. */
export const transition = (
  order: Order,
  name: Transition,
  change: Change,
  trackingNumber?: string,
): Result<Order, Refusal> => {
  const { to } = TRANSITIONS[name];
  if (order.status === to) return ok(order);
  if (!allowedTransitions(order.status).includes(name)) return forbidden(name, order);
  const moved = { ...order, status: to, version: order.version + 1, change };
  return ok(
    name === 'ship' && trackingNumber !== undefined ? { ...moved, status: 'SHIPPED', trackingNumber } : moved,
  );
};

/** Owners delete only what is still pending; staff whatever there is. Deleting again changes nothing. */
export const remove = (
  record: OrderRecord,
  by: 'owner' | 'staff',
  change: Change,
): Result<OrderRecord, Refusal> => {
  if (record.deleted) return ok(record);
  if (by === 'owner' && record.order.status !== 'PENDING') return forbidden('delete', record.order);
  return ok({ deleted: true, order: { ...record.order, version: record.order.version + 1, change } });
};

export const restore = (record: OrderRecord, change: Change): OrderRecord =>
  record.deleted
    ? { deleted: false, order: { ...record.order, version: record.order.version + 1, change } }
    : record;
