import type { Order, OrderKey, OrderRecord, OrderStatus } from '../domain/order.ts';
import type { HistoryEntry } from '../domain/order-history.ts';
import type { OrderEvent } from '../domain/order-events.ts';
import type { Result } from '../domain/result.ts';
import type { User } from '../domain/user.ts';

export type OrderSelection =
  | { by: 'customer'; customerId: string; status?: OrderStatus; consistent?: boolean }
  | { by: 'status'; status: OrderStatus }
  /** A UTC day as YYYY-MM-DD; from and to are ISO times within it, both included. */
  | { by: 'date'; date: string; from?: string; to?: string }
  | { by: 'orderId'; orderId: string };

export type Direction = 'asc' | 'desc';

export interface PageRequest {
  limit: number;
  direction: Direction;
  /** What a page of the same selection and direction gave as its `next`. */
  after?: string;
}

export interface OrderPage {
  orders: Order[];
  /** Where the page ends, in words that only the repository reads; absent at the end, and only there. */
  next?: string;
}

export type CursorRefusal = { code: 'cursor-invalid' } | { code: 'cursor-expired' };

export interface Cursors {
  /** A text that nobody else can make; only the same list opens it. */
  seal(list: readonly unknown[], position: string): Promise<string>;
  /** The position that was sealed for this list, unless that is long ago. */
  open(list: readonly unknown[], cursor: string): Promise<Result<string, CursorRefusal>>;
}

export type Saved = { saved: true } | { saved: false; current?: OrderRecord };

export interface OrderRepository {
  /** Rejects with UnreadableOrder, as `save` does. The order, live or deleted; undefined where there is none. Consistent: sees every write acknowledged before. */
  find(key: OrderKey, consistent: boolean): Promise<OrderRecord | undefined>;
  /**
   * Writes whole or not at all, and only where the stored version is `expected` (undefined: where nothing is stored).
   * Otherwise answers with what is stored. Rejects with OrderTooLarge, before it writes.
   */
  save(record: OrderRecord, expected: number | undefined): Promise<Saved>;
  /**
   * Live orders only, and none that cannot be read: of a customer and of a status by orderId, of a day by createdAt, of an order id by customerId.
   * All but a customer's may lag behind writes.
   */
  list(selection: OrderSelection, page: PageRequest): Promise<OrderPage>;
}

/** Orders whose requests the callers named by keys of their own. */
export interface KeyedOrders {
  /**
   * Writes the new order and its key as one, whole or not at all. Where the customer's key is there already it writes
   * nothing, and answers with the order as it was first created under that key. Rejects with Contended.
   */
  create(record: OrderRecord, key: string): Promise<Order | undefined>;
}

export type Publication =
  | { outcome: 'published' }
  /** Refused for what it contains: trying again cannot help. */
  | { outcome: 'refused'; code: string; detail: string }
  /** Not published, and no later event of its order either: to be tried again. */
  | { outcome: 'failed'; code: string; detail: string };

export interface EventPublisher {
  /**
   * Publishes each order's events in the order given, and says of each, at its place, what came of it. Never rejects for a
   * single event, and answers before `deadline` (milliseconds since the epoch). Publishing again repeats the same bytes.
   */
  publish(events: readonly OrderEvent[], deadline: number): Promise<Publication[]>;
}

export interface ParkedRecord {
  /** The same for every delivery of the same change: parking again overwrites. */
  id: string;
  reason: string;
  payload: unknown;
}

export interface FailureStore {
  /** Keeps the record with its whole payload until an operator has seen to it; rejects where it could not. */
  park(record: ParkedRecord): Promise<void>;
}

export interface UserPage {
  users: User[];
  /** As that of an order page. */
  next?: string;
}

export type UserSaved = { saved: true } | { saved: false; current?: User };

export interface UserDirectory {
  /** The user as last written; undefined where there is none. */
  find(userId: string): Promise<User | undefined>;
  /**
   * Writes whole or not at all, and only where the stored version is `expected` (undefined: where nothing is stored).
   * Otherwise answers with what is stored.
   */
  save(user: User, expected: number | undefined): Promise<UserSaved>;
  /** Removes the user where the stored version is `expected`; otherwise answers with what is stored. */
  remove(userId: string, expected: number): Promise<UserSaved>;
  /** All users by userId, those put into the table by hand left out; may lag behind writes. */
  list(page: PageRequest): Promise<UserPage>;
}

export interface OrderHistory {
  /** Keeps the entry; one of the same order and version that is there already stays as it is. */
  record(entry: HistoryEntry): Promise<void>;
  /** Which versions are kept of the order that was created at that time, of those that it had at `since` and later. May lag behind. */
  versions(key: OrderKey, createdAt: string, since: string): Promise<Set<number>>;
}

/** A comparison of all orders that changed after the one time and not after the other, day by day, back from the newest. */
export interface Round {
  after?: string;
  until: string;
  /** Where it goes on; absent once it is done. */
  next?: { day: string; position?: string };
}

export interface Rounds {
  /** The round as last kept; undefined before the first. */
  last(): Promise<Round | undefined>;
  /** In place of what was kept before. */
  keep(round: Round): Promise<void>;
}

export interface TimelinePage {
  entries: HistoryEntry[];
  /** Where the page ends, in words that only the timeline reads; absent at the end, and only there. */
  next?: string;
}

export interface OrderTimeline {
  /** What is kept under the order's id, in the order of creations and versions. Lags behind writes by an event's way. */
  read(key: OrderKey, page: PageRequest): Promise<TimelinePage>;
}

/** The time as an ISO 8601 string in UTC with milliseconds. */
export type Clock = () => string;

export interface Ids {
  /** A new order id, unique, rising with time. */
  newOrderId(): string;
  /** The same for the same content, whatever the order of its keys. */
  fingerprint(content: unknown): string;
  /** The same for the same request: short, as each order keeps eight. */
  mutation(request: readonly unknown[]): string;
}

/** Others wrote the same at the same time for as long as there was; the request may be sent again. */
export class Contended extends Error {
  override readonly name = 'Contended';
}

/** What is stored under the key says something that no order can say; somebody has to mend it by hand. */
export class UnreadableOrder extends Error {
  override readonly name = 'UnreadableOrder';
}

/** Written, the order would exceed what can be stored of it, or told in one event. */
export class OrderTooLarge extends Error {
  override readonly name = 'OrderTooLarge';
}

/** An adapter's technology could not answer in time or for load; the request may be sent again. */
export class TemporarilyUnavailable extends Error {
  override readonly name = 'TemporarilyUnavailable';
}
