import type { Chance } from './chance.ts';
import { type Item, keyOf, textOf, versionOf } from './item.ts';
import type { OrdersTable } from './orders-table.ts';

const MINUTE_MS = 60_000;

/** What people do to items in the console, past all our code. */
const EDITS: readonly ((item: Item, now: number) => Item | undefined)[] = [
  (item, now) => (now - Date.parse(textOf(item, 'createdAt')) > 3 * MINUTE_MS ? undefined : item),
  (item) => ({ ...item, status: 'LOST' }),
  (item) => ({ ...item, amount: 'twelve' }),
  (item) => ({ ...item, amount: 7 }),
  (item) => ({ ...item, checkedBy: 'somebody' }),
  (item) => ({ ...item, version: versionOf(item) + 2 }),
  (item, now) => ({ ...item, orderId: `H${now}`, version: 1, status: 'SHIPPED' }),
  (_, now) => ({ customerId: 'C1', orderId: `H${now}`, amount: 3 }),
];

/**
 * Somebody edits an item, makes one or removes one. Not an order just made: a request for the same order that was sent in
 * the same millisecond and is still under way would make it again with the same event id. Nor does anybody make an item
 * twice under one id: two without a createdAt of their own have the same event ids.
 */
export const editByHand = (table: OrdersTable, chance: Chance, now: number): void => {
  const items = table.items();
  if (items.length === 0) return;
  const item = chance.pick(items);
  const edited = chance.pick(EDITS)(item, now);
  table.edit(edited ? keyOf(edited) : keyOf(item), edited);
};
