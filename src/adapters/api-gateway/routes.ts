import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { amendOrder } from '../../application/amend-order.ts';
import type { Asking, ChangeRefusal } from '../../application/change-order.ts';
import type { createOrder } from '../../application/create-order.ts';
import type { deleteOrder } from '../../application/delete-order.ts';
import type { getOrder } from '../../application/get-order.ts';
import type { listOrders } from '../../application/list-orders.ts';
import type { InvalidCursor, OrderSelection, PageRequest, UserDirectory } from '../../application/ports.ts';
import type { restoreOrder } from '../../application/restore-order.ts';
import type { transitionOrder } from '../../application/transition-order.ts';
import type { Change, Transition } from '../../domain/order.ts';
import type { AmendOrder } from '../../domain/order-decisions.ts';
import type { Result } from '../../domain/result.ts';
import { defined } from '../order-input.ts';
import { type Principal, type Role, roleOf } from './principal.ts';
import { invalidQuery, type Problem, problemOf, Refused } from './problem.ts';
import { noContent, notModified, orderResponse, pageResponse } from './responses.ts';
import { type ApiEvent, bodyOf, newId, parameter, pathOf, queryOf, versionsOf } from './request.ts';
import * as schema from './schemas.ts';

export interface RouteDependencies {
  createOrder: ReturnType<typeof createOrder>;
  getOrder: ReturnType<typeof getOrder>;
  listOrders: ReturnType<typeof listOrders>;
  amendOrder: ReturnType<typeof amendOrder>;
  transitionOrder: ReturnType<typeof transitionOrder>;
  deleteOrder: ReturnType<typeof deleteOrder>;
  restoreOrder: ReturnType<typeof restoreOrder>;
  users: UserDirectory;
}

/** One request, and who makes it as part of what. */
export interface Call {
  event: ApiEvent;
  principal: Principal;
  by: Omit<Change, 'at'>;
}

type Route = (call: Call) => Promise<APIGatewayProxyStructuredResultV2>;

const granted = <T>(result: Result<T, ChangeRefusal | InvalidCursor>): T => {
  if (!result.ok) throw new Refused(problemOf(result.error));
  return result.value;
};

const keyOf = (event: ApiEvent) => ({
  customerId: parameter(event, 'customerId'),
  orderId: parameter(event, 'orderId'),
});

const ifMatchOnCreate: Problem = {
  status: 400,
  code: 'if-match-unsupported',
  title: 'This only creates',
  detail: 'There is no version yet that If-Match could name. Amend an order with PATCH.',
};

const requirePrecondition = (event: ApiEvent): void => {
  if (event.headers['if-match'] !== undefined) return;
  throw new Refused({
    status: 428,
    code: 'if-match-required',
    title: 'If-Match is required',
    detail: 'Send the ETag of the order as you last read it, so that nobody else is overwritten.',
  });
};

