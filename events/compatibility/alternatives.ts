import { type JsonSchema, knownValuesOf } from '../json-schema.ts';

/** What a value may be, of one type of JSON. */
export interface Alternative {
  type: string;
  schema: JsonSchema;
  /** The only values; of an open list those that are known. */
  values?: readonly unknown[];
  isOpen: boolean;
}

/** What stands beside a reference counts too. */
export const resolved = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const { $ref, ...beside } = schema;
  const name = $ref?.replace(/^.*\//, '');
  if (name === undefined) return schema;
  const part = root.$defs?.[name];
  if (!part) throw new Error(`${String($ref)} is not in the schema`);
  return { ...resolved(part, root), ...beside };
};

const valuesOf = ({ const: only, enum: values }: JsonSchema): { values?: readonly unknown[] } =>
  only === undefined ? (values ? { values } : {}) : { values: [only] };

/** A schema as its alternatives, one for each type; without a type it may be anything. */
export const alternativesOf = (schema: JsonSchema, root: JsonSchema): Alternative[] => {
  const whole = resolved(schema, root);
  const { anyOf, ...rest } = whole;
  const known = knownValuesOf(whole);
  if (known) return [{ type: 'string', schema: rest, values: known, isOpen: true }];
  if (anyOf) return anyOf.flatMap((each) => alternativesOf({ ...rest, ...each }, root));
  return [whole.type ?? 'anything'].flat().map((type) => ({
    type,
    schema: whole,
    isOpen: false,
    ...valuesOf(whole),
  }));
};
