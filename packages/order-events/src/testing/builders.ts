import { InvalidOrderEventError } from '../contract/invalid-order-event-error.ts';
import { breaches } from '../contract/strict.ts';
import { EVENT_SOURCE, SCHEMA_VERSION } from '../names.ts';
import type {
  Order,
  OrderEventEnvelope,
  OrderEventEnvelopeOf,
  OrderEventMetadata,
  OrderEventType,
  OrderItem,
  PreviousValues,
} from '../types.ts';
import { uuidOf } from './identity.ts';

/** Fields in place of the usual ones; one that is undefined is left out. */
export type Given<Fields> = { [Field in keyof Fields]?: Fields[Field] | undefined };

/** What differs from the usual. Whatever depends on it follows: ids, sequence and times, and the amount of items. */
export interface Overrides {
  order?: Given<Order>;
  previous?: PreviousValues;
  metadata?: Given<Omit<OrderEventMetadata, 'type'>>;
  envelope?: Given<Omit<OrderEventEnvelope, 'detail-type' | 'detail'>>;
}

interface Usual {
  version: number;
  order?: Partial<Order>;
  previous?: PreviousValues;
  actor?: string;
}

const OWNER = 'U1001';
const STAFF = 'U1003';
const CREATED_AT = '2026-11-22T10:00:00.000Z';
const EXPIRED_AT = '2027-12-27T10:00:00.000Z';
/** Of what is shipped, where the test does not say. */
export const TRACKING = { trackingNumber: 'TRK-7781' };

const USUAL: Record<OrderEventType, Usual> = {
  OrderCreated: { version: 1 },
  OrderAmended: { version: 2 },
  OrderConfirmed: {
    version: 2,
    order: { status: 'CONFIRMED' },
    previous: { status: 'PENDING' },
    actor: STAFF,
  },
  OrderShipped: {
    version: 3,
    order: { status: 'SHIPPED', ...TRACKING },
    previous: { status: 'CONFIRMED' },
    actor: STAFF,
  },
  OrderDelivered: {
    version: 4,
    order: { status: 'DELIVERED', ...TRACKING },
    previous: { status: 'SHIPPED' },
    actor: STAFF,
  },
  OrderCancelled: { version: 2, order: { status: 'CANCELLED' }, previous: { status: 'PENDING' } },
  OrderDeleted: { version: 2, actor: STAFF },
  OrderRestored: { version: 3, actor: STAFF },
  OrderExpired: {
    version: 5,
    order: { status: 'DELIVERED', ...TRACKING, updatedAt: EXPIRED_AT },
    actor: 'system:ttl',
  },
};

const minutesAfter = (time: string, minutes: number): string =>
  new Date(Date.parse(time) + minutes * 60_000).toISOString();

const sum = (items: readonly OrderItem[]): number =>
  items.reduce((total, { quantity, unitAmount }) => total + quantity * unitAmount, 0);

/** What is not an order after all is found by the contract. */
const orderOf = (usual: Usual, given: Given<Order>): Order => {
  const version = given.version ?? usual.version;
  const createdAt = given.createdAt ?? CREATED_AT;
  const order: Given<Order> = {
    customerId: 'C101',
    orderId: 'O5001',
    amount: given.items ? sum(given.items) : 1999,
    currency: 'USD',
    status: 'PENDING',
    createdAt,
    updatedAt: minutesAfter(createdAt, version - 1),
    ...usual.order,
    ...given,
    version,
  };
  return order as Order;
};

/** What the change replaced, where the test does not say. */
const previousOf = (
  type: OrderEventType,
  { amount, trackingNumber }: Order,
  usual: Usual,
): PreviousValues => {
  if (type === 'OrderAmended') return { amount: amount === 1999 ? 2499 : 1999 };
  const isNew = type === 'OrderShipped' && trackingNumber !== undefined;
  return { ...usual.previous, ...(isNew && { trackingNumber: null }) };
};

/**
 * An event as a rule's target gets it, valid and consistent in itself; the same for the same overrides.
 *
 * @throws InvalidOrderEventError where the overrides make something that is never published.
 */
export const makeOrderEvent = <Type extends OrderEventType>(
  type: Type,
  { order: given = {}, previous, metadata = {}, envelope }: Overrides = {},
): OrderEventEnvelopeOf<Type> => {
  const usual = USUAL[type];
  const { sequence, occurredAt } = metadata;
  const order = orderOf(usual, {
    ...(sequence !== undefined && { version: sequence }),
    ...(occurredAt !== undefined && { updatedAt: occurredAt }),
    ...given,
  });
  const { customerId, orderId, createdAt, updatedAt, version } = order;
  const eventId = metadata.eventId ?? uuidOf([customerId, orderId, createdAt, version, type]);
  const event = {
    version: '0',
    id: uuidOf([eventId, 'delivery']),
    'detail-type': type,
    source: EVENT_SOURCE,
    account: '123456789012',
    time: `${updatedAt.slice(0, 19)}Z`,
    region: 'eu-west-1',
    resources: [],
    ...envelope,
    detail: {
      metadata: {
        eventId,
        type,
        schemaVersion: SCHEMA_VERSION,
        occurredAt: updatedAt,
        correlationId: 'a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f',
        actor: usual.actor ?? OWNER,
        sequence: version,
        groupId: `${customerId}#${orderId}`,
        deduplicationId: eventId,
        ...metadata,
      },
      data: { order, previous: previous ?? previousOf(type, order, usual) },
    },
  };
  // Without what is undefined, as JSON is.
  const sent = JSON.parse(JSON.stringify(event)) as OrderEventEnvelopeOf<Type>;
  const issues = breaches(sent);
  if (issues.length > 0) throw new InvalidOrderEventError(issues);
  return sent;
};

const maker =
  <Type extends OrderEventType>(type: Type) =>
  (overrides?: Overrides): OrderEventEnvelopeOf<Type> =>
    makeOrderEvent(type, overrides);

export const makeOrderCreated = maker('OrderCreated');
export const makeOrderAmended = maker('OrderAmended');
export const makeOrderConfirmed = maker('OrderConfirmed');
export const makeOrderShipped = maker('OrderShipped');
export const makeOrderDelivered = maker('OrderDelivered');
export const makeOrderCancelled = maker('OrderCancelled');
export const makeOrderDeleted = maker('OrderDeleted');
export const makeOrderRestored = maker('OrderRestored');
export const makeOrderExpired = maker('OrderExpired');
