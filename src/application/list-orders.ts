import { isId } from '../domain/order.ts';
import { ok, type Result } from '../domain/result.ts';
import type { InvalidCursor, OrderPage, OrderRepository, OrderSelection, PageRequest } from './ports.ts';

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

/** By customer, status, date or order id; asking for more than a page holds gives a full page. */
export const listOrders =
  ({ orders }: { orders: OrderRepository }) =>
  async (
    selection: OrderSelection,
    page: Partial<PageRequest> = {},
  ): Promise<Result<OrderPage, InvalidCursor>> =>
    canHaveOrders(selection)
      ? await orders.list(selection, {
          direction: 'asc',
          ...page,
          limit: Math.min(page.limit ?? DEFAULT_LIMIT, MAX_LIMIT),
        })
      : ok({ orders: [] });

const canHaveOrders = (selection: OrderSelection): boolean =>
  (selection.by !== 'customer' || isId(selection.customerId)) &&
  (selection.by !== 'orderId' || isId(selection.orderId));
