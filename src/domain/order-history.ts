import type { OrderEventType, OrderKey, Previous } from './order.ts';

/** One version of an order as its event told it: the line of its timeline. */
export interface HistoryEntry extends OrderKey {
  createdAt: string;
  version: number;
  eventId: string;
  type: OrderEventType;
  at: string;
  actor: string;
  correlationId: string;
  reason?: string;
  /** Old and new value of each field that changed; null where it was or became absent. */
  changed: Record<string, { from: unknown; to: unknown }>;
}

export const changes = (previous: Previous, order: object): HistoryEntry['changed'] =>
  Object.fromEntries(
    Object.entries(previous).map(([field, from]) => [
      field,
      { from, to: (order as Record<string, unknown>)[field] ?? null },
    ]),
  );
