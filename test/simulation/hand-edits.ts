import type { Chance } from './chance.ts';
import { type Item, keyOf, textOf, versionOf } from './item.ts';
import type { OrdersTable } from './orders-table.ts';

const MINUTE_MS = 60_000;

/** What people do to items in the console, past all our code. */
const EDITS: readonly ((item: Item, chance: Chance, now: number) => Item | undefined)[] = [
  (item, _, now) => (now - Date.parse(textOf(item, 'createdAt')) > 3 * MINUTE_MS ? undefined : item),
  (item) => ({ ...item, status: 'LOST' }),
  (item) => ({ ...item, amount: 'twelve' }),
  (item) => ({ ...item, amount: 7 }),
  (item) => ({ ...item, checkedBy: 'somebody' }),
  (item) => ({ ...item, version: versionOf(item) + 2 }),
  (item, chance) => ({ ...item, orderId: `H${chance.between(1, 5)}`, version: 1, status: 'SHIPPED' }),
  (_, chance) => ({ customerId: 'C1', orderId: `H${chance.between(1, 5)}`, amount: 3 }),
];

/**
 * Somebody edits an item, makes one or removes one. Not an order just made: a request for the same order that was sent in
 * the same millisecond and is still under way would make it again with the same event id.
 */
export const editByHand = (table: OrdersTable, chance: Chance, now: number): void => {
  const items = table.items();
  if (items.length === 0) return;
  const item = chance.pick(items);
  const edited = chance.pick(EDITS)(item, chance, now);
  table.edit(edited ? keyOf(edited) : keyOf(item), edited);
};
