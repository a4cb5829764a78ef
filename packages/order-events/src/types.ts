/** Open: a later release may add values, so readers keep a default branch. */
export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED' | (string & {});

export interface OrderItem {
  sku: string;
  quantity: number;
  /** In the currency's minor unit. */
  unitAmount: number;
}

/** The state after the change; of a deleted or expired order the last one. */
export interface Order {
  customerId: string;
  orderId: string;
  /** In the currency's minor unit. */
  amount: number;
  currency: string;
  status: OrderStatus;
  items?: OrderItem[];
  note?: string;
  trackingNumber?: string;
  createdAt: string;
  updatedAt: string;
  version: number;
}

/** The old values of the fields that changed; null for one that was absent. */
export interface PreviousValues {
  status?: OrderStatus;
  amount?: number;
  currency?: string;
  items?: OrderItem[] | null;
  note?: string | null;
  trackingNumber?: string | null;
}

export interface OrderEventMetadata {
  eventId: string;
  type: OrderEventType;
  schemaVersion: string;
  occurredAt: string;
  correlationId: string;
  causationId?: string;
  traceparent?: string;
  actor: string;
  reason?: string;
  sequence: number;
  groupId: string;
  deduplicationId: string;
}

interface Detail<Type extends OrderEventType, Status extends OrderStatus, Previous> {
  metadata: OrderEventMetadata & { type: Type };
  data: { order: Order & { status: Status }; previous: Previous };
}

export type NothingPrevious = { [Field in keyof PreviousValues]?: never };
export type PreviousOfTransition = PreviousValues & { status: OrderStatus };

export type OrderCreated = Detail<'OrderCreated', 'PENDING', NothingPrevious>;
export type OrderAmended = Detail<'OrderAmended', 'PENDING', PreviousValues>;
export type OrderConfirmed = Detail<'OrderConfirmed', 'CONFIRMED', PreviousOfTransition>;
export type OrderShipped = Detail<'OrderShipped', 'SHIPPED', PreviousOfTransition>;
export type OrderDelivered = Detail<'OrderDelivered', 'DELIVERED', PreviousOfTransition>;
export type OrderCancelled = Detail<'OrderCancelled', 'CANCELLED', PreviousOfTransition>;
export type OrderDeleted = Detail<'OrderDeleted', OrderStatus, NothingPrevious>;
export type OrderRestored = Detail<'OrderRestored', OrderStatus, NothingPrevious>;
export type OrderExpired = Detail<'OrderExpired', OrderStatus, NothingPrevious>;

/** The `detail` of an event on the bus, by its type. */
export interface OrderEventDetails {
  OrderCreated: OrderCreated;
  OrderAmended: OrderAmended;
  OrderConfirmed: OrderConfirmed;
  OrderShipped: OrderShipped;
  OrderDelivered: OrderDelivered;
  OrderCancelled: OrderCancelled;
  OrderDeleted: OrderDeleted;
  OrderRestored: OrderRestored;
  OrderExpired: OrderExpired;
}

export type OrderEventType = keyof OrderEventDetails;

/** The `detail` of an event on the bus. */
export type OrderEvent = OrderEventDetails[OrderEventType];

/** The event as a rule's target gets it, of one type. */
export interface OrderEventEnvelopeOf<Type extends OrderEventType> {
  version: string;
  id: string;
  'detail-type': Type;
  source: string;
  account: string;
  /** To the second; `detail.metadata.occurredAt` has milliseconds. */
  time: string;
  region: string;
  /** Of an event that a replay sent again. */
  'replay-name'?: string;
  resources: string[];
  detail: OrderEventDetails[Type];
}

/** The event as a rule's target gets it: `detail-type` tells what `detail` is. */
export type OrderEventEnvelope = { [Type in OrderEventType]: OrderEventEnvelopeOf<Type> }[OrderEventType];
