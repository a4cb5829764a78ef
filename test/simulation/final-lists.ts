import type { OrderRepository, OrderSelection } from '../../src/application/ports.ts';
import { ORDER_STATUSES } from '../../src/domain/order.ts';
import type { History } from './history.ts';
import { type Item, keyOf, textOf } from './item.ts';
import type { OrdersTable } from './orders-table.ts';
import { type Process, startProcess } from './process.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Longer than any trouble lasts that began before. */
const REST_MS = 600_000;

/** When the indexes have caught up, every list shows what the table holds: nothing twice, nothing missing. */
export const finalLists = async (
  ordersFor: (from: Process) => OrderRepository,
  table: OrdersTable,
  history: History,
  time: VirtualTime,
): Promise<void> => {
  await time.sleep(REST_MS);
  const orders = ordersFor(startProcess());
  // A list that holds an item which nobody can read fails as a whole; such items are made by hand only.
  const readable = (item: Item): boolean => typeof item['amount'] === 'number' && item['status'] !== 'LOST';
  const live = table.items().filter((item) => item['deleted'] !== true);

  const listAll = async (list: string, selection: OrderSelection, expected: Item[]): Promise<void> => {
    if (!expected.every(readable)) return;
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await orders.list(selection, {
        limit: 7,
        direction: 'asc',
        ...(after !== undefined && { after }),
      });
      found.push(...page.orders.map((order) => `${order.customerId}#${order.orderId}`));
      after = page.next;
    } while (after !== undefined);
    const keys = expected.map(keyOf).sort();
    history.add({ is: 'listed', at: time.now(), list, found: found.sort(), expected: keys });
  };

  for (const status of ORDER_STATUSES) {
    const expected = live.filter((item) => textOf(item, 'GSI1PK').startsWith(`${status}#`));
    await listAll(`status ${status}`, { by: 'status', status }, expected);
  }
  for (const customerId of new Set(live.map((item) => textOf(item, 'customerId')))) {
    const expected = live.filter((item) => item['customerId'] === customerId);
    await listAll(`customer ${customerId}`, { by: 'customer', customerId, consistent: true }, expected);
  }
};
