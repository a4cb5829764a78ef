import { refuse, type Location } from '../invalid-pattern-error.ts';

/**
 * JSON as it was written: duplicate keys are kept, and a number is its text, since `1e400` and
 * `9007199254740993` do not survive parsing.
 */
export type JsonTree =
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, JsonTree])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonTree[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: true | false | null };

/** The engine's own bounds on JSON: deeper documents, longer names and longer numbers are not read. */
export const MAX_DEPTH = 1000;
export const MAX_NAME_LENGTH = 50_000;
export const MAX_NUMBER_LENGTH = 1000;

/** Reads a parsed value as `JSON.stringify` would write it, `toJSON` aside. */
export function treeOf(value: unknown, location: Location = [], depth = 0): JsonTree {
  switch (typeof value) {
    case 'string':
      return { kind: 'string', text: value };
    case 'number':
      return Number.isFinite(value) ? { kind: 'number', text: String(value) } : NULL;
    case 'bigint':
      return { kind: 'number', text: String(value) };
    case 'boolean':
      return { kind: 'literal', value };
    case 'object':
      if (value === null) return NULL;
      if (depth === MAX_DEPTH) refuse(location.slice(0, 3), `nested more than ${MAX_DEPTH} levels deep`);
      return Array.isArray(value)
        ? { kind: 'array', items: itemsOf(value, location, depth + 1) }
        : { kind: 'object', entries: entriesOf(value, location, depth + 1) };
    default:
      return NULL;
  }
}

const NULL: JsonTree = { kind: 'literal', value: null };

function itemsOf(array: readonly unknown[], location: Location, depth: number): JsonTree[] {
  return Array.from(array, (item, index) => treeOf(item, [...location, index], depth));
}

function entriesOf(object: object, location: Location, depth: number): [string, JsonTree][] {
  return Object.entries(object)
    .filter(([, value]) => !['undefined', 'function', 'symbol'].includes(typeof value))
    .map(([key, value]) => [key, treeOf(value, [...location, key], depth)]);
}

/** A tree as the value that JSON.parse would have made of it. */
export function plain(tree: JsonTree): unknown {
  switch (tree.kind) {
    case 'object':
      return Object.fromEntries(tree.entries.map(([name, value]) => [name, plain(value)]));
    case 'array':
      return tree.items.map(plain);
    case 'string':
      return tree.text;
    case 'number':
      return Number(tree.text);
    case 'literal':
      return tree.value;
  }
}
