import type { DynamoDBRecord } from 'aws-lambda';
import type { OrderChange } from '../../application/publish-order-changes.ts';
import type { OrderRecord } from '../../domain/order.ts';
import type { Result } from '../../domain/result.ts';

/** What of an image may stand in a log: nothing that a customer wrote. */
const image = (record: OrderRecord | undefined) =>
  record && {
    status: record.order.status,
    version: record.order.version,
    amount: record.order.amount,
    currency: record.order.currency,
    deleted: record.deleted,
  };

export const loggedChange = (
  record: DynamoDBRecord,
  change: Result<OrderChange, { reason: string }>,
  customerName: (customerId: string) => string,
) => {
  const { customerId, orderId } = record.dynamodb?.Keys ?? {};
  return {
    operation: record.eventName,
    sequenceNumber: record.dynamodb?.SequenceNumber,
    orderId: orderId?.S,
    customer: customerId?.S === undefined ? undefined : customerName(customerId.S),
    ...(change.ok && { old: image(change.value.before), new: image(change.value.after) }),
  };
};
