import { ORDER_EVENT_TYPES } from '../packages/order-events/src/names.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';

const leaves = (schema: JsonSchema, root: JsonSchema, at: string): string[] => {
  const name = schema.$ref?.replace(/^.*\//, '');
  if (name !== undefined) return leaves(root.$defs?.[name] ?? {}, root, at);
  const inner = [...(schema.items ? [schema.items] : []), ...(schema.anyOf ?? [])];
  if (inner.length > 0) return inner.flatMap((each) => leaves(each, root, at));
  const fields = Object.entries(schema.properties ?? {});
  if (schema.type === 'object') {
    return fields.flatMap(([key, field]) => leaves(field, root, at === '' ? key : `${at}.${key}`));
  }
  return [at];
};

/** The source of field-paths.ts: what a pattern can ask the events for. */
export const fieldPathsFile = (): string => {
  const all = ORDER_EVENT_TYPES.flatMap((type) => {
    const schema = jsonSchemaOf(type, 'draft-2020-12');
    return leaves(schema, schema, '');
  });
  return [
    '// Written by `npm run events` from contract/.\n',
    '/** Every field of the events that a pattern can ask for: those of this release. */',
    'export const FIELD_PATHS: readonly string[] = [',
    ...[...new Set(all)].map((path) => `  '${path}',`),
    '];\n',
  ].join('\n');
};
