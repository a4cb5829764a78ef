import type * as z from 'zod/mini';
import { EVENTS } from '../src/contract/event.ts';
import {
  type NoPreviousValues,
  type OrderEventEnvelope,
  type OrderEventEnvelopeOf,
  type OrderEventType,
  ORDER_EVENT_TYPES,
} from '../src/index.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Validated<Type extends OrderEventType> = z.infer<(typeof EVENTS)[Type]>;

interface Told {
  detail: { metadata: object; data: { order: object; previous: object } };
}
/** Zod writes "no fields" as a record of nothing, and the types as fields that are never there. */
type Replaced<Previous> = string extends keyof Previous
  ? 'nothing'
  : Previous extends NoPreviousValues
    ? 'nothing'
    : Previous;
type Comparable<Event extends Told> = Omit<Event, 'detail'> & {
  metadata: Event['detail']['metadata'];
  order: Event['detail']['data']['order'];
  previous: Replaced<Event['detail']['data']['previous']>;
};

/** What the compiler would refuse, if types and validators said different things of any event. */
const agree: {
  [Type in OrderEventType]: Same<Comparable<Validated<Type>>, Comparable<OrderEventEnvelopeOf<Type>>>;
} = {
  OrderCreated: true,
  OrderAmended: true,
  OrderConfirmed: true,
  OrderShipped: true,
  OrderDelivered: true,
  OrderCancelled: true,
  OrderDeleted: true,
  OrderRestored: true,
  OrderExpired: true,
};

/** Compiles only as long as `detail-type` tells what `detail` is. */
const told = (event: OrderEventEnvelope): unknown => {
  switch (event['detail-type']) {
    case 'OrderCreated':
      return event.detail.data.order.status satisfies 'PENDING';
    case 'OrderCancelled':
      return event.detail.data.previous.status satisfies string;
    case 'OrderAmended':
      // @ts-expect-error An amendment leaves the status alone.
      return event.detail.data.previous.status satisfies string;
    case 'OrderExpired':
      // @ts-expect-error Nothing was replaced.
      return event.detail.data.previous.amount satisfies number;
    default:
      // @ts-expect-error The status may be one that this release does not know.
      return event.detail.data.order.status satisfies
        'PENDING' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED';
  }
};

it('given the types, then there is one for each event that is validated, and the compiler holds both to one another', () => {
  expect(Object.keys(agree)).toEqual([...ORDER_EVENT_TYPES]);
  expect(Object.keys(EVENTS)).toEqual([...ORDER_EVENT_TYPES]);
  expect(told).toBeInstanceOf(Function);
});
