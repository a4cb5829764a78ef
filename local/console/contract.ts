import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EVENT_SOURCE, ORDER_EVENT_TYPES } from '../../packages/order-events/src/names.ts';
import { whyUnreachable } from '../../packages/order-events/src/reach/why-unreachable.ts';
import { orderEvent } from '../../packages/order-events/src/validators.ts';
import { isRecord, record, text, texts, type Properties } from '../properties.ts';
import type { EventDetail } from './shapes/events.ts';

/** What the contract with subscribers says of an event; of events of others it says nothing. */

export function problemsOf(envelope: Properties): EventDetail['problems'] {
  if (envelope['source'] !== EVENT_SOURCE) return [];
  const result = orderEvent.safeParse(envelope);
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => ({
    path: path.map(String).join('.') || 'event',
    reason: message,
  }));
}

const documented = new Map<string, EventDetail['fields']>();

/** What each field means, by its path; positions in arrays are left out. */
export function fieldsOf(envelope: Properties): EventDetail['fields'] {
  const type = String(envelope['detail-type']);
  const isOurs = envelope['source'] === EVENT_SOURCE && ORDER_EVENT_TYPES.some((known) => known === type);
  if (!isOurs) return [];
  const known = documented.get(type);
  if (known) return known;
  const file = fileURLToPath(new URL(`../../packages/order-events/schemas/${type}.json`, import.meta.url));
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Properties;
  const fields = [...described(schema, '', record(schema, '$defs') ?? {})];
  documented.set(type, fields);
  return fields;
}

function* described(
  schema: Properties,
  path: string,
  definitions: Properties,
): Generator<EventDetail['fields'][number]> {
  const [, name] = /^#\/\$defs\/(.+)$/.exec(text(schema, '$ref') ?? '') ?? [];
  const whole = name === undefined ? schema : { ...(record(definitions, name) ?? {}), ...schema };
  const words = text(whole, 'description');
  if (words !== undefined && path !== '') yield { path, words };
  const items = record(whole, 'items');
  if (items) yield* described({ ...items, description: undefined }, path, definitions);
  for (const [field, inner] of Object.entries(record(whole, 'properties') ?? {})) {
    if (isRecord(inner)) yield* described(inner, path === '' ? field : `${path}.${field}`, definitions);
  }
}

/** Why no event of ours can ever match a pattern on them, however valid it is. */
export function hintsOn(pattern: Properties): string[] {
  if (!texts(pattern, 'source').includes(EVENT_SOURCE)) return [];
  const why = whyUnreachable(pattern);
  return why === undefined ? [] : [`It can never match an event of orders: ${why}`];
}
