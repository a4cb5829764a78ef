import {
  answered,
  type CallOptions,
  type ChangeOptions,
  type Http,
  MERGE_PATCH,
  type PutOptions,
  sent,
  tagged,
  type WriteOptions,
} from './calls.ts';
import { type Listing, listing } from './listing.ts';
import type { components, operations } from './schema.ts';

type Schemas = components['schemas'];
type Query<Name extends keyof operations> = NonNullable<operations[Name]['parameters']['query']>;

/** An order as the service has it, with the `etag` that a change of it takes. */
export type Order = Schemas['ListedOrder'];
export type OrderStatus = Order['status'];
export type OrderItem = Schemas['OrderItem'];
/** What creates an order: an amount in minor units of the currency, or items to sum up. */
export type OrderContent = Schemas['CreateOrder'];
/** A JSON Merge Patch (RFC 7396): what is absent stays, null removes. */
export type OrderPatch = Schemas['AmendOrder'];
/** What happened to an order in one version. */
export type HistoryEntry = Schemas['HistoryEntry'];

/** Every order is one. */
export interface OrderKey {
  customerId: string;
  orderId: string;
}

/** Of a customer, perhaps in one status; or, for staff, of a status, of a day in UTC, or of an order id. */
export type OrderSelection =
  | ({ customerId: string } & Query<'listCustomerOrders'>)
  | ({ orderId: string } & Query<'listOrdersById'>)
  | Query<'listOrders'>;

const ORDERS = '/customers/{customerId}/orders';
const ORDER = `${ORDERS}/{orderId}` as const;

const pathOf = ({ customerId, orderId }: OrderKey) => ({ path: { customerId, orderId } });

/** Each method rejects with OrdersProblem, with OrdersUnreachable, or with the reason of the signal that ended it. */
export class Orders {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Creates an order under a new id, once for each call, whatever answers get lost. */
  async create(customerId: string, content: OrderContent, options: WriteOptions = {}): Promise<Order> {
    const params = { path: { customerId } };
    return await tagged(this.#http.POST(ORDERS, { params, body: content, ...sent(options) }));
  }

  /** Creates an order under an id of yours: again with the same content gives the order as it is now. */
  async put(key: OrderKey, content: OrderContent, options: PutOptions = {}): Promise<Order> {
    return await tagged(this.#http.PUT(ORDER, { params: pathOf(key), body: content, ...sent(options) }));
  }

  /** `consistent` sees every write that was answered before. */
  async get(key: OrderKey, options: CallOptions & Query<'getOrder'> = {}): Promise<Order> {
    const { consistent } = options;
    const params = { ...pathOf(key), query: consistent === undefined ? {} : { consistent } };
    return await tagged(this.#http.GET(ORDER, { params, ...sent(options) }));
  }

  /** Changes a pending order, if it is still in the version that `order` has: otherwise `version-stale` is thrown. */
  async amend(
    order: OrderKey & { etag: string },
    patch: OrderPatch,
    options: WriteOptions = {},
  ): Promise<Order> {
    const params = { ...pathOf(order), header: { 'If-Match': order.etag } };
    return await tagged(this.#http.PATCH(ORDER, { params, body: patch, ...sent(options, MERGE_PATCH) }));
  }

  /** By staff; to confirm again changes nothing. */
  async confirm(
    key: OrderKey,
    body: Schemas['Transition'] = {},
    options: ChangeOptions = {},
  ): Promise<Order> {
    return await tagged(this.#http.POST(`${ORDER}/confirm`, { params: pathOf(key), body, ...sent(options) }));
  }

  /** By staff; to ship again changes nothing. */
  async ship(key: OrderKey, body: Schemas['Shipment'] = {}, options: ChangeOptions = {}): Promise<Order> {
    return await tagged(this.#http.POST(`${ORDER}/ship`, { params: pathOf(key), body, ...sent(options) }));
  }

  /** By staff; to deliver again changes nothing. */
  async deliver(
    key: OrderKey,
    body: Schemas['Transition'] = {},
    options: ChangeOptions = {},
  ): Promise<Order> {
    return await tagged(this.#http.POST(`${ORDER}/deliver`, { params: pathOf(key), body, ...sent(options) }));
  }

  /** Before it is shipped; to cancel again changes nothing. */
  async cancel(key: OrderKey, body: Schemas['Transition'] = {}, options: ChangeOptions = {}): Promise<Order> {
    return await tagged(this.#http.POST(`${ORDER}/cancel`, { params: pathOf(key), body, ...sent(options) }));
  }

  /** By its owner while it is pending, by staff at any time. What is deleted already stays so. */
  async delete(key: OrderKey, options: ChangeOptions = {}): Promise<void> {
    await answered(this.#http.DELETE(ORDER, { params: pathOf(key), ...sent(options) }));
  }

  /** By staff: undoes a delete. */
  async restore(key: OrderKey, options: WriteOptions = {}): Promise<Order> {
    return await tagged(this.#http.POST(`${ORDER}/restore`, { params: pathOf(key), ...sent(options) }));
  }

  /**
   * All of a selection, page by page as they are asked for; `limit` is the size of a page, 25 if absent, at most 100.
   *
   * @example
   * for await (const order of client.orders.list({ customerId: 'C101', status: 'PENDING' })) console.log(order.orderId);
   */
  list(selection: OrderSelection, options: CallOptions = {}): Listing<Order> {
    const call = sent(options);
    return listing((cursor) => {
      const at = cursor === undefined ? {} : { cursor };
      if ('customerId' in selection) {
        const { customerId, ...query } = selection;
        const params = { path: { customerId }, query: { ...query, ...at } };
        return answered(this.#http.GET(ORDERS, { params, ...call }));
      }
      if ('orderId' in selection) {
        const { orderId, ...query } = selection;
        const params = { path: { orderId }, query: { ...query, ...at } };
        return answered(this.#http.GET('/orders/{orderId}', { params, ...call }));
      }
      return answered(this.#http.GET('/orders', { params: { query: { ...selection, ...at } }, ...call }));
    }, selection.cursor);
  }

  /** What happened to an order, its versions in order; a moment behind, since it is told by events. */
  history(
    key: OrderKey,
    paging: Query<'getOrderHistory'> = {},
    options: CallOptions = {},
  ): Listing<HistoryEntry> {
    const call = sent(options);
    return listing((cursor) => {
      const params = { ...pathOf(key), query: { ...paging, ...(cursor !== undefined && { cursor }) } };
      return answered(this.#http.GET(`${ORDER}/history`, { params, ...call }));
    }, paging.cursor);
  }
}
