import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Order } from '../../domain/order.ts';
import type { User } from '../../domain/user.ts';
import { represent } from '../order-representation.ts';

const etag = ({ version }: { version: number }): string => `"${version}"`;
const json = { 'content-type': 'application/json' };

export const orderResponse = (
  order: Order,
  statusCode: 200 | 201 = 200,
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: {
    ...json,
    etag: etag(order),
    ...(statusCode === 201 && { location: `/customers/${order.customerId}/orders/${order.orderId}` }),
  },
  body: JSON.stringify(represent(order)),
});

export const representUser = (user: User) => ({
  userId: user.userId,
  name: user.name,
  role: user.role,
  active: user.active,
  version: user.version,
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
  updatedBy: user.updatedBy,
});

export const listedUser = (user: User) => ({ ...representUser(user), etag: etag(user) });

export const userResponse = (user: User, statusCode: 200 | 201 = 200): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: {
    ...json,
    etag: etag(user),
    ...(statusCode === 201 && { location: `/users/${encodeURIComponent(user.userId)}` }),
  },
  body: JSON.stringify(representUser(user)),
});

/** The first answer once more. */
export const repeated = (answer: APIGatewayProxyStructuredResultV2): APIGatewayProxyStructuredResultV2 => ({
  ...answer,
  headers: { ...answer.headers, 'idempotency-replayed': 'true' },
});

export const notModified = (known: { version: number }): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 304,
  headers: { etag: etag(known) },
});

export const noContent: APIGatewayProxyStructuredResultV2 = { statusCode: 204 };

/** With what If-Match takes, so that an order can be changed right from a list. */
export const listed = (order: Order) => ({ ...represent(order), etag: etag(order) });

export interface PageBody {
  items: readonly unknown[];
  mayLag: boolean;
  next?: string;
}

/** The next page's link repeats this page's query with another cursor. */
export const pageResponse = (
  { items, mayLag, next }: PageBody,
  path: string,
  query: Record<string, string | undefined>,
): APIGatewayProxyStructuredResultV2 => {
  const link = (cursor?: string): string => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
    if (cursor !== undefined) search.set('cursor', cursor);
    return search.size > 0 ? `${path}?${search.toString()}` : path;
  };
  const links = { self: link(), ...(next !== undefined && { next: link(next) }) };
  return {
    statusCode: 200,
    headers: {
      ...json,
      link: Object.entries(links)
        .map(([rel, url]) => `<${url}>; rel="${rel}"`)
        .join(', '),
    },
    body: JSON.stringify({ items, mayLag, ...links }),
  };
};
