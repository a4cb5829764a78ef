import * as z from 'zod/mini';
import {
  amendBody,
  createBody,
  shipBody,
  transitionBody,
  userBody,
  userPatch,
} from '../src/adapters/api-gateway/schemas.ts';
import { PROBLEM_TYPES, type ProblemCode } from '../src/adapters/api-gateway/problem-types.ts';
import type { PageBody, representUser } from '../src/adapters/api-gateway/responses.ts';
import type { represent } from '../src/adapters/order-representation.ts';
import { ORDER_EVENT_TYPES, ORDER_STATUSES, TRANSITIONS, type Transition } from '../src/domain/order.ts';

const transition = z.enum(Object.keys(TRANSITIONS) as [Transition, ...Transition[]]);
const version = z.int().check(z.minimum(0));
const amount = z.int().check(z.minimum(0));
const item = z.object({ sku: z.string(), quantity: z.int(), unitAmount: amount });

const order = z.object({
  customerId: z.string(),
  orderId: z.string(),
  amount,
  currency: z.string(),
  status: z.enum(ORDER_STATUSES),
  items: z.optional(z.array(item)),
  note: z.optional(z.string()),
  trackingNumber: z.optional(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version,
  allowedTransitions: z.array(transition),
} satisfies Record<keyof ReturnType<typeof represent>, z.ZodMiniType>);

const user = z.object({
  userId: z.string(),
  name: z.string(),
  role: z.string(),
  active: z.boolean(),
  version,
  createdAt: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
} satisfies Record<keyof ReturnType<typeof representUser>, z.ZodMiniType>);

const listedUser = z.extend(user, { etag: z.string() });
const listedOrder = z.extend(order, { etag: z.string() });
const page = (items: z.ZodMiniType) =>
  z.object({
    items: z.array(items),
    mayLag: z.boolean(),
    self: z.string(),
    next: z.optional(z.string()),
  } satisfies Record<keyof PageBody | 'self', z.ZodMiniType>);

const historyEntry = z.object({
  version,
  event: z.enum(ORDER_EVENT_TYPES),
  occurredAt: z.iso.datetime(),
  actor: z.string(),
  reason: z.optional(z.string()),
  changed: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
});

const codes = Object.keys(PROBLEM_TYPES) as [ProblemCode, ...ProblemCode[]];
const problemError = z.object({
  pointer: z.optional(z.string()),
  parameter: z.optional(z.string()),
  code: z.string(),
  detail: z.string(),
});
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(codes),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(problemError)),
  orderStatus: z.optional(z.enum(ORDER_STATUSES)),
  allowedTransitions: z.optional(z.array(transition)),
  correlationId: z.string(),
});

/** What requests say is what validates them; what answers say is checked against every answer of the tests. */
const SCHEMAS = {
  CreateOrder: createBody,
  AmendOrder: amendBody,
  Transition: transitionBody,
  Shipment: shipBody,
  Order: order,
  OrderItem: item,
  ListedOrder: listedOrder,
  OrderPage: page(listedOrder),
  HistoryEntry: historyEntry,
  HistoryPage: page(historyEntry),
  UserProfile: userBody,
  UserPatch: userPatch,
  User: user,
  ListedUser: listedUser,
  UserPage: page(listedUser),
  Problem: problem,
  ProblemError: problemError,
  GatewayMessage: z.object({ message: z.string() }),
  Health: z.object({ status: z.literal('ok') }),
} satisfies Record<string, z.ZodMiniType>;

export type SchemaName = keyof typeof SCHEMAS;
export type JsonSchema = { [key: string]: unknown };

/** Components by name: where one schema holds another of them, it refers to it. */
export const componentSchemas = (): Record<string, JsonSchema> => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, schema as JsonSchema]),
  );
};
