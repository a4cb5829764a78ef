import { EVENT_BUS_NAME, EVENT_SOURCE, ORDER_EVENT_TYPES } from '../packages/order-events/src/names.ts';
import type { OrderEventType } from '../packages/order-events/src/types.ts';
import { WHEN } from './descriptions.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import type { Sample } from './samples.ts';
import manifest from '../packages/order-events/package.json' with { type: 'json' };

/** Parts differ from event to event but for the items: each event brings its own. */
const nameOf = (type: OrderEventType, part: string): string =>
  part === type || part === 'OrderItem' ? part : `${type}${part.replace('OrderEvent', '')}`;

const referring = (value: unknown, type: OrderEventType): unknown => {
  if (Array.isArray(value)) return value.map((each) => referring(each, type));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref'
        ? [key, `#/components/schemas/${nameOf(type, String(inner).replace(/^.*\//, ''))}`]
        : [key, referring(inner, type)],
    ),
  );
};

const schemasOf = (type: OrderEventType): Record<string, unknown> => {
  const {
    $schema,
    definitions = {},
    ...event
  } = jsonSchemaOf(type, 'draft-7') as JsonSchema & {
    $schema: string;
  };
  const parts = Object.entries(definitions).map(([part, schema]) => [nameOf(type, part), schema]);
  return referring({ [`${type}Event`]: event, ...Object.fromEntries(parts) }, type) as Record<
    string,
    unknown
  >;
};

const messageOf = (type: OrderEventType, samples: readonly Sample[]) => ({
  name: type,
  title: type,
  summary: WHEN[type],
  contentType: 'application/json',
  correlationId: { location: '$message.payload#/detail/metadata/correlationId' },
  payload: { $ref: `#/components/schemas/${type}Event` },
  examples: samples
    .filter((sample) => sample.type === type)
    .map(({ name, shows, event }) => ({ name, summary: shows, payload: event })),
});

const perType = <T>(of: (type: OrderEventType) => T): Record<string, T> =>
  Object.fromEntries(ORDER_EVENT_TYPES.map((type) => [type, of(type)]));

export const asyncApiDocument = (samples: readonly Sample[]) => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Events of orders',
    version: manifest.version,
    description: DESCRIPTION,
    license: { name: manifest.license },
  },
  defaultContentType: 'application/json',
  channels: {
    orders: {
      address: EVENT_BUS_NAME,
      title: 'An EventBridge event bus',
      description: `Subscribe with a rule: source ${EVENT_SOURCE}, detail-type the name of the message.`,
      messages: perType((type) => ({ $ref: `#/components/messages/${type}` })),
    },
  },
  operations: {
    publishOrderEvents: {
      action: 'send',
      channel: { $ref: '#/channels/orders' },
      summary: 'Tell what happened to an order',
      messages: ORDER_EVENT_TYPES.map((type) => ({ $ref: `#/channels/orders/messages/${type}` })),
    },
  },
  components: {
    messages: perType((type) => messageOf(type, samples)),
    schemas: Object.assign({}, ...ORDER_EVENT_TYPES.map(schemasOf)) as Record<string, unknown>,
  },
});

const DESCRIPTION = [
  'One event for each change of an order, in which the order stands as it was after the change.',
  'Delivered at least once, possibly out of order: deduplicate on `detail.metadata.eventId`, and order the events of one order by `detail.data.order.createdAt`, then `detail.metadata.sequence`.',
  'Later releases may add fields, events, and values where a field says that it is open.',
].join('\n\n');
