import * as z from 'zod/mini';
import { ORDER_EVENT_TYPES } from '../../domain/order.ts';
import { changes, type HistoryEntry } from '../../domain/order-history.ts';
import { defined } from '../order-input.ts';
import { readTraceparent } from '../trace-context.ts';

/** What this subscriber needs of an event; whatever a later release adds passes by. */
const schema = z.object({
  detail: z.object({
    metadata: z.object({
      eventId: z.string(),
      type: z.enum(ORDER_EVENT_TYPES),
      occurredAt: z.string(),
      actor: z.string(),
      correlationId: z.string(),
      reason: z.optional(z.string()),
      sequence: z.int(),
    }),
    data: z.object({
      order: z.looseObject({ customerId: z.string(), orderId: z.string(), createdAt: z.string() }),
      previous: z.record(z.string(), z.unknown()),
    }),
  }),
});

/** The trace of the request that the event comes from; its absence, or its form, is nothing to fail for. */
export const traceparentOf = (event: unknown): string | undefined => {
  const { detail } = event as { detail?: { metadata?: { traceparent?: unknown } } };
  return readTraceparent(detail?.metadata?.traceparent);
};

/** Throws for what is not an event of orders: the invocation fails, and the event is kept for an operator. */
export const historyEntry = (event: unknown): HistoryEntry => {
  const { metadata, data } = schema.parse(event).detail;
  const { customerId, orderId, createdAt } = data.order;
  const { eventId, type, occurredAt, actor, correlationId, reason, sequence } = metadata;
  return {
    customerId,
    orderId,
    createdAt,
    version: sequence,
    eventId,
    type,
    at: occurredAt,
    actor,
    correlationId,
    ...defined({ reason }),
    changed: changes(data.previous, data.order),
  };
};
