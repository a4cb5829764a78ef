import type {
  EventPublisher,
  FailureStore,
  KeyedOrders,
  OrderRepository,
  ParkedRecord,
  OrderHistory,
  OrderTimeline,
} from '../../src/application/ports.ts';
import type { OrderEvent } from '../../src/domain/order-events.ts';
import type { HistoryEntry } from '../../src/domain/order-history.ts';
import type { Order } from '../../src/domain/order.ts';

const WEEK_MS = 7 * 86_400_000;

export const inMemoryKeyedOrders = (orders: OrderRepository): KeyedOrders => {
  const first = new Map<string, Order>();
  return {
    create: async (record, key) => {
      const { order } = record;
      const name = `${order.customerId}#${key}`;
      const there = first.get(name);
      if (there && Date.parse(order.change.at) < Date.parse(there.change.at) + WEEK_MS) return there;
      first.set(name, order);
      await orders.save(record, undefined);
      return undefined;
    },
  };
};

export const inMemoryFailures = (): FailureStore & { parked: Map<string, ParkedRecord> } => {
  const parked = new Map<string, ParkedRecord>();
  return {
    parked,
    park: (record) => {
      parked.set(record.id, record);
      return Promise.resolve();
    },
  };
};

/** Takes everything but what `refuse` names by its note. */
export const inMemoryPublisher = (refuse = 'refuse me'): EventPublisher & { published: OrderEvent[] } => {
  const published: OrderEvent[] = [];
  return {
    published,
    publish: (events, deadline) =>
      Promise.resolve(
        events.map((event) => {
          if (deadline < Date.now()) return { outcome: 'failed', code: 'OutOfTime', detail: '' } as const;
          if (event.order.note === refuse)
            return { outcome: 'refused', code: 'Refused', detail: '' } as const;
          published.push(event);
          return { outcome: 'published' } as const;
        }),
      ),
  };
};

export const inMemoryHistory = (): OrderHistory & OrderTimeline & { entries: HistoryEntry[] } => {
  const entries: HistoryEntry[] = [];
  const of = (key: Pick<HistoryEntry, 'customerId' | 'orderId'>, createdAt: string) =>
    entries.filter(
      (entry) =>
        entry.customerId === key.customerId && entry.orderId === key.orderId && entry.createdAt === createdAt,
    );
  return {
    entries,
    record: (entry) => {
      if (!of(entry, entry.createdAt).some(({ version }) => version === entry.version)) entries.push(entry);
      return Promise.resolve();
    },
    versions: (key, createdAt, since) =>
      Promise.resolve(
        new Set(
          of(key, createdAt)
            .filter(({ at }) => at >= since)
            .map(({ version }) => version),
        ),
      ),
    read: ({ customerId, orderId }, { limit, direction, after }) => {
      const sign = direction === 'asc' ? 1 : -1;
      const place = ({ createdAt, version }: HistoryEntry) =>
        `${createdAt} ${String(version).padStart(9, '0')}`;
      const left = entries
        .filter((entry) => entry.customerId === customerId && entry.orderId === orderId)
        .sort((a, b) => (place(a) < place(b) ? -sign : sign))
        .filter((entry) => after === undefined || (sign > 0 ? place(entry) > after : place(entry) < after));
      const page = left.slice(0, limit);
      const last = left.length > limit ? page.at(-1) : undefined;
      return Promise.resolve({ entries: page, ...(last && { next: place(last) }) });
    },
  };
};
