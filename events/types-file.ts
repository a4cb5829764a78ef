import * as z from 'zod/mini';
import { EVENTS } from '../packages/order-events/src/contract/event.ts';
import { item, order, previousValues } from '../packages/order-events/src/contract/order.ts';
import { ORDER_EVENT_TYPES, ORDER_STATUSES } from '../packages/order-events/src/names.ts';
import type { OrderEventType } from '../packages/order-events/src/types.ts';
import { FIELDS, PARTS, WHEN } from './descriptions.ts';
import { type JsonSchema, knownValuesOf } from './json-schema.ts';

const literals = (values: readonly unknown[]): string =>
  values.map((value) => `'${String(value)}'`).join(' | ');

const typeOf = (schema: JsonSchema): string => {
  if (knownValuesOf(schema)) return 'OrderStatus';
  if (schema.$ref !== undefined) return schema.$ref.replace(/^.*\//, '');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (schema.const !== undefined) return literals([schema.const]);
  if (schema.type === 'array') return `${typeOf(schema.items ?? {})}[]`;
  return schema.type === 'integer' ? 'number' : String(schema.type);
};

const comment = (text: string, indent = ''): string => `${indent}/** ${text}. */\n`;

const fieldsOf = (
  { properties = {}, required = [] }: JsonSchema,
  descriptions: Record<string, string>,
  types: Record<string, string> = {},
): string =>
  Object.entries(properties)
    .map(([name, field]) => {
      const key = /^\w+$/.test(name) ? name : `'${name}'`;
      const type = types[name] ?? typeOf(field);
      const mark = required.includes(name) ? '' : '?';
      return `${comment(descriptions[name] ?? '', '  ')}  ${key}${mark}: ${type};\n`;
    })
    .join('');

const schemaOf = (schema: z.ZodMiniType): JsonSchema => {
  const metadata = z.registry<{ id: string }>();
  if (schema !== item) metadata.add(item, { id: 'OrderItem' });
  return z.toJSONSchema(schema, { io: 'input', metadata }) as JsonSchema;
};

const partOf = (name: string, schema: JsonSchema, types?: Record<string, string>): string => {
  const { description = '', fields = {} } = PARTS[name] ?? {};
  return `${comment(description)}export interface ${name} {\n${fieldsOf(schema, fields, types)}}\n`;
};

/** `Order` and `PreviousValues`, and what an event says of them beyond that. */
const detailOf = (type: OrderEventType): string => {
  const { order: after, previous } = EVENTS[type].shape.detail.shape.data.shape;
  const { status } = schemaOf(after).properties ?? {};
  const { properties = {}, required = [] } = schemaOf(previous);
  const state = status && !knownValuesOf(status) ? `Order & { status: ${typeOf(status)} }` : 'Order';
  const replaced = () => {
    if (Object.keys(properties).length === 0) return 'NoPreviousValues';
    if (required.includes('status')) return 'PreviousValues & { status: OrderStatus }';
    return 'PreviousValues & { status?: never }';
  };
  return `${comment(WHEN[type])}export interface ${type} {
  metadata: OrderEventMetadata & { type: '${type}' };
  data: { order: ${state}; previous: ${replaced()} };
}
`;
};

const envelope = (): string => {
  const types = { 'detail-type': 'Type', detail: 'OrderEventDetails[Type]' };
  return `${comment("An event of one type, as a rule's target gets it")}export interface OrderEventEnvelopeOf<Type extends OrderEventType> {
${fieldsOf(schemaOf(EVENTS.OrderCreated), FIELDS.Envelope, types)}}
`;
};

/** The source of types.ts: plain interfaces, which need no zod, and say what each field means where it is typed. */
export const typesFile = (): string =>
  [
    '// Written by `npm run events` from contract/: change it there.\n',
    `${comment('The statuses of this release, and whatever a later one adds: keep a default branch')}export type OrderStatus = ${literals(ORDER_STATUSES)} | (string & {});\n`,
    partOf('OrderItem', schemaOf(item)),
    partOf('Order', schemaOf(order)),
    partOf('PreviousValues', schemaOf(previousValues)),
    `${comment('Nothing was replaced')}export type NoPreviousValues = { [Field in keyof PreviousValues]?: never };\n`,
    partOf('OrderEventMetadata', schemaOf(EVENTS.OrderCreated.shape.detail.shape.metadata), {
      type: 'OrderEventType',
    }),
    ...ORDER_EVENT_TYPES.map(detailOf),
    `${comment('The `detail` of each type of event')}export interface OrderEventDetails {\n${ORDER_EVENT_TYPES.map((type) => `  ${type}: ${type};\n`).join('')}}\n`,
    'export type OrderEventType = keyof OrderEventDetails;\n',
    `${comment('The `detail` of an event; `OrderEventEnvelope` tells by `detail-type` which one it is')}export type OrderEvent = OrderEventDetails[OrderEventType];\n`,
    envelope(),
    `${comment("An event as a rule's target gets it: `detail-type` tells what `detail` is")}export type OrderEventEnvelope = { [Type in OrderEventType]: OrderEventEnvelopeOf<Type> }[OrderEventType];\n`,
  ].join('\n');
