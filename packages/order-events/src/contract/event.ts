import * as z from 'zod/mini';
import type { OrderEventType } from '../types.ts';
import { order, previousValues, status, time, version } from './order.ts';

const metadata = z.object({
  eventId: z.uuid(),
  type: z.string(),
  schemaVersion: z.string().check(z.regex(/^1\.\d+$/)),
  occurredAt: time,
  correlationId: z.string(),
  causationId: z.exactOptional(z.string()),
  traceparent: z.exactOptional(z.string()),
  actor: z.string(),
  reason: z.exactOptional(z.string()),
  sequence: version,
  groupId: z.string(),
  deduplicationId: z.string(),
});

const nothing = z.object({});
const amended = z.omit(previousValues, { status: true });
const moved = z.extend(previousValues, { status });

const event = <
  const Type extends string,
  Status extends z.ZodMiniType<string>,
  Previous extends z.ZodMiniObject,
>(
  type: Type,
  after: Status,
  previous: Previous,
) =>
  z.object({
    version: z.string(),
    id: z.string(),
    'detail-type': z.literal(type),
    source: z.string(),
    account: z.string(),
    time,
    region: z.string(),
    'replay-name': z.exactOptional(z.string()),
    resources: z.array(z.string()),
    detail: z.object({
      metadata: z.extend(metadata, { type: z.literal(type) }),
      data: z.object({ order: z.extend(order, { status: after }), previous }),
    }),
  });

/** The one definition of each event: everything else that says what events are is made of these, or held to them. */
export const EVENTS = {
  OrderCreated: event('OrderCreated', z.literal('PENDING'), nothing),
  OrderAmended: event('OrderAmended', z.literal('PENDING'), amended),
  OrderConfirmed: event('OrderConfirmed', z.literal('CONFIRMED'), moved),
  OrderShipped: event('OrderShipped', z.literal('SHIPPED'), moved),
  OrderDelivered: event('OrderDelivered', z.literal('DELIVERED'), moved),
  OrderCancelled: event('OrderCancelled', z.literal('CANCELLED'), moved),
  OrderDeleted: event('OrderDeleted', status, nothing),
  OrderRestored: event('OrderRestored', status, nothing),
  OrderExpired: event('OrderExpired', status, nothing),
} satisfies Record<OrderEventType, unknown>;
