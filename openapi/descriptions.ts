import type { JsonSchema } from './schemas.ts';

/** What each field means, wherever it occurs: here and not beside the schemas, so that no function carries it. */
const FIELDS: Record<string, string> = {
  customerId: 'Whose order it is',
  orderId: 'Unique among the orders of its customer',
  amount:
    'In whole minor units of the currency: 1999 USD is 19.99 dollars. With items it is their sum, and may be left out',
  currency: 'ISO 4217, such as USD, which is the default',
  status: 'PENDING, CONFIRMED, SHIPPED, DELIVERED; or CANCELLED from one of the first two',
  items: 'What was ordered, at least one line',
  sku: "The shop's name of the article",
  quantity: 'How many of it',
  unitAmount: 'For one of it, in whole minor units of the currency',
  note: 'Free text. Logs leave it out',
  reason: 'Why, in words; kept in the history and told in the event',
  trackingNumber: "The carrier's",
  createdAt: 'In UTC',
  updatedAt: 'When the current version was made, in UTC',
  version: 'Counts the changes of the order, from 1. Its ETag',
  allowedTransitions: 'Where the order can go from here',
  etag: 'To send as If-Match, right from the list',
  mayLag: 'Whether the page may lag behind a write by a moment, as a list over an index does',
  userId: "The `sub` of the person's token",
  name: 'Of the person',
  role: 'In words; it grants nothing by itself',
  active: 'Only the active may act as staff',
  event: 'The event that told of this version',
  occurredAt: 'When, in UTC',
  actor:
    'Who did it: the `sub` of the token, `invoke` for a direct invocation, `system:ttl` for the end of the retention, or `system:unknown` for a change by hand',
  changed: 'Each field that changed; null where it was or became absent',
  from: 'The old value',
  to: 'The new value',
  updatedBy: 'Who made the current version',
  self: 'This page, as a relative link',
  next: 'The next page, as a relative link. Absent on the last page, and only there',
  type: 'The code as a relative URI',
  title: 'The same for each problem of this code',
  code: 'Stable: programs may decide by it',
  detail: 'What is wrong this time',
  errors: 'One entry for each wrong field or parameter',
  pointer: 'JSON Pointer to the wrong field of the body; empty for the whole',
  parameter: 'The wrong parameter of path or query',
  orderStatus: 'The current status of the order',
  correlationId: 'Names this request in logs and events; quote it when you ask us',
  message: 'In the words of the API gateway',
};

const USER = {
  version: 'Rises with each change. Its ETag',
  createdAt: 'In UTC; that of 1970 for one who was entered by hand',
  updatedAt: 'When the current version was made, in UTC; that of 1970 for one who was entered by hand',
};

/** Where a name means something else in that component. */
const OF_COMPONENT: Record<string, Record<string, string>> = {
  Problem: { status: 'The status code of the answer', type: 'The code as a relative URI' },
  Health: { status: 'ok' },
  User: USER,
  ListedUser: USER,
  HistoryEntry: { version: 'The version that came about' },
  HistoryPage: { items: 'The entries of this page, at most `limit` of them' },
  UserPage: { items: 'The users of this page, at most `limit` of them' },
  OrderPage: { items: 'The orders of this page, at most `limit` of them' },
};

const LEAST = -Number.MAX_SAFE_INTEGER;

/** The schema with a description for every field; what follows from the type is left out. */
export const described = (schema: JsonSchema, component: string): JsonSchema => {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const { properties, ...rest } = value as JsonSchema & { properties?: Record<string, JsonSchema> };
    if (rest['minimum'] === LEAST) delete rest['minimum'];
    if (rest['format'] === 'date-time') delete rest['pattern'];
    const walked = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, walk(inner)]));
    if (!properties) return walked;
    const fields = Object.entries(properties).map(([name, field]) => {
      const description = OF_COMPONENT[component]?.[name] ?? FIELDS[name];
      return [name, { ...(walk(field) as JsonSchema), ...(description !== undefined && { description }) }];
    });
    return { ...walked, properties: Object.fromEntries(fields) as unknown };
  };
  return walk(schema) as JsonSchema;
};
