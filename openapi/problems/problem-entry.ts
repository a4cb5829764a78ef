import type { Caller, ExampleRequest, Step } from '../operation.ts';
import { created, PATH } from '../samples.ts';

export interface ProblemEntry extends ExampleRequest {
  /** What to do about it. */
  advice: string;
  /** The request that gets it. */
  route: string;
  as?: Caller;
  given?: readonly Step[];
  /** What no request can bring about by itself. */
  condition?: 'handmade-item' | 'old-cursor' | 'failure' | 'overload';
  /** What the problem says besides its code. */
  says?: Record<string, unknown>;
}

export const ORDERS = '/customers/{customerId}/orders';
export const ORDER = `${ORDERS}/{orderId}`;
export const read = { route: `GET ${ORDER}`, path: PATH };
export const put = { route: `PUT ${ORDER}`, path: PATH };
export const patch = { route: `PATCH ${ORDER}`, path: PATH, given: [created] };
