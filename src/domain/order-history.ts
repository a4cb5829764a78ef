import type { Order, OrderEventType, OrderKey } from './order.ts';

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

export const changes = (previous: object, order: object): HistoryEntry['changed'] =>
  Object.fromEntries(
    Object.entries(previous).map(([field, from]: [string, unknown]) => [
      field,
      { from, to: (order as Record<string, unknown>)[field] ?? null },
    ]),
  );

/** Versions, both included. */
export interface VersionRange {
  from: number;
  to: number;
}

/** The first version that must have its line, if any: of an older order, those that have expired are not known. */
const firstExpected = (order: Order, kept: ReadonlySet<number>, keptSince: string): number => {
  const since = Date.parse(keptSince);
  if (Date.parse(order.createdAt) >= since) return order.firstVersion ?? 1;
  if (kept.size > 0) return Math.min(...kept);
  return Date.parse(order.change.at) >= since ? order.version : order.version + 1;
};

/** The versions without a line, in their order; lines of changes before `keptSince` may have expired. */
export const gapsIn = (order: Order, kept: ReadonlySet<number>, keptSince: string): VersionRange[] => {
  const gaps: VersionRange[] = [];
  let next = firstExpected(order, kept, keptSince);
  for (const version of [...kept].sort((a, b) => a - b)) {
    if (version > order.version) break;
    if (version > next) gaps.push({ from: next, to: version - 1 });
    next = Math.max(next, version + 1);
  }
  return next <= order.version ? [...gaps, { from: next, to: order.version }] : gaps;
};