export const orderRoutes = (use: RouteDependencies): Record<string, Route> => {
  const admit = async ({ event, principal }: Call, ...roles: Role[]): Promise<Role> =>
    await roleOf(principal, roles, event.pathParameters?.['customerId'], use.users);

  const asking = ({ event, by }: Call, reason?: string): Asking => {
    const versions = versionsOf(event, 'if-match');
    const context = reason === undefined ? by : { ...by, reason };
    return versions === undefined || versions === '*'
      ? { by: context }
      : { by: context, ifVersions: versions };
  };

  const create =
    (orderId: (event: ApiEvent) => string | undefined): Route =>
    async (call) => {
      await admit(call, 'owner', 'staff');
      const { event, by } = call;
      if (event.headers['if-match'] !== undefined) throw new Refused(ifMatchOnCreate);
      const id = orderId(event);
      const request = { customerId: newId(event, 'customerId'), ...(id !== undefined && { orderId: id }) };
      const body = bodyOf(event, schema.createBody);
      const { order, created } = granted(await use.createOrder({ ...request, ...defined(body) }, by));
      if (!created && versionsOf(event, 'if-none-match') === '*')
        throw new Refused(problemOf({ code: 'order-exists' }, 412));
      return orderResponse(order, created ? 201 : 200);
    };

  const read: Route = async (call) => {
    await admit(call, 'owner', 'staff');
    const { consistent } = queryOf(call.event, schema.getQuery);
    const order = granted(await use.getOrder(keyOf(call.event), consistent));
    const known = versionsOf(call.event, 'if-none-match');
    return known === '*' || known?.includes(order.version) ? notModified(order) : orderResponse(order);
  };

  const amend: Route = async (call) => {
    await admit(call, 'owner', 'staff');
    requirePrecondition(call.event);
    const patch = defined(bodyOf(call.event, schema.amendBody)) as AmendOrder;
    return orderResponse(granted(await use.amendOrder(keyOf(call.event), patch, asking(call))));
  };

  const transition =
    (name: Transition, ...roles: Role[]): Route =>
    async (call) => {
      await admit(call, ...roles);
      const body = bodyOf(call.event, name === 'ship' ? schema.shipBody : schema.transitionBody, {});
      const { reason, trackingNumber }: { reason?: string | undefined; trackingNumber?: string | undefined } =
        body;
      const moved = await use.transitionOrder(keyOf(call.event), name, asking(call, reason), trackingNumber);
      return orderResponse(granted(moved));
    };

  const remove: Route = async (call) => {
    const role = await admit(call, 'owner', 'staff');
    granted(await use.deleteOrder(keyOf(call.event), role, asking(call)));
    return noContent;
  };

  const restore: Route = async (call) => {
    await admit(call, 'staff');
    return orderResponse(granted(await use.restoreOrder(keyOf(call.event), asking(call))));
  };

  const list = async ({ event }: Call, selection: OrderSelection, query: PageQuery) => {
    const { limit, cursor, order } = query;
    const page = defined({ limit, cursor, direction: order }) as Partial<PageRequest>;
    const found = granted(await use.listOrders(selection, page));
    return pageResponse(found, pathOf(event), event.queryStringParameters ?? {});
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
      throw new Refused(
        invalidQuery([{ parameter: 'from', code: 'bounds-reversed', detail: 'from is later than to' }]),
      );
    }
    return await list(call, { by: 'date', date: day, ...bounds }, query);
  };

  const listByOrderId: Route = async (call) => {
    await admit(call, 'staff');
    const query = queryOf(call.event, schema.orderIdQuery);
    return await list(call, { by: 'orderId', orderId: parameter(call.event, 'orderId') }, query);
  };

  const orders = '/customers/{customerId}/orders';
  const order = `${orders}/{orderId}`;
  return {
    [`POST ${orders}`]: create(() => undefined),
    [`GET ${orders}`]: listByCustomer,
    [`PUT ${order}`]: create((event) => newId(event, 'orderId')),
    [`GET ${order}`]: read,
    [`PATCH ${order}`]: amend,
    [`DELETE ${order}`]: remove,
    [`POST ${order}/confirm`]: transition('confirm', 'staff'),
    [`POST ${order}/ship`]: transition('ship', 'staff'),
    [`POST ${order}/deliver`]: transition('deliver', 'staff'),
    [`POST ${order}/cancel`]: transition('cancel', 'owner', 'staff'),
    [`POST ${order}/restore`]: restore,
    'GET /orders': listByStatusOrDate,
    'GET /orders/{orderId}': listByOrderId,
  };
};

interface PageQuery {
  limit?: number | undefined;
  cursor?: string | undefined;
  order?: 'asc' | 'desc' | undefined;
}

/** A time of the day in full; what it leaves open is filled from `rest`, so that "to 12:00" takes in that minute. */
const instant = (day: string, time: string | undefined, rest: string): string | undefined =>
  time === undefined ? undefined : `${day}T${time}${rest.slice(time.length)}Z`;
