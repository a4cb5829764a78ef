import type { amendOrder } from '../../application/amend-order.ts';
import type { Asking } from '../../application/change-order.ts';
import type { createOrder } from '../../application/create-order.ts';
import type { createOrderOnce } from '../../application/create-order-once.ts';
import type { deleteOrder } from '../../application/delete-order.ts';
import type { getOrder } from '../../application/get-order.ts';
import type { UserDirectory } from '../../application/ports.ts';
import type { restoreOrder } from '../../application/restore-order.ts';
import type { transitionOrder } from '../../application/transition-order.ts';
import type { Transition } from '../../domain/order.ts';
import type { AmendOrder } from '../../domain/order-decisions.ts';
import { defined } from '../order-input.ts';
import type { Role } from './principal.ts';
import { type Problem, problemOf, Refused } from './problem.ts';
import { type ApiEvent, bodyOf, idempotencyKeyOf, newId, parameter, queryOf, versionsOf } from './request.ts';
import { noContent, notModified, orderResponse, repeated } from './responses.ts';
import { admitting, type Call, granted, type Route, type Routes } from './route.ts';
import * as schema from './schemas.ts';

export interface OrderRouteDependencies {
  createOrder: ReturnType<typeof createOrder>;
  createOrderOnce: ReturnType<typeof createOrderOnce>;
  getOrder: ReturnType<typeof getOrder>;
  amendOrder: ReturnType<typeof amendOrder>;
  transitionOrder: ReturnType<typeof transitionOrder>;
  deleteOrder: ReturnType<typeof deleteOrder>;
  restoreOrder: ReturnType<typeof restoreOrder>;
  users: UserDirectory;
}

const keyOf = (event: ApiEvent) => ({
  customerId: parameter(event, 'customerId'),
  orderId: parameter(event, 'orderId'),
});

const ifMatchOnCreate: Problem = {
  code: 'if-match-unsupported',
  detail: 'There is no version yet that If-Match could name. Amend an order with PATCH.',
};

const requirePrecondition = (event: ApiEvent): void => {
  if (event.headers['if-match'] !== undefined) return;
  throw new Refused({
    code: 'if-match-required',
    detail: 'Send the ETag of the order as you last read it, so that nobody else is overwritten.',
  });
};

export const orderRoutes = (use: OrderRouteDependencies): Routes => {
  const admit = admitting(use.users);

  const asking = ({ event, by }: Call, reason?: string): Asking => {
    const versions = versionsOf(event, 'if-match');
    const ifVersions = versions === '*' ? undefined : versions;
    return {
      by: { ...by, ...defined({ reason }) },
      ...defined({ ifVersions, idempotencyKey: idempotencyKeyOf(event) }),
    };
  };

  const contentOf = async (call: Call) => {
    await admit(call, 'owner', 'staff');
    if (call.event.headers['if-match'] !== undefined) throw new Refused(ifMatchOnCreate);
    const customerId = newId(call.event, 'customerId');
    return { customerId, ...defined(bodyOf(call.event, schema.createBody)) };
  };

  const create: Route = async (call) => {
    const content = await contentOf(call);
    const key = idempotencyKeyOf(call.event);
    if (key === undefined) return orderResponse(granted(await use.createOrder(content, call.by)).order, 201);
    const { order, created } = granted(await use.createOrderOnce(content, key, call.by));
    return created ? orderResponse(order, 201) : repeated(orderResponse(order, 201));
  };

  const createNamed: Route = async (call) => {
    const content = { ...(await contentOf(call)), orderId: newId(call.event, 'orderId') };
    const key = idempotencyKeyOf(call.event);
    const { order, created, own } = granted(await use.createOrder(content, call.by, key));
    if (!created && !own && versionsOf(call.event, 'if-none-match') === '*')
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

  const orders = '/customers/{customerId}/orders';
  const order = `${orders}/{orderId}`;
  return {
    [`POST ${orders}`]: create,
    [`PUT ${order}`]: createNamed,
    [`GET ${order}`]: read,
    [`PATCH ${order}`]: amend,
    [`DELETE ${order}`]: remove,
    [`POST ${order}/confirm`]: transition('confirm', 'staff'),
    [`POST ${order}/ship`]: transition('ship', 'staff'),
    [`POST ${order}/deliver`]: transition('deliver', 'staff'),
    [`POST ${order}/cancel`]: transition('cancel', 'owner', 'staff'),
    [`POST ${order}/restore`]: restore,
  };
};
