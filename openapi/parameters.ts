import * as z from 'zod/mini';
import * as schemas from '../src/adapters/api-gateway/schemas.ts';
import { id } from '../src/adapters/order-input.ts';
import type { JsonSchema } from './schemas.ts';

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonSchema;
}

/** As they are written in a URL, numbers and flags are text; this is what the text stands for. */
const QUERY: Record<string, { description: string; schema?: JsonSchema }> = {
  limit: {
    description: 'How many at most; more than 100 are answered as 100',
    schema: { type: 'integer', minimum: 1, maximum: 999_999_999 },
  },
  cursor: { description: 'From the `next` link of a page with the same path, filters and order' },
  order: { description: 'Ascending unless you say otherwise' },
  status: { description: 'Only orders of this status' },
  consistent: {
    description: 'Whether to see every write that was answered before; lists over an index may lag',
    schema: { type: 'boolean' },
  },
  date: {
    description: 'Only orders created on this day, in UTC',
    schema: { type: 'string', format: 'date' },
  },
  from: { description: 'With `date`: the earliest time of that day, HH:MM, HH:MM:SS or HH:MM:SS.mmm' },
  to: { description: 'With `date`: the latest time of that day, included' },
};

export const queryParameters = (name: keyof typeof schemas): Parameter[] => {
  const { properties = {} } = z.toJSONSchema(schemas[name], { io: 'input' });
  return Object.entries(properties).map(([parameter, schema]) => {
    const known = QUERY[parameter];
    if (!known) throw new Error(`openapi/parameters.ts has no entry for the query parameter ${parameter}`);
    return {
      name: parameter,
      in: 'query',
      required: false,
      description: known.description,
      schema: known.schema ?? (schema as JsonSchema),
    };
  });
};

/** As `isUserId` of the domain has it. */
const userId = z.string().check(z.regex(/^[!-.0-~]{1,255}$/));

const PATH: Record<string, string> = {
  userId: "The `sub` of the person's token",
  customerId: 'Whose orders: the `customer_id` of the token, or any for staff',
  orderId: 'Unique among the orders of its customer',
  file: 'As the page names it',
};

/** Ids of orders and customers, but for these. */
const PATH_SCHEMAS: Record<string, z.ZodMiniType> = { userId, file: z.string() };

export const pathParameters = (route: string): Parameter[] =>
  [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const description = PATH[name];
    if (description === undefined) throw new Error(`openapi/parameters.ts has no entry for {${name}}`);
    const { $schema, ...schema } = z.toJSONSchema(PATH_SCHEMAS[name] ?? id);
    return { name, in: 'path', required: true, description, schema: schema };
  });

const etags = 'One ETag or several as they were answered, with their quotes, or *';
const HEADERS = {
  'If-Match': [`${etags}. The change is made only to that version`, { type: 'string' }],
  'If-None-Match': [etags, { type: 'string' }],
  'Idempotency-Key': [
    'A UUID or the like, new for each thing that you want done, the same when you send it again: a POST that creates is answered as the first time, for 7 days; what else it names is done once, as long as it is among the last eight changes of what it changes',
    { type: 'string', pattern: '^("?)([\\x21\\x23-\\x7e]{1,255})\\1$' },
  ],
  'X-Correlation-Id': [
    'A name of yours for this request, found again in answer, logs and event; made if absent or ill-formed',
    { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$' },
  ],
  traceparent: ['W3C Trace Context, carried on into the event', { type: 'string' }],
} as const satisfies Record<string, readonly [string, JsonSchema]>;

export const headerParameter = (name: string, required: boolean): Parameter => {
  const known = (HEADERS as Record<string, readonly [string, JsonSchema]>)[name];
  if (!known) throw new Error(`openapi/parameters.ts has no entry for the header ${name}`);
  return { name, in: 'header', required, description: known[0], schema: known[1] };
};
