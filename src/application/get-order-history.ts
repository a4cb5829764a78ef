import type { OrderKey } from '../domain/order.ts';
import type { Result } from '../domain/result.ts';
import { getOrder } from './get-order.ts';
import { limitOf, type PageQuery, sealedPage } from './paging.ts';
import type { CursorRefusal, Cursors, OrderRepository, OrderTimeline, TimelinePage } from './ports.ts';

interface Dependencies {
  orders: OrderRepository;
  timeline: OrderTimeline;
  cursors: Cursors;
}

export interface ShownHistory extends TimelinePage {
  /** Its entries come by way of the events, which follow the changes. */
  mayLag: true;
}

/** What happened to an order that can be read; the history of a deleted one comes back with its restoration. */
export const getOrderHistory =
  ({ orders, timeline, cursors }: Dependencies) =>
  async (
    key: OrderKey,
    { limit, direction = 'asc', cursor }: PageQuery = {},
  ): Promise<Result<ShownHistory, { code: 'order-not-found' } | CursorRefusal>> => {
    const order = await getOrder({ orders })(key, true);
    if (!order.ok) return order;
    const list = ['history', direction, key.customerId, key.orderId];
    return await sealedPage(cursors, list, cursor, async (after) => {
      const page = { limit: limitOf(limit), direction, ...(after !== undefined && { after }) };
      return { ...(await timeline.read(key, page)), mayLag: true };
    });
  };
