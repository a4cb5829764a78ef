import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import addFormats from 'ajv-formats';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emitted } from '../../events/emitted.ts';
import type { asyncApiDocument } from '../../events/asyncapi.ts';
import type { JsonSchema } from '../../events/json-schema.ts';
import { SAMPLE_WRITES } from '../../events/sample-writes.ts';
import { breaches } from '../../packages/order-events/src/contract/strict.ts';
import type { OrderEventEnvelope, OrderEventType } from '../../packages/order-events/src/types.ts';

export const ROOT = path.join(__dirname, '../..');
const PACKAGE = path.join(ROOT, 'packages/order-events');

export const jsonOf = (file: string): unknown => JSON.parse(readFileSync(path.join(PACKAGE, file), 'utf8'));

export type AsyncApi = ReturnType<typeof asyncApiDocument>;

/** All that is said of one sample, in one place each. */
export interface Evidence {
  type: OrderEventType;
  name: string;
  /** What PutEvents gets for the change, from the code that runs. */
  entry: PutEventsRequestEntry;
  sample: OrderEventEnvelope;
  schema: JsonSchema;
  registrySchema: JsonSchema;
  asyncApi: AsyncApi;
}

export const evidence = (): Promise<Evidence[]> =>
  Promise.all(
    SAMPLE_WRITES.map(async ({ type, name, ...write }) => ({
      type,
      name,
      entry: await emitted(write),
      sample: jsonOf(`samples/${type}/${name}.json`) as OrderEventEnvelope,
      schema: jsonOf(`schemas/${type}.json`) as JsonSchema,
      registrySchema: jsonOf(`schemas/draft-04/${type}.json`) as JsonSchema,
      asyncApi: jsonOf('asyncapi.json') as AsyncApi,
    })),
  );

/** Subscribers put up with fields that are not described; what we publish has none. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closed(inner)]));
  return 'properties' in copy && 'type' in copy ? { additionalProperties: false, ...copy } : copy;
};

const compiled = new Map<string, ValidateFunction>();

const validatorOf = ({ $schema, ...schema }: JsonSchema, open: boolean): ValidateFunction => {
  const key = JSON.stringify([open, $schema, schema]);
  const known = compiled.get(key);
  if (known) return known;
  const Validator = $schema === 'https://json-schema.org/draft/2020-12/schema' ? Ajv2020 : Ajv;
  const ajv = new Validator({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile((open ? schema : closed(schema)) as object);
  compiled.set(key, validate);
  return validate;
};

/** Whatever a later release adds is an error where `open` is false. */
export const complaintsOf = (schema: JsonSchema, event: unknown, { open = false } = {}): string[] => {
  const validate = validatorOf(schema, open);
  if (validate(event)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
};

/** Each place that says something else of the event than the others; empty where all agree. */
export const disagreements = ({
  type,
  name,
  entry,
  sample,
  schema,
  registrySchema,
  asyncApi,
}: Evidence): string[] => {
  const message = asyncApi.components.messages[type];
  const told = message?.examples.find((example) => example.name === name)?.payload;
  const payload = {
    $ref: `#/components/schemas/${type}Event`,
    components: asyncApi.components,
  } as JsonSchema;
  const same = (what: string, a: unknown, b: unknown) =>
    JSON.stringify(a) === JSON.stringify(b) ? [] : [what];
  const detail: unknown = JSON.parse(entry.Detail ?? '');
  const event = { ...sample, detail };
  return [
    ...(entry.Detail === JSON.stringify(sample.detail)
      ? []
      : ['the sample has other bytes than the publisher sends']),
    ...same(
      'the envelope of the sample',
      [entry.DetailType, entry.Source, `${entry.Time?.toISOString().slice(0, 19)}Z`],
      [sample['detail-type'], sample.source, sample.time],
    ),
    ...same('the example in asyncapi.json', told, sample),
    ...complaintsOf(schema, event).map((complaint) => `the schema: ${complaint}`),
    ...complaintsOf(registrySchema, event).map((complaint) => `the schema of the registry: ${complaint}`),
    ...complaintsOf(payload, event).map((complaint) => `the schema in asyncapi.json: ${complaint}`),
    ...breaches(event).map(
      ({ path: at, message: complaint }) => `the validator: ${at.join('.')} ${complaint}`,
    ),
  ];
};
