import { isId } from '../domain/order.ts';
import { ok, type Result } from '../domain/result.ts';
import { limitOf, type PageQuery, sealedPage } from './paging.ts';
import type { CursorRefusal, Cursors, OrderPage, OrderRepository, OrderSelection } from './ports.ts';

export interface ListedOrders extends OrderPage {
  /** The list may not yet show what was written a moment ago. */
  mayLag: boolean;
}

/** By customer, status, date or order id. */
export const listOrders =
  ({ orders, cursors }: { orders: OrderRepository; cursors: Cursors }) =>
  async (
    selection: OrderSelection,
    { limit, direction = 'asc', cursor }: PageQuery = {},
  ): Promise<Result<ListedOrders, CursorRefusal>> => {
    const mayLag = !(selection.by === 'customer' && selection.consistent);
    if (!canHaveOrders(selection)) return ok({ orders: [], mayLag });
    return await sealedPage(cursors, ['orders', direction, ...filter(selection)], cursor, async (after) => {
      const page = await orders.list(selection, {
        limit: limitOf(limit),
        direction,
        ...(after !== undefined && { after }),
      });
      return { ...page, mayLag };
    });
  };

const canHaveOrders = (selection: OrderSelection): boolean =>
  (selection.by !== 'customer' || isId(selection.customerId)) &&
  (selection.by !== 'orderId' || isId(selection.orderId));

/** What a cursor is bound to: all that chooses orders, and nothing of how they are read. */
const filter = (selection: OrderSelection): readonly (string | undefined)[] => {
  switch (selection.by) {
    case 'customer':
      return ['customer', selection.customerId, selection.status];
    case 'status':
      return ['status', selection.status];
    case 'date':
      return ['date', selection.date, selection.from, selection.to];
    case 'orderId':
      return ['orderId', selection.orderId];
  }
};
