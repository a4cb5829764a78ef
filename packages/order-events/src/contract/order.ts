import * as z from 'zod/mini';
import { ORDER_STATUSES } from '../names.ts';

/** A reader lets the values pass that it does not know yet. */
const open = <const Values extends readonly string[]>(values: Values) =>
  z.union([z.enum(values), z.string()]);

const whole = z.int().check(z.minimum(0));

export const time = z.iso.datetime();
export const version = z.int().check(z.minimum(1));
export const status = open(ORDER_STATUSES);

export const item = z.object({ sku: z.string(), quantity: whole, unitAmount: whole });
const currency = z.string().check(z.regex(/^[A-Z]{3}$/));

export const order = z.object({
  customerId: z.string(),
  orderId: z.string(),
  amount: whole,
  currency,
  status,
  items: z.exactOptional(z.array(item)),
  note: z.exactOptional(z.string()),
  trackingNumber: z.exactOptional(z.string()),
  createdAt: time,
  updatedAt: time,
  version,
});

export const previousValues = z.object({
  status: z.exactOptional(status),
  amount: z.exactOptional(whole),
  currency: z.exactOptional(currency),
  items: z.exactOptional(z.nullable(z.array(item))),
  note: z.exactOptional(z.nullable(z.string())),
  trackingNumber: z.exactOptional(z.nullable(z.string())),
});
