import type { OrderEventType } from '../types.ts';
import {
  type AmendmentFilter,
  type CancellationFilter,
  type Left,
  type OneOrMore,
  type OrderFilter,
  type Reached,
  REACHED,
  type StatusFilter,
} from './filters.ts';
import { changed, checked, field, listOf, type OrderEventPattern, patternOf } from './pattern.ts';

const ofType =
  (type: OrderEventType) =>
  (filter: OrderFilter = {}): OrderEventPattern =>
    patternOf([type], filter);

const from = (statuses: OneOrMore<string> | undefined) => field('status', statuses);

/**
 * Event patterns for the events of orders. Each call gives plain JSON that EventBridge accepts.
 *
 * @throws InvalidPatternError for a filter that makes a pattern EventBridge would refuse, such as one that is too long.
 * @throws RangeError for an amount that EventBridge does not promise to compare, and for a change of status that no order makes.
 */
export const patterns = {
  /** Every event of orders, those of later releases too. */
  all: (filter: OrderFilter = {}) => patternOf(undefined, filter),
  /** Events of several types. */
  of: (types: OneOrMore<OrderEventType>, filter: OrderFilter = {}) => patternOf(listOf(types), filter),
  orderCreated: ofType('OrderCreated'),
  orderAmended: ({ changed: fields, ...filter }: AmendmentFilter = {}) =>
    patternOf(['OrderAmended'], filter, fields === undefined ? {} : changed(fields)),
  orderConfirmed: ofType('OrderConfirmed'),
  orderShipped: ofType('OrderShipped'),
  orderDelivered: ofType('OrderDelivered'),
  orderCancelled: ({ from: statuses, ...filter }: CancellationFilter = {}) =>
    patternOf(['OrderCancelled'], filter, from(statuses)),
  orderDeleted: ofType('OrderDeleted'),
  orderRestored: ofType('OrderRestored'),
  orderExpired: ofType('OrderExpired'),
  /** Confirmed, shipped, delivered or cancelled. */
  statusChanged: ({ from: left, to, ...filter }: StatusFilter = {}): OrderEventPattern => {
    const reached = (to === undefined ? (Object.keys(REACHED) as Reached[]) : listOf(to)).filter(
      (status) =>
        left === undefined ||
        listOf(left).some((each) => (REACHED[status].from as readonly Left[]).includes(each)),
    );
    if (reached.length === 0) throw new RangeError(`no order goes from ${String(left)} to ${String(to)}`);
    return patternOf(
      reached.map((status) => REACHED[status].type),
      filter,
      from(left),
    );
  },
  /** What any of the given patterns matches. */
  anyOf: (
    ...given: readonly [OrderEventPattern, OrderEventPattern, ...OrderEventPattern[]]
  ): OrderEventPattern => checked({ $or: given }),
};
