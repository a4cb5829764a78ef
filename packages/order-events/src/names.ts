import type { OrderEventType } from './types.ts';

/** `source` of the events, unless a stage is configured otherwise. */
export const EVENT_SOURCE = 'orders.service';

/** The bus that the events are published to. */
export const EVENT_BUS_NAME = 'orders';

/** Version of the contract that this release describes; events say theirs in `metadata.schemaVersion`. */
export const SCHEMA_VERSION = '1.0';

/** The events that this release knows; a later one may add to them. */
export const ORDER_EVENT_TYPES = [
  'OrderCreated',
  'OrderAmended',
  'OrderConfirmed',
  'OrderShipped',
  'OrderDelivered',
  'OrderCancelled',
  'OrderDeleted',
  'OrderRestored',
  'OrderExpired',
] as const satisfies readonly OrderEventType[];

/** The statuses that this release knows; a later one may add to them. */
export const ORDER_STATUSES = ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED'] as const;
