import type { Context } from 'aws-lambda';
import type { ApiEvent } from '../../src/adapters/api-gateway/request.ts';
import { API, apiContainer, TIMELINE, USERS } from '../../src/adapters/container/api.ts';
import { ORDERS, SIGNING_KEYS } from '../../src/adapters/container/orders.ts';
import { keysAtHand } from './cursors.ts';
import { holdToContract } from './contract.ts';
import { inMemoryOrders } from './in-memory-orders.ts';
import { inMemoryHistory } from './in-memory-ports.ts';
import { inMemoryUsers } from './in-memory-users.ts';
import { user } from './users.ts';

process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';

export const context = {
  awsRequestId: 'request-1',
  functionName: 'orders-api',
  getRemainingTimeInMillis: () => 10_000,
} as Context;

export const config = {
  ordersTable: 'Orders',
  usersTable: 'Users',
  historyTable: 'OrderHistory',
  cursorKeySecret: 'cursor-key',
  idempotencyTable: 'IdempotencyKeys',
  indexShards: 2,
  defaultCurrency: 'USD',
  orderRetentionDays: 400,
  deletedRetentionDays: 30,
};

export const OWNER = { sub: 'C101-user', scope: 'orders/customer', customer_id: 'C101' };
export const STRANGER = { sub: 'C102-user', scope: 'orders/customer', customer_id: 'C102' };
export const STAFF = { sub: 'U1001', scope: 'orders/staff' };
export const ADMIN = { sub: 'admin-1', scope: 'orders/admin' };
export const FORMER_STAFF = { sub: 'U1002', scope: 'orders/staff' };

const staff = [user(), user({ userId: 'U1002', active: false })];

export interface Request {
  routeKey: string;
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
  raw?: string;
  base64?: boolean;
  requestId?: string;
  claims?: Record<string, string> | undefined;
}

export const eventOf = ({
  routeKey,
  path = {},
  query = {},
  headers = {},
  body,
  raw,
  base64,
  requestId = 'gateway-1',
  claims,
}: Request): ApiEvent => {
  const [method = '', template = ''] = routeKey.split(' ');
  const rawPath = template.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '');
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    pathParameters: path,
    isBase64Encoded: base64 ?? false,
    ...(text !== undefined && { body: text }),
    requestContext: {
      requestId,
      http: { method, path: rawPath },
      ...(claims && { authorizer: { principalId: '', integrationLatency: 0, jwt: { claims, scopes: [] } } }),
    },
  } as unknown as ApiEvent;
};

/** The whole API function, as it is wired, over orders in memory. */
export const startApi = () => {
  const container = apiContainer(config);
  const orders = inMemoryOrders();
  container.rebind(ORDERS).toConstantValue(orders);
  const keys = keysAtHand();
  container.rebind(SIGNING_KEYS).toConstantValue(keys);
  const history = inMemoryHistory();
  container.rebind(TIMELINE).toConstantValue(history);
  const users = inMemoryUsers(staff);
  container.rebind(USERS).toConstantValue(users);
  const api = container.get(API);
  const call = async (request: Request) => {
    const event = eventOf(request);
    const { statusCode = 200, headers = {}, body } = await api(event, context);
    const answer = { status: statusCode, headers, body: (body ? JSON.parse(body) : undefined) as never };
    const header = (name: string) => headers[name.toLowerCase()]?.toString();
    const [method = '', path = ''] = request.routeKey.split(' ');
    holdToContract({ ...answer, header, method, path });
    return answer;
  };
  return { call, orders, users, keys, history };
};
