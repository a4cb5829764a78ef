export type { CallOptions, ChangeOptions, Http, PutOptions, WriteOptions } from './calls.ts';
export type { Listing, Page } from './listing.ts';
export type {
  HistoryEntry,
  Order,
  OrderContent,
  OrderItem,
  OrderKey,
  OrderPatch,
  Orders,
  OrderSelection,
  OrderStatus,
} from './orders.ts';
export { OrdersClient, type OrdersClientOptions } from './orders-client.ts';
export { type FieldProblem, OrdersProblem, type ProblemCode } from './problem.ts';
export type { RetryOptions } from './retry.ts';
export type { components, operations, paths } from './schema.ts';
export type { Token } from './token.ts';
export type { TransportOptions } from './transport.ts';
export { OrdersUnreachable } from './unreachable.ts';
export type { User, UserPaging, UserPatch, UserProfile, Users } from './users.ts';
