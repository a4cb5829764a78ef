import { MAX_DEPTH } from '../json/tree.ts';
import type { Leaf } from '../pattern/operator.ts';
import { numberOf } from '../value/number.ts';
import { ROOT, type Fields } from './fields.ts';
import type { PathNode } from './path-node.ts';

/** Collects the asked fields of an event given as a parsed value; false if it is not an event. */
export function walkValue(event: unknown, root: PathNode, fields: Fields): boolean {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return false;
  return walkObject(event as Members, root, ROOT, 1, fields);
}

type Members = Readonly<Record<string, unknown>>;

/** Beyond this many edges an object's own keys are fewer than the keys to ask it for. */
const MANY_EDGES = 24;

function walkObject(object: Members, node: PathNode, scope: number, depth: number, fields: Fields): boolean {
  if (depth > MAX_DEPTH) return false;
  if (node.edges.length <= MANY_EDGES && !node.isDeep) {
    for (const edge of node.edges) {
      const value = object[edge.name];
      if (value === undefined || !Object.hasOwn(object, edge.name)) continue;
      if (!walkMember(value, edge.node, scope, depth, fields)) return false;
    }
    return true;
  }
  for (const name of Object.keys(object)) {
    const next = node.named(name);
    if (next !== undefined && !walkMember(object[name], next, scope, depth, fields)) return false;
  }
  return true;
}

function walkMember(value: unknown, node: PathNode, scope: number, depth: number, fields: Fields): boolean {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return walkArray(value, node, scope, depth + 1, fields);
    return node.edges.length === 0 || walkObject(value as Members, node, scope, depth + 1, fields);
  }
  const leaf = leafOf(value);
  if (node.slot !== undefined && leaf !== undefined) fields.add(node.slot, leaf, scope);
  return true;
}

function walkArray(
  array: readonly unknown[],
  node: PathNode,
  scope: number,
  depth: number,
  fields: Fields,
): boolean {
  if (depth > MAX_DEPTH) return false;
  const id = fields.openArray();
  for (const item of array) {
    const isLeaf = typeof item !== 'object' || item === null;
    const inside = isLeaf ? scope : fields.openElement(scope, id);
    // JSON has null for an element that cannot be written.
    const value = isLeaf && leafOf(item) === undefined ? null : item;
    if (!walkMember(value, node, inside, depth, fields)) return false;
  }
  return true;
}

function leafOf(value: unknown): Leaf | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return numberOf(String(value));
    default:
      return value === null ? null : undefined;
  }
}
