import { createHash } from 'node:crypto';
import type { Order as PublishedOrder, OrderEventMetadata, PreviousValues } from 'order-events';
import type { Order, OrderItem, Previous } from '../../domain/order.ts';
import type { OrderEvent } from '../../domain/order-events.ts';
import { defined } from '../order-input.ts';

/** The contract with subscribers, as their package has it: nothing of the stored order gets into it but by name. */
export interface PublishedEvent {
  metadata: OrderEventMetadata;
  data: { order: PublishedOrder; previous: PreviousValues };
}

const NAMESPACE = Buffer.from('6f1c7a52b0c84f0e9d0e2a9a54c1e7d3', 'hex');

/** UUIDv5 (RFC 9562) of what makes the change this one and no other. */
const eventIdOf = ({ order, sequence, type }: OrderEvent): string => {
  const name = JSON.stringify([order.customerId, order.orderId, order.createdAt, sequence, type]);
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

const publishedItems = (items: readonly OrderItem[]) =>
  items.map(({ sku, quantity, unitAmount }) => ({ sku, quantity, unitAmount }));

const publishedPrevious = ({
  status,
  amount,
  currency,
  items,
  note,
  trackingNumber,
}: Previous): PreviousValues =>
  defined({ status, amount, currency, items: items && publishedItems(items), note, trackingNumber });

const publishedOrder = (order: Order): PublishedOrder => ({
  customerId: order.customerId,
  orderId: order.orderId,
  amount: order.amount,
  currency: order.currency,
  status: order.status,
  ...defined({
    items: order.items && publishedItems(order.items),
    note: order.note,
    trackingNumber: 'trackingNumber' in order ? order.trackingNumber : undefined,
  }),
  createdAt: order.createdAt,
  updatedAt: order.change.at,
  version: order.version,
});

export const toPublished = (event: OrderEvent): PublishedEvent => {
  const { order, change, sequence, type, previous } = event;
  const eventId = eventIdOf(event);
  return {
    metadata: {
      eventId,
      type,
      schemaVersion: '1.0',
      occurredAt: change.at,
      correlationId: change.correlationId,
      ...defined({ causationId: change.causationId, traceparent: change.traceparent }),
      actor: change.actor,
      ...defined({ reason: change.reason }),
      sequence,
      groupId: `${order.customerId}#${order.orderId}`,
      deduplicationId: eventId,
    },
    data: { order: publishedOrder(order), previous: publishedPrevious(previous) },
  };
};
