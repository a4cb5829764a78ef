import type { Chance } from './chance.ts';
import { type Item, keyOf, versionOf } from './item.ts';
import type { OrdersTable } from './orders-table.ts';

/** What people do to items in the console, past all our code. */
const EDITS: readonly ((item: Item, chance: Chance) => Item | undefined)[] = [
  () => undefined,
  (item) => ({ ...item, status: 'LOST' }),
  (item) => ({ ...item, amount: 'twelve' }),
  (item) => ({ ...item, amount: 7 }),
  (item) => ({ ...item, checkedBy: 'somebody' }),
  (item) => ({ ...item, version: versionOf(item) + 2 }),
  (item, chance) => ({ ...item, orderId: `H${chance.between(1, 5)}`, version: 1, status: 'SHIPPED' }),
  (_, chance) => ({ customerId: 'C1', orderId: `H${chance.between(1, 5)}`, amount: 3 }),
];

/** Somebody edits an item, makes one or removes one. */
export const editByHand = (table: OrdersTable, chance: Chance): void => {
  const items = table.items();
  if (items.length === 0) return;
  const item = chance.pick(items);
  const edited = chance.pick(EDITS)(item, chance);
  table.edit(edited ? keyOf(edited) : keyOf(item), edited);
};
