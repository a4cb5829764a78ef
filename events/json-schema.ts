import * as z from 'zod/mini';
import { EVENTS } from '../packages/order-events/src/contract/event.ts';
import { item } from '../packages/order-events/src/contract/order.ts';
import { EVENT_SOURCE } from '../packages/order-events/src/names.ts';
import type { OrderEventType } from '../packages/order-events/src/types.ts';
import { FIELDS, PARTS, WHEN } from './descriptions.ts';

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  $defs?: Record<string, JsonSchema>;
  definitions?: Record<string, JsonSchema>;
  [keyword: string]: unknown;
}

export type Draft = 'draft-2020-12' | 'draft-7' | 'draft-4';

/** The names under which schemas refer to the parts of an event. */
const partsOf = (type: OrderEventType) => {
  const { detail } = EVENTS[type].shape;
  const { metadata, data } = detail.shape;
  const { order, previous } = data.shape;
  return {
    [type]: detail,
    OrderEventMetadata: metadata,
    Order: order,
    OrderItem: item,
    PreviousValues: previous,
  };
};

/** Any text, some of it known: a reader must put up with values that are not. */
export const knownValuesOf = ({ anyOf }: JsonSchema): unknown[] | undefined =>
  anyOf?.some(({ type, enum: values }) => type === 'string' && values === undefined)
    ? anyOf.flatMap(({ enum: values = [] }) => values)
    : undefined;

const described = (schema: JsonSchema, fields: Record<string, string>): JsonSchema => {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const description = fields[name];
    // What stands beside a reference is not read.
    if (description === undefined || field.$ref !== undefined) continue;
    const open = knownValuesOf(field) ? '. Open: a later release may add values' : '';
    field.description = description + open;
  }
  return schema;
};

const titled = (title: string, description: string, { $schema, ...schema }: JsonSchema): JsonSchema => ({
  ...($schema !== undefined && { $schema }),
  title,
  description,
  ...schema,
});

/** Formats say it; the pattern that zod would add is long, and of no use to a reader. */
const plain = (draft: Draft) => (jsonSchema: JsonSchema) => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  // For code that is generated from the registry: beyond the 32 bits of an int in Java.
  if (draft === 'draft-4' && jsonSchema.type === 'integer') jsonSchema.format = 'int64';
};

const convert = (schema: z.ZodMiniType, draft: Draft, parts: Record<string, z.ZodMiniType>): JsonSchema => {
  const metadata = z.registry<{ id: string }>();
  for (const [id, part] of Object.entries(parts)) metadata.add(part, { id });
  const override = ({ jsonSchema }: { jsonSchema: object }) => plain(draft)(jsonSchema as JsonSchema);
  return z.toJSONSchema(schema, { target: draft, io: 'input', metadata, override }) as JsonSchema;
};

const part = (name: string, schema: JsonSchema): JsonSchema => {
  const { description, fields } = PARTS[name] ?? {};
  return description === undefined ? schema : titled(name, description, described(schema, fields ?? {}));
};

/** The event as a rule's target gets it. Fields that are not named are allowed: later releases may add them. */
export const jsonSchemaOf = (type: OrderEventType, draft: Draft): JsonSchema => {
  const schema = convert(EVENTS[type], draft, partsOf(type));
  const where = draft === 'draft-2020-12' ? '$defs' : 'definitions';
  const parts = Object.entries(schema[where] ?? {}).map(([name, each]): [string, JsonSchema] => {
    if (name !== type) return [name, part(name, each)];
    const data = each.properties?.['data'];
    if (data) described(data, FIELDS.Data);
    return [name, titled(type, WHEN[type], described(each, FIELDS.Detail))];
  });
  return {
    ...titled(`${type}Event`, WHEN[type], described(schema, FIELDS.Envelope)),
    [where]: Object.fromEntries(parts),
  };
};

/** As the schema registry of EventBridge has the schemas of AWS's own events. */
export const registrySchemaOf = (type: OrderEventType): JsonSchema => ({
  ...jsonSchemaOf(type, 'draft-4'),
  'x-amazon-events-detail-type': type,
  'x-amazon-events-source': EVENT_SOURCE,
});
