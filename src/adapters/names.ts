import type { OrderEventType } from '../domain/order.ts';

/** Names that code and template share: environment variables, the keys of the tables, the types of events. */
export const ENV = {
  ordersTable: 'ORDERS_TABLE',
  usersTable: 'USERS_TABLE',
  idempotencyTable: 'IDEMPOTENCY_TABLE',
  indexShards: 'INDEX_SHARDS',
  defaultCurrency: 'DEFAULT_CURRENCY',
  orderRetentionDays: 'ORDER_RETENTION_DAYS',
  deletedRetentionDays: 'DELETED_RETENTION_DAYS',
  eventBus: 'EVENT_BUS_ARN',
  eventSource: 'EVENT_SOURCE',
  failureBucket: 'FAILURE_BUCKET',
  historyTable: 'HISTORY_TABLE',
  historyRetentionDays: 'HISTORY_RETENTION_DAYS',
  cursorKeySecret: 'CURSOR_KEY_SECRET',
  graceMinutes: 'GRACE_MINUTES',
  logHashKey: 'LOG_HASH_KEY',
} as const;

export const ORDERS_KEYS = { partition: 'customerId', sort: 'orderId', ttl: 'expiresAt' } as const;

export const ORDERS_INDEXES = {
  byStatus: { name: 'GSI1', partition: 'GSI1PK', sort: 'orderId' },
  byDay: { name: 'GSI2', partition: 'GSI2PK', sort: 'createdAt' },
  byOrderId: { name: 'GSI3', partition: 'GSI3PK', sort: 'customerId' },
} as const;

export const USERS_KEYS = { partition: 'userId' } as const;

/** One partition with every user: a directory of staff is small, and a list of it must not be a Scan. */
export const USERS_INDEX = { name: 'GSI1', partition: 'GSI1PK', sort: 'userId' } as const;

export const IDEMPOTENCY_KEYS = { partition: 'idempotencyKey', ttl: 'expiresAt' } as const;

export const HISTORY_KEYS = { partition: 'orderKey', sort: 'versionKey', ttl: 'expiresAt' } as const;

/** The partition of the history's table that holds how far the reconciler is: no order's, those have ids on both sides. */
export const RECONCILER_PARTITION = '#reconciler';

/** Where in the failure bucket the stream reader keeps what it could make nothing of. */
export const PARKED_PREFIX = 'parked/';

/** Every type of event, with whether its order is there afterwards. */
export const EVENT_TYPES = {
  OrderCreated: 'there',
  OrderAmended: 'there',
  OrderConfirmed: 'there',
  OrderShipped: 'there',
  OrderDelivered: 'there',
  OrderCancelled: 'there',
  OrderDeleted: 'gone',
  OrderRestored: 'there',
  OrderExpired: 'gone',
} as const satisfies Record<OrderEventType, 'there' | 'gone'>;

/** What a token lets its bearer do, as its `scope` says it. */
export const SCOPES = { customer: 'orders/customer', staff: 'orders/staff', admin: 'orders/admin' } as const;

/** Of a user pool of Cognito's: the attribute and claim that names a customer, and the groups of staff and admins. */
export const USER_POOL = { customerId: 'customer_id', groups: { staff: 'staff', admin: 'admin' } } as const;

export const METRICS_NAMESPACE = 'Orders';

/** Our own metrics, all of them under the dimension `service` alone. */
export const METRICS = {
  created: 'OrdersCreated',
  confirmed: 'OrdersConfirmed',
  shipped: 'OrdersShipped',
  delivered: 'OrdersDelivered',
  cancelled: 'OrdersCancelled',
  /** Events on the bus, and the milliseconds from the change to there; not of expiries, which nobody waits for. */
  published: 'EventsPublished',
  lag: 'PublishLag',
  /** Tried again, by the stream or by the reconciler's next round. */
  failed: 'EventsFailed',
  /** Left to a person. */
  parked: 'EventsParked',
  reconciled: 'OrdersReconciled',
  reemitted: 'EventsReemitted',
  gaps: 'OrdersWithGaps',
} as const;
