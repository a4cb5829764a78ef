/** An order that a request is about. */
export interface Subject {
  customerId: string;
  orderId: string;
}

export type Operation = 'create' | 'create once' | 'read' | 'list' | 'cancel';

export const PAGE = 20;

export interface Contestant {
  name: string;
  /** What a reader should know of it. */
  says: string;
  entry: string;
  /** With nothing left out of the SDK. */
  plain?: boolean;
  /** Which of the two tables it keeps orders in: ours with three indexes, or the seed's with one. */
  table: 'ours' | 'seed';
  requests: Partial<Record<Operation, (subject: Subject) => unknown>>;
}

export const CONTENT = {
  amount: 1099,
  items: [
    { sku: 'SKU-1', quantity: 2, unitAmount: 450 },
    { sku: 'SKU-2', quantity: 1, unitAmount: 199 },
  ],
  note: 'Leave it with the neighbours',
};

const http = (
  method: string,
  template: string,
  subject: Subject,
  {
    body,
    query,
    headers,
  }: { body?: unknown; query?: Record<string, string>; headers?: Record<string, string> } = {},
) => {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => subject[name as keyof Subject]);
  const { customerId, orderId } = subject;
  return {
    version: '2.0',
    routeKey: `${method} ${template}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      host: 'api.example.com',
      'user-agent': 'bench',
      ...headers,
    },
    ...(query && { queryStringParameters: query }),
    pathParameters: template.includes('{orderId}') ? { customerId, orderId } : { customerId },
    isBase64Encoded: false,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'bench',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      requestId: `gateway-${orderId}`,
      routeKey: `${method} ${template}`,
      stage: '$default',
      time: '26/Nov/2026:10:00:00 +0000',
      timeEpoch: 1_795_687_200_000,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'bench' },
      authorizer: {
        jwt: { claims: { sub: 'user-1', scope: 'orders/customer', customer_id: customerId }, scopes: null },
      },
    },
  };
};

const ORDERS = '/customers/{customerId}/orders';
const ORDER = `${ORDERS}/{orderId}`;

const overHttp: Contestant['requests'] = {
  create: (subject) => http('PUT', ORDER, subject, { body: CONTENT }),
  'create once': (subject) =>
    http('POST', ORDERS, subject, {
      body: CONTENT,
      headers: { 'idempotency-key': `"key-of-${subject.orderId}"` },
    }),
  read: (subject) => http('GET', ORDER, subject),
  list: (subject) => http('GET', ORDERS, subject, { query: { limit: String(PAGE) } }),
  cancel: (subject) => http('POST', `${ORDER}/cancel`, subject),
};

const byAction: Contestant['requests'] = {
  create: (subject) => ({ action: 'create', item: { ...subject, ...CONTENT } }),
  read: (subject) => ({ action: 'read', ...subject }),
  list: ({ customerId }) => ({ action: 'list', customerId, limit: PAGE }),
  cancel: (subject) => ({ action: 'cancel', ...subject }),
};

const peer = (name: string): string => `bench/peers/src/${name}.ts`;

const library = (name: string): Contestant => ({
  name,
  says: `the seed's handler over ${name}`,
  entry: peer(name),
  table: 'seed',
  requests: byAction,
});

export const BARE = 'bare';
export const OURS = 'orders-api';
export const POWERTOOLS = 'powertools';

export const CONTESTANTS: readonly Contestant[] = [
  {
    name: BARE,
    says: "the seed's handler on the SDK, nothing around it",
    entry: peer('bare'),
    table: 'seed',
    requests: byAction,
  },
  {
    name: OURS,
    says: 'the function of this project',
    entry: 'src/adapters/lambda/orders-api.ts',
    table: 'ours',
    requests: overHttp,
  },
  {
    name: POWERTOOLS,
    says: 'event handler, validation with zod/mini, logger, metrics, idempotency',
    entry: peer('powertools'),
    table: 'seed',
    requests: overHttp,
  },
  library('electrodb'),
  library('dynamodb-toolbox'),
  library('dynamoose'),
];

interface Answer {
  statusCode?: number;
  body?: string;
}

/** What an answer says, however it is wrapped; throws for a refusal. */
export const said = (answer: unknown): unknown => {
  const { statusCode, body } = (answer ?? {}) as Answer;
  if (statusCode === undefined) return answer;
  if (statusCode >= 300) throw new Error(`answered ${statusCode}: ${body ?? ''}`);
  return body === undefined ? undefined : JSON.parse(body);
};
