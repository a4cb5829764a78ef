// Written by `npm run events` from contract/: change it there.

/** The statuses of this release, and whatever a later one adds: keep a default branch. */
export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED' | (string & {});

/** One line of an order. */
export interface OrderItem {
  /** The shop's name of the article. */
  sku: string;
  /** How many of it. */
  quantity: number;
  /** For one of it, in whole minor units of the currency. */
  unitAmount: number;
}

/** The state after the change; of a deleted or expired order the last one. */
export interface Order {
  /** Whose order it is: 1 to 64 of A-Z, a-z, 0-9, _ and -. */
  customerId: string;
  /** Unique among the orders of its customer only: 1 to 64 of A-Z, a-z, 0-9, _ and -. */
  orderId: string;
  /** In whole minor units of the currency: 1999 USD is 19.99 dollars. With items their sum. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** After the change. */
  status: OrderStatus;
  /** Absent where only an amount was given. */
  items?: OrderItem[];
  /** The customer's words: treat them as personal. Up to 1000 characters. */
  note?: string;
  /** The carrier's, if one was given. */
  trackingNumber?: string;
  /** In UTC with milliseconds. An order anew under the id of a deleted one has a later one. */
  createdAt: string;
  /** The same as occurredAt. */
  updatedAt: string;
  /** The same as sequence. */
  version: number;
}

/** The old values of the fields that changed, null for one that was absent; nothing else. */
export interface PreviousValues {
  /** Before the change. */
  status?: OrderStatus;
  /** In whole minor units of the currency. */
  amount?: number;
  /** ISO 4217; only a change by hand replaces it. */
  currency?: string;
  /** null where there were none. */
  items?: OrderItem[] | null;
  /** null where there was none. */
  note?: string | null;
  /** null where there was none. */
  trackingNumber?: string | null;
}

/** Nothing was replaced. */
export type NoPreviousValues = { [Field in keyof PreviousValues]?: never };

/** What happened, when, by whom, and as part of what. */
export interface OrderEventMetadata {
  /** The same for the same change, however often it is published: deduplicate on it. A UUIDv5. */
  eventId: string;
  /** The same as detail-type. */
  type: OrderEventType;
  /** Of this contract. 1.1 adds to 1.0 and takes nothing away. */
  schemaVersion: string;
  /** When the change was made, in UTC with milliseconds; never when it was published. */
  occurredAt: string;
  /** Of the request that made the change: it is in our logs. OrderExpired, and what was removed by hand, have that of the change before. */
  correlationId: string;
  /** The id that API Gateway gave the request. Absent where there was none: after a direct invocation, on OrderExpired, and on what was removed by hand. */
  causationId?: string;
  /** W3C trace context of the request, if there was one. */
  traceparent?: string;
  /** Who made the change: the `sub` of a token, `invoke` for a direct invocation, `system:ttl` for the end of the retention, or `system:unknown` for a change by hand. */
  actor: string;
  /** Why, in words, if the caller said so. */
  reason?: string;
  /** The order's version: counts its changes from 1 without gaps, so that what is stale or missing shows. Compare createdAt of the order first: under an id that is used again it may begin at 1. */
  sequence: number;
  /** customerId#orderId: the changes of one group have an order, ready for a FIFO bus. */
  groupId: string;
  /** The eventId, ready for a FIFO bus. */
  deduplicationId: string;
}

/** A customer placed an order, perhaps anew under the id of a deleted one. */
export interface OrderCreated {
  metadata: OrderEventMetadata & { type: 'OrderCreated' };
  data: { order: Order & { status: 'PENDING' }; previous: NoPreviousValues };
}

/** Amount, items or note of a pending order changed. */
export interface OrderAmended {
  metadata: OrderEventMetadata & { type: 'OrderAmended' };
  data: { order: Order & { status: 'PENDING' }; previous: PreviousValues & { status?: never } };
}

/** A pending order was confirmed. */
export interface OrderConfirmed {
  metadata: OrderEventMetadata & { type: 'OrderConfirmed' };
  data: { order: Order & { status: 'CONFIRMED' }; previous: PreviousValues & { status: OrderStatus } };
}

/** A confirmed order was shipped. */
export interface OrderShipped {
  metadata: OrderEventMetadata & { type: 'OrderShipped' };
  data: { order: Order & { status: 'SHIPPED' }; previous: PreviousValues & { status: OrderStatus } };
}

/** A shipped order was delivered. */
export interface OrderDelivered {
  metadata: OrderEventMetadata & { type: 'OrderDelivered' };
  data: { order: Order & { status: 'DELIVERED' }; previous: PreviousValues & { status: OrderStatus } };
}

/** An order was cancelled before it was shipped. */
export interface OrderCancelled {
  metadata: OrderEventMetadata & { type: 'OrderCancelled' };
  data: { order: Order & { status: 'CANCELLED' }; previous: PreviousValues & { status: OrderStatus } };
}

/** An order was deleted by a person. When it is gone for good, later, nothing is said of that. */
export interface OrderDeleted {
  metadata: OrderEventMetadata & { type: 'OrderDeleted' };
  data: { order: Order; previous: NoPreviousValues };
}

/** A deleted order is back, as it was. */
export interface OrderRestored {
  metadata: OrderEventMetadata & { type: 'OrderRestored' };
  data: { order: Order; previous: NoPreviousValues };
}

/** The retention of an order that was not deleted ended, and it is gone. */
export interface OrderExpired {
  metadata: OrderEventMetadata & { type: 'OrderExpired' };
  data: { order: Order; previous: NoPreviousValues };
}

/** The `detail` of each type of event. */
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

/** The `detail` of an event; `OrderEventEnvelope` tells by `detail-type` which one it is. */
export type OrderEvent = OrderEventDetails[OrderEventType];

/** An event of one type, as a rule's target gets it. */
export interface OrderEventEnvelopeOf<Type extends OrderEventType> {
  /** Of the envelope, not of the event: always 0. */
  version: string;
  /** Of this publication. The same event published again has another: deduplicate on detail.metadata.eventId. */
  id: string;
  /** The type of the event. */
  'detail-type': Type;
  /** orders.service, unless a stage is configured otherwise. */
  source: string;
  /** The publisher's AWS account. */
  account: string;
  /** When the change was made, to the second; detail.metadata.occurredAt has the milliseconds. */
  time: string;
  /** The publisher's AWS region. */
  region: string;
  /** Only on what a replay of the archive sends again. */
  'replay-name'?: string;
  /** Always empty. */
  resources: string[];
  /** The event. */
  detail: OrderEventDetails[Type];
}

/** An event as a rule's target gets it: `detail-type` tells what `detail` is. */
export type OrderEventEnvelope = { [Type in OrderEventType]: OrderEventEnvelopeOf<Type> }[OrderEventType];
