import createClient from 'openapi-fetch';
import type { Http } from './calls.ts';
import { Orders } from './orders.ts';
import type { paths } from './schema.ts';
import { transport, type TransportOptions } from './transport.ts';
import { Users } from './users.ts';

export interface OrdersClientOptions extends TransportOptions {
  /** Where the API is, such as `https://orders.example.com`; a path is kept. */
  baseUrl: string;
}

/**
 * A client of the Orders API. It holds no connection and needs no closing; one is enough for all calls of one caller.
 *
 * @example
 * const client = new OrdersClient({ baseUrl: 'https://orders.example.com', token: fetchToken });
 * const order = await client.orders.create('C101', { amount: 1999 });
 */
export class OrdersClient {
  readonly orders: Orders;
  /** The staff directory, for admins. */
  readonly users: Users;
  /**
   * Every path of the API by openapi-fetch, with the same token, keys and retries; answers of any status are returned.
   *
   * @example
   * const { data, error, response } = await client.http.GET('/health');
   */
  readonly http: Http;

  constructor({ baseUrl, ...options }: OrdersClientOptions) {
    this.http = createClient<paths>({ baseUrl, fetch: transport(options) });
    this.orders = new Orders(this.http);
    this.users = new Users(this.http);
  }
}
