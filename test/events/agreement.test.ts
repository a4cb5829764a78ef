import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { documentedPatterns } from '../../events/documented-patterns.ts';
import { GENERATED_FOLDERS, generatedFiles } from '../../events/generated.ts';
import type { JsonSchema } from '../../events/json-schema.ts';
import { samples } from '../../events/samples.ts';
import { validate } from '../../packages/event-pattern/src/index.ts';
import { ORDER_EVENT_TYPES, ORDER_STATUSES } from '../../packages/order-events/src/names.ts';
import * as domain from '../../src/domain/order.ts';
import { disagreements, type Evidence, evidence, ROOT } from './evidence.ts';

const all: Evidence[] = [];
const files = new Map<string, string>();

beforeAll(async () => {
  all.push(...(await evidence()));
  for (const [file, text] of await generatedFiles()) files.set(file, text);
});

const onDisk = (file: string) => {
  const at = path.join(ROOT, file);
  return existsSync(at) ? readFileSync(at, 'utf8') : undefined;
};

/** The evidence of one sample, with one thing changed alone. */
const changed = (change: (evidence: Evidence) => void, name = 'plain', type = 'OrderShipped'): string[] => {
  const one = all.find((each) => each.type === type && each.name === name);
  if (!one) throw new Error(`no sample ${type}/${name}`);
  const copy = structuredClone(one);
  change(copy);
  return disagreements(copy);
};
const at = (schema: JsonSchema, ...names: string[]): JsonSchema =>
  names.reduce<JsonSchema>((inner, name) => inner[name] as JsonSchema, schema);

describe('what is said of events', () => {
  it('given what is generated, then it is what the definitions say; if not, run `npm run events`', () => {
    const stale = [...files].filter(([file, text]) => onDisk(file) !== text).map(([file]) => file);
    expect(stale).toEqual([]);
    const kept = GENERATED_FOLDERS.flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name))),
    );
    expect(kept.filter((file) => !files.has(file))).toEqual([]);
  });

  it.each(ORDER_EVENT_TYPES)(
    'given %s, then bytes, schemas, AsyncAPI, validator and samples agree',
    (type) => {
      const own = all.filter((each) => each.type === type);
      expect(own.map(({ name }) => name)).toContain('plain');
      expect(own.flatMap((each) => disagreements(each).map((what) => `${each.name}: ${what}`))).toEqual([]);
    },
  );

  it('given the domain, then it has the same types and statuses', () => {
    expect([...ORDER_EVENT_TYPES]).toEqual([...domain.ORDER_EVENT_TYPES]);
    expect([...ORDER_STATUSES]).toEqual([...domain.ORDER_STATUSES]);
  });

  it.each<[string, (evidence: Evidence) => void, string]>([
    [
      'a field that the publisher adds',
      ({ entry }) => (entry.Detail = entry.Detail?.replace('"order":{', '"order":{"total":1,')),
      'the schema: /detail/data/order must NOT have additional',
    ],
    [
      'a field that it leaves out',
      ({ entry }) => (entry.Detail = entry.Detail?.replace('"amount":1999,', '')),
      "the schema: /detail/data/order must have required property 'amount'",
    ],
    [
      'a value that it writes otherwise',
      ({ entry }) => (entry.Detail = entry.Detail?.replace('1999', '1999.0')),
      'other bytes',
    ],
    [
      'the order of two fields',
      ({ entry }) =>
        (entry.Detail = entry.Detail?.replace(/("customerId":"\w+"),("orderId":"\w+")/, '$2,$1')),
      'other bytes',
    ],
    ['another type', ({ entry }) => (entry.DetailType = 'OrderSent'), 'the envelope of the sample'],
    ['a sample', ({ sample }) => (sample.detail.data.order.amount = 2000), 'other bytes'],
    [
      'an example',
      ({ asyncApi }) => (asyncApi.components.messages['OrderShipped']!.examples = []),
      'the example in asyncapi.json',
    ],
    [
      'a field of the schema',
      ({ schema }) => delete at(schema, '$defs', 'Order', 'properties')['trackingNumber'],
      'the schema: /detail/data/order',
    ],
    [
      'a type in the schema',
      ({ schema }) => (at(schema, '$defs', 'Order', 'properties', 'amount').type = 'string'),
      'the schema: /detail/data/order/amount must be string',
    ],
    [
      'what the schema requires',
      ({ schema }) => at(schema, '$defs', 'Order').required?.push('discount'),
      "the schema: /detail/data/order must have required property 'discount'",
    ],
    [
      'the schema of the registry',
      ({ registrySchema }) =>
        (at(registrySchema, 'definitions', 'Order', 'properties', 'status').enum = ['SENT']),
      'the schema of the registry',
    ],
    [
      'the schema in asyncapi.json',
      ({ asyncApi }) => (at(asyncApi.components.schemas, 'OrderItem').required = ['colour']),
      'the schema in asyncapi.json',
    ],
  ])('given %s changed alone, then they disagree', (_, change, what) => {
    expect(changed(change).join('\n')).toContain(what);
  });
});

describe('the documented patterns', () => {
  it('given each of them, then EventBridge would take it, and it finds some sample; the first finds all', async () => {
    const made = await samples();
    const [first, ...others] = documentedPatterns(made);
    expect(first?.matches).toHaveLength(made.length);
    for (const { pattern, matches, wish } of others) {
      expect([wish, validate(pattern)]).toEqual([wish, []]);
      expect([wish, matches.length > 0]).toEqual([wish, true]);
    }
  });
});
