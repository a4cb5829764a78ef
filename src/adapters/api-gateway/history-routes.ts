import type { getOrderHistory } from '../../application/get-order-history.ts';
import type { UserDirectory } from '../../application/ports.ts';
import type { HistoryEntry } from '../../domain/order-history.ts';
import { pageOf } from '../order-input.ts';
import { parameter, pathOf, queryOf } from './request.ts';
import { pageResponse } from './responses.ts';
import { admitting, granted, type Route, type Routes } from './route.ts';
import * as schema from './schemas.ts';

export interface HistoryRouteDependencies {
  getOrderHistory: ReturnType<typeof getOrderHistory>;
  users: UserDirectory;
}

const told = ({ version, type, at, actor, reason, changed }: HistoryEntry) => ({
  version,
  event: type,
  occurredAt: at,
  actor,
  reason,
  changed,
});

export const historyRoutes = (use: HistoryRouteDependencies): Routes => {
  const admit = admitting(use.users);

  const read: Route = async (call) => {
    await admit(call, 'owner', 'staff');
    const { event } = call;
    const page = pageOf(queryOf(event, schema.historyQuery));
    const key = { customerId: parameter(event, 'customerId'), orderId: parameter(event, 'orderId') };
    const { entries, ...found } = granted(await use.getOrderHistory(key, page));
    const body = { ...found, items: entries.map(told) };
    return pageResponse(body, pathOf(event), event.queryStringParameters ?? {});
  };

  return { 'GET /customers/{customerId}/orders/{orderId}/history': read };
};
