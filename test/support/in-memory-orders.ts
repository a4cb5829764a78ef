import type { OrderRepository, OrderSelection } from '../../src/application/ports.ts';
import type { Order, OrderKey, OrderRecord } from '../../src/domain/order.ts';

const idOf = ({ customerId, orderId }: OrderKey): string => `${customerId}#${orderId}`;

const selected =
  (selection: OrderSelection) =>
  (order: Order): boolean => {
    switch (selection.by) {
      case 'customer':
        return (
          order.customerId === selection.customerId &&
          (selection.status === undefined || order.status === selection.status)
        );
      case 'status':
        return order.status === selection.status;
      case 'date': {
        const { date, from = '', to = '~' } = selection;
        return order.createdAt.startsWith(date) && order.createdAt >= from && order.createdAt <= to;
      }
      case 'orderId':
        return order.orderId === selection.orderId;
    }
  };

const sortKey = (selection: OrderSelection, order: Order): string => {
  const { customerId, orderId, createdAt } = order;
  switch (selection.by) {
    case 'customer':
    case 'status':
      return `${orderId} ${customerId}`;
    case 'date':
      return `${createdAt} ${orderId} ${customerId}`;
    case 'orderId':
      return customerId;
  }
};

/**
 * Keeps what it is given; `fail` makes the next save throw, and `meanwhile` runs before it, as another writer would.
 * `answerLost` writes, and then answers as to the SDK's next attempt, which finds its own write.
 */
export const inMemoryOrders = () => {
  const records = new Map<string, OrderRecord>();
  const hooks: { fail?: Error; meanwhile?: () => void; answerLost?: () => unknown } = {};
  let writes = 0;
  const repository: OrderRepository = {
    find: (key) => Promise.resolve(records.get(idOf(key))),
    save: async (record, expected) => {
      const { fail, meanwhile, answerLost } = hooks;
      delete hooks.fail;
      delete hooks.meanwhile;
      delete hooks.answerLost;
      if (fail) throw fail;
      meanwhile?.();
      const current = records.get(idOf(record.order));
      if (current?.order.version !== expected) return { saved: false, ...(current && { current }) };
      records.set(idOf(record.order), record);
      writes += 1;
      if (!answerLost) return { saved: true };
      await answerLost();
      const found = records.get(idOf(record.order));
      return { saved: false, ...(found && { current: found }) };
    },
    list: (selection, { limit, direction, after }) => {
      const sign = direction === 'asc' ? 1 : -1;
      const all = [...records.values()]
        .filter(({ deleted }) => !deleted)
        .map(({ order }) => order)
        .filter(selected(selection))
        .map((order) => ({ order, key: sortKey(selection, order) }))
        .sort((a, b) => (a.key < b.key ? -sign : sign))
        .filter(({ key }) => after === undefined || (direction === 'asc' ? key > after : key < after));
      const last = all.length > limit ? all[limit - 1] : undefined;
      const page = all.slice(0, limit).map(({ order }) => order);
      return Promise.resolve({ orders: page, ...(last && { next: last.key }) });
    },
  };
  return { ...repository, records, hooks, writes: () => writes };
};
