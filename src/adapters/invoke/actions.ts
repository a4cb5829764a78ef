import * as z from 'zod/mini';
import { TRANSITIONS } from '../../domain/order.ts';
import { amendFields, contentFields, id, reason, status, trackingNumber } from '../order-input.ts';

const version = z.optional(z.int().check(z.minimum(0)));
const key = { customerId: id, orderId: id };
const page = {
  limit: z.optional(z.int().check(z.minimum(1))),
  cursor: z.optional(z.string()),
  order: z.optional(z.enum(['asc', 'desc'])),
};

/** What a direct invocation may ask for. */
export const actions = {
  create: z.strictObject({ action: z.literal('create'), item: z.strictObject({ ...key, ...contentFields }) }),
  read: z.strictObject({ action: z.literal('read'), ...key }),
  update: z
    .strictObject({
      action: z.literal('update'),
      ...key,
      version,
      changes: z.optional(z.strictObject(amendFields)),
      status: z.optional(z.enum(Object.values(TRANSITIONS).map(({ to }) => to))),
      reason,
      trackingNumber,
    })
    .check(
      z.refine(({ changes, status: to }) => (changes === undefined) !== (to === undefined), {
        error: 'give exactly one of changes and status',
      }),
      z.refine(({ trackingNumber: number, status: to }) => number === undefined || to === 'SHIPPED', {
        error: 'trackingNumber goes with status SHIPPED',
      }),
    ),
  delete: z.strictObject({ action: z.literal('delete'), ...key, version }),
  list: z
    .strictObject({
      action: z.literal('list'),
      customerId: z.optional(id),
      status: z.optional(status),
      ...page,
    })
    .check(
      z.refine(({ customerId, status: of }) => customerId !== undefined || of !== undefined, {
        error: 'give a customerId, a status, or both',
      }),
    ),
} as const;

export type Action = keyof typeof actions;

export const actionOf = (event: unknown): Action | undefined => {
  const action = (event as { action?: unknown } | null | undefined)?.action;
  return typeof action === 'string' && Object.hasOwn(actions, action) ? (action as Action) : undefined;
};
