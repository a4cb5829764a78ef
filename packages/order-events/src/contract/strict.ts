import { ORDER_STATUSES, SCHEMA_VERSION } from '../names.ts';
import type { OrderEventEnvelope } from '../types.ts';
import { orderEvent } from '../validators.ts';
import { EVENTS } from './event.ts';
import type { Issue } from './invalid-order-event-error.ts';

const strays = (given: unknown, known: unknown, path: readonly PropertyKey[] = []): Issue[] => {
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const at = [...path, key];
    if (!Object.hasOwn(known as object, key))
      return [{ path: at, message: 'the contract has no such field' }];
    return strays(value, (known as Record<string, unknown>)[key], at);
  });
};

const values = ({ detail }: OrderEventEnvelope): Issue[] => {
  const { metadata, data } = detail;
  const { status } = data.previous;
  const known = (value: string): boolean => (ORDER_STATUSES as readonly string[]).includes(value);
  return [
    ...(metadata.schemaVersion === SCHEMA_VERSION
      ? []
      : [{ path: ['detail', 'metadata', 'schemaVersion'], message: `is not ${SCHEMA_VERSION}` }]),
    ...(known(data.order.status)
      ? []
      : [{ path: ['detail', 'data', 'order', 'status'], message: 'is no status of the contract' }]),
    ...(status === undefined || known(status)
      ? []
      : [{ path: ['detail', 'data', 'previous', 'status'], message: 'is no status of the contract' }]),
  ];
};

const agreement = ({
  detail: {
    metadata,
    data: { order },
  },
}: OrderEventEnvelope): Issue[] => {
  const facts: [string, unknown, unknown][] = [
    ['sequence', metadata.sequence, order.version],
    ['occurredAt', metadata.occurredAt, order.updatedAt],
    ['groupId', metadata.groupId, `${order.customerId}#${order.orderId}`],
    ['deduplicationId', metadata.deduplicationId, metadata.eventId],
  ];
  return facts
    .filter(([, stated, due]) => stated !== due)
    .map(([field, stated, due]) => ({
      path: ['detail', 'metadata', field],
      message: `wanted ${JSON.stringify(due)} as the order has it, got ${JSON.stringify(stated)}`,
    }));
};

/** What a publisher must not do, and a reader must put up with: fields and values that this release does not know. */
export const breaches = (event: unknown): readonly Issue[] => {
  const result = orderEvent.safeParse(event);
  if (!result.success) return result.error.issues;
  const { data } = result;
  return [...strays(data, EVENTS[data['detail-type']].parse(data)), ...values(data), ...agreement(data)];
};
