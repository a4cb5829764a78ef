import type { listOrders } from '../../application/list-orders.ts';
import type { OrderSelection, UserDirectory } from '../../application/ports.ts';
import { defined, pageOf, type Paging } from '../order-input.ts';
import { Refused } from './problem.ts';
import { parameter, pathOf, queryOf } from './request.ts';
import { listed, pageResponse } from './responses.ts';
import { admitting, type Call, granted, type Route, type Routes } from './route.ts';
import * as schema from './schemas.ts';

export interface ListRouteDependencies {
  listOrders: ReturnType<typeof listOrders>;
  users: UserDirectory;
}

/** A time of the day in full; what it leaves open is filled from `rest`, so that "to 12:00" takes in that minute. */
const instant = (day: string, time: string | undefined, rest: string): string | undefined =>
  time === undefined ? undefined : `${day}T${time}${rest.slice(time.length)}Z`;

export const listRoutes = (use: ListRouteDependencies): Routes => {
  const admit = admitting(use.users);

  const list = async ({ event }: Call, selection: OrderSelection, query: Paging) => {
    const { orders, ...found } = granted(await use.listOrders(selection, pageOf(query)));
    const body = { ...found, items: orders.map(listed) };
    return pageResponse(body, pathOf(event), event.queryStringParameters ?? {});
  };

  const listByCustomer: Route = async (call) => {
    await admit(call, 'owner', 'staff');
    const { status, consistent, ...query } = queryOf(call.event, schema.customerQuery);
    const customerId = parameter(call.event, 'customerId');
    return await list(call, { by: 'customer', customerId, ...defined({ status, consistent }) }, query);
  };

  const listByStatusOrDate: Route = async (call) => {
    await admit(call, 'staff');
    const { status, date, from, to, ...query } = queryOf(call.event, schema.staffQuery);
    if (status !== undefined) return await list(call, { by: 'status', status }, query);
    const day = date ?? '';
    const bounds = defined({
      from: instant(day, from, '00:00:00.000'),
      to: instant(day, to, '00:00:59.999'),
    });
    if (bounds.from !== undefined && bounds.to !== undefined && bounds.from > bounds.to) {
      const errors = [{ parameter: 'from', code: 'bounds-reversed', detail: 'from is later than to' }];
      throw new Refused({ code: 'query-invalid', errors });
    }
    return await list(call, { by: 'date', date: day, ...bounds }, query);
  };

  const listByOrderId: Route = async (call) => {
    await admit(call, 'staff');
    const query = queryOf(call.event, schema.orderIdQuery);
    return await list(call, { by: 'orderId', orderId: parameter(call.event, 'orderId') }, query);
  };

  return {
    'GET /customers/{customerId}/orders': listByCustomer,
    'GET /orders': listByStatusOrDate,
    'GET /orders/{orderId}': listByOrderId,
  };
};
