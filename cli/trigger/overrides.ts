import { randomUUID } from 'node:crypto';
import { UsageError, type Given, type Options } from '../command.ts';
import type { Making } from './steps.ts';

const usualAmount = 1999;

export const overrideOptions = {
  customer: { type: 'string', default: 'C-trigger' },
  order: { type: 'string' },
  amount: { type: 'string' },
  currency: { type: 'string' },
  item: { type: 'string', multiple: true },
  note: { type: 'string' },
  reason: { type: 'string' },
  'tracking-number': { type: 'string' },
} as const satisfies Options;

/** What the order is made with, where it is not as usual. */
export function makingIn(given: Given): Making {
  const [amount, currency, note] = [
    wholeNumber('--amount', given.text('amount')),
    given.text('currency'),
    given.text('note'),
  ];
  const items = given.texts('item').map(itemIn);
  const [reason, trackingNumber] = [given.text('reason'), given.text('tracking-number')];
  return {
    key: {
      customerId: idIn('--customer', given.required('customer')),
      orderId: idIn('--order', given.text('order') ?? `T${randomUUID().slice(0, 8)}`),
    },
    content: {
      // Of items the API adds up the amount.
      ...(items.length > 0 ? { items } : { amount: amount ?? usualAmount }),
      ...(amount !== undefined && { amount }),
      ...(currency !== undefined && { currency }),
      ...(note !== undefined && { note }),
    },
    ...(reason !== undefined && { reason }),
    ...(trackingNumber !== undefined && { trackingNumber }),
  };
}

/** It becomes a part of a path. */
function idIn(option: string, id: string): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id)) return id;
  throw new UsageError(`${option} takes letters, digits, _ and -, at most 64, not "${id}".`);
}

function wholeNumber(what: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,16}$/.test(given)) return Number(given);
  throw new UsageError(`${what} takes a whole number, not "${given}".`);
}

function itemIn(given: string): { sku: string; quantity: number; unitAmount: number } {
  const [, sku, quantity, unitAmount] = /^(.+):(\d{1,16}):(\d{1,16})$/.exec(given) ?? [];
  if (sku === undefined)
    throw new UsageError(`--item takes SKU:QUANTITY:UNIT-AMOUNT, such as chair:2:4500, not "${given}".`);
  return { sku, quantity: Number(quantity), unitAmount: Number(unitAmount) };
}
