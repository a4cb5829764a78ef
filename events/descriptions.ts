import type { OrderEventType } from '../packages/order-events/src/types.ts';
import type { EVENTS } from '../packages/order-events/src/contract/event.ts';
import type { item, order, previousValues } from '../packages/order-events/src/contract/order.ts';

type Fields<Schema extends { shape: object }> = Record<keyof Schema['shape'], string>;

type Envelope = typeof EVENTS.OrderCreated;
type Detail = Envelope['shape']['detail'];

/** What each field means: here and not beside the schemas, so that no subscriber's function carries it. */
export const FIELDS: {
  Envelope: Fields<Envelope>;
  Detail: Fields<Detail>;
  Data: Fields<Detail['shape']['data']>;
  OrderEventMetadata: Fields<Detail['shape']['metadata']>;
  Order: Fields<typeof order>;
  OrderItem: Fields<typeof item>;
  PreviousValues: Fields<typeof previousValues>;
} = {
  Envelope: {
    version: 'Of the envelope, not of the event: always 0',
    id: 'Of this publication. The same event published again has another: deduplicate on detail.metadata.eventId',
    'detail-type': 'The type of the event',
    source: 'orders.service, unless a stage is configured otherwise',
    account: "The publisher's AWS account",
    time: 'When the change was made, to the second; detail.metadata.occurredAt has the milliseconds',
    region: "The publisher's AWS region",
    'replay-name': 'Only on what a replay of the archive sends again',
    resources: 'Always empty',
    detail: 'The event',
  },
  Detail: { metadata: 'What happened, when, and to what it belongs', data: 'The order' },
  Data: { order: 'The order after the change', previous: 'What the change replaced' },
  OrderEventMetadata: {
    eventId: 'The same for the same change, however often it is published: deduplicate on it. A UUIDv5',
    type: 'The same as detail-type',
    schemaVersion: 'Of this contract. 1.1 adds to 1.0 and takes nothing away',
    occurredAt: 'When the change was made, in UTC with milliseconds; never when it was published',
    correlationId:
      'Of the request that made the change: it is in our logs. OrderExpired, and what was removed by hand, have that of the change before',
    causationId:
      'The id that API Gateway gave the request. Absent where there was none: after a direct invocation, on OrderExpired, and on what was removed by hand',
    traceparent: 'W3C trace context of the request, if there was one',
    actor:
      'Who made the change: the `sub` of a token, `invoke` for a direct invocation, `system:ttl` for the end of the retention, or `system:unknown` for a change by hand',
    reason: 'Why, in words, if the caller said so',
    sequence:
      "The order's version: counts its changes from 1 without gaps, so that what is stale or missing shows. Compare createdAt of the order first: under an id that is used again it may begin at 1",
    groupId: 'customerId#orderId: the changes of one group have an order, ready for a FIFO bus',
    deduplicationId: 'The eventId, ready for a FIFO bus',
  },
  Order: {
    customerId: 'Whose order it is: 1 to 64 of A-Z, a-z, 0-9, _ and -',
    orderId: 'Unique among the orders of its customer only: 1 to 64 of A-Z, a-z, 0-9, _ and -',
    amount: 'In whole minor units of the currency: 1999 USD is 19.99 dollars. With items their sum',
    currency: 'ISO 4217',
    status: 'After the change',
    items: 'Absent where only an amount was given',
    note: "The customer's words: treat them as personal. Up to 1000 characters",
    trackingNumber: "The carrier's, if one was given",
    createdAt: 'In UTC with milliseconds. An order anew under the id of a deleted one has a later one',
    updatedAt: 'The same as occurredAt',
    version: 'The same as sequence',
  },
  OrderItem: {
    sku: "The shop's name of the article",
    quantity: 'How many of it',
    unitAmount: 'For one of it, in whole minor units of the currency',
  },
  PreviousValues: {
    status: 'Before the change',
    amount: 'In whole minor units of the currency',
    currency: 'ISO 4217; only a change by hand replaces it',
    items: 'null where there were none',
    note: 'null where there was none',
    trackingNumber: 'null where there was none',
  },
};

/** The parts of an event that have a name of their own. */
export const PARTS: Record<string, { description: string; fields: Record<string, string> }> = {
  OrderEventMetadata: {
    description: 'What happened, when, by whom, and as part of what',
    fields: FIELDS.OrderEventMetadata,
  },
  Order: {
    description: 'The state after the change; of a deleted or expired order the last one',
    fields: FIELDS.Order,
  },
  OrderItem: { description: 'One line of an order', fields: FIELDS.OrderItem },
  PreviousValues: {
    description: 'The old values of the fields that changed, null for one that was absent; nothing else',
    fields: FIELDS.PreviousValues,
  },
};

/** What each event tells. */
export const WHEN: Record<OrderEventType, string> = {
  OrderCreated: 'A customer placed an order, perhaps anew under the id of a deleted one',
  OrderAmended: 'Amount, items or note of a pending order changed',
  OrderConfirmed: 'A pending order was confirmed',
  OrderShipped: 'A confirmed order was shipped',
  OrderDelivered: 'A shipped order was delivered',
  OrderCancelled: 'An order was cancelled before it was shipped',
  OrderDeleted: 'An order was deleted by a person. When it is gone for good, later, nothing is said of that',
  OrderRestored: 'A deleted order is back, as it was',
  OrderExpired: 'The retention of an order that was not deleted ended, and it is gone',
};
