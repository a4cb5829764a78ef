/** What of JSON Schema the events' schemas consist of. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
}

/** What events may have at a path: arrays are looked into, objects are no leaves. */
export interface Leaves {
  readonly schemas: readonly Schema[];
  /** Whether an event may have none there. */
  readonly mayBeAbsent: boolean;
}

const none: Leaves = { schemas: [], mayBeAbsent: true };

export function leavesAt(schema: Schema, path: readonly string[]): Leaves {
  if (schema.anyOf) {
    const all = schema.anyOf.map((one) => leavesAt(one, path));
    return {
      schemas: closed(all.flatMap(({ schemas }) => schemas)),
      mayBeAbsent: all.some(({ mayBeAbsent }) => mayBeAbsent),
    };
  }
  if (schema.items) return { ...leavesAt(schema.items, path), mayBeAbsent: true };
  const [name, ...rest] = path;
  if (name === undefined) return schema.properties ? none : { schemas: byType(schema), mayBeAbsent: false };
  const property = schema.properties?.[name];
  if (!property) return none;
  const { schemas, mayBeAbsent } = leavesAt(property, rest);
  return { schemas, mayBeAbsent: mayBeAbsent || !schema.required?.includes(name) };
}

/** A reader lets unknown values pass, `anyOf: [enum, string]`; this release publishes the known ones only. */
const closed = (schemas: readonly Schema[]): readonly Schema[] => {
  const isOpen = (schema: Schema) => Object.keys(schema).length === 1 && schema.type === 'string';
  return schemas.some((schema) => schema.enum) ? schemas.filter((schema) => !isOpen(schema)) : schemas;
};

const byType = (schema: Schema): Schema[] =>
  [schema.type ?? []].flat().map((type) => (type === 'null' ? { type } : { ...schema, type }));

/** What the schemas allow, each value and kind once. */
export function inWords(schemas: readonly Schema[]): string {
  const words = schemas.flatMap(({ type, const: only, enum: values, pattern }) => {
    const literals = only === undefined ? values : [only];
    if (literals) return literals.map((value) => JSON.stringify(value));
    if (type === 'integer') return 'a whole number';
    const isShort = pattern !== undefined && pattern.length < 40;
    return type === 'string' ? `text${isShort ? ` that matches ${pattern}` : ''}` : String(type);
  });
  return [...new Set(words)].join(' or ');
}
