import { MAX_DEPTH, MAX_NAME_LENGTH } from '../json/tree.ts';
import { numberOf } from '../value/number.ts';
import { ROOT, type Fields } from './fields.ts';
import type { PathNode } from './path-node.ts';
import {
  NOT_JSON,
  endOfPlain,
  skipBlank,
  skipLiteral,
  skipNumber,
  skipString,
  skipToken,
  skipValue,
} from './scan.ts';

/**
 * Collects the asked fields of an event given as JSON text; false if it is not the text of an object.
 * What nobody asked for is checked but not built. A repeated key adds to what the field has, and what
 * follows the closing brace is not read, both as the engine does.
 */
export function walkText(text: string, root: PathNode, fields: Fields): boolean {
  try {
    walkObject(text, skipToken(text, 0, 123), root, ROOT, 1, fields);
    return true;
  } catch (error) {
    if (error !== NOT_JSON) throw error;
    return false;
  }
}

function walkObject(
  text: string,
  from: number,
  node: PathNode,
  scope: number,
  depth: number,
  fields: Fields,
): number {
  if (depth > MAX_DEPTH) throw NOT_JSON;
  let at = skipBlank(text, from);
  if (text.charCodeAt(at) === 125) return at + 1;
  for (;;) {
    const start = skipToken(text, at, 34);
    const plainEnd = endOfPlain(text, start);
    at = skipString(text, plainEnd);
    const next =
      plainEnd === at - 1
        ? plainEdge(text, start, plainEnd, node)
        : node.byName.get(stringAt(text, start, at - 1));
    if (at - start > MAX_NAME_LENGTH) throw NOT_JSON;
    at = skipBlank(text, skipToken(text, at, 58));
    at = next === undefined ? skipValue(text, at, depth) : walkMember(text, at, next, scope, depth, fields);
    at = skipBlank(text, at);
    if (text.charCodeAt(at) === 125) return at + 1;
    at = skipToken(text, at, 44);
  }
}

function plainEdge(text: string, start: number, end: number, node: PathNode): PathNode | undefined {
  const candidates = node.byLength[end - start];
  if (candidates !== undefined)
    for (const { name, first, node: next } of candidates)
      if (text.charCodeAt(start) === first && text.startsWith(name, start)) return next;
  return undefined;
}

function walkMember(
  text: string,
  at: number,
  node: PathNode,
  scope: number,
  depth: number,
  fields: Fields,
): number {
  switch (text.charCodeAt(at)) {
    case 123:
      if (node.edges.length === 0) return skipValue(text, at, depth);
      return walkObject(text, at + 1, node, scope, depth + 1, fields);
    case 91:
      return walkArray(text, at + 1, node, scope, depth + 1, fields);
    default:
      return walkLeaf(text, at, node, scope, fields);
  }
}

function walkLeaf(text: string, at: number, { slot }: PathNode, scope: number, fields: Fields): number {
  if (slot === undefined) return skipValue(text, at, 0);
  let end: number;
  let plainEnd: number;
  switch (text.charCodeAt(at)) {
    case 34:
      plainEnd = endOfPlain(text, at + 1);
      end = skipString(text, plainEnd);
      fields.add(
        slot,
        plainEnd === end - 1 ? text.slice(at + 1, plainEnd) : stringAt(text, at + 1, end - 1),
        scope,
      );
      return end;
    case 116:
      fields.add(slot, true, scope);
      return skipLiteral(text, at, 'true');
    case 102:
      fields.add(slot, false, scope);
      return skipLiteral(text, at, 'false');
    case 110:
      fields.add(slot, null, scope);
      return skipLiteral(text, at, 'null');
    default:
      end = skipNumber(text, at);
      fields.add(slot, numberOf(text.slice(at, end)), scope);
      return end;
  }
}

function walkArray(
  text: string,
  from: number,
  node: PathNode,
  scope: number,
  depth: number,
  fields: Fields,
): number {
  if (depth > MAX_DEPTH) throw NOT_JSON;
  const id = fields.openArray();
  let at = skipBlank(text, from);
  if (text.charCodeAt(at) === 93) return at + 1;
  for (;;) {
    at = skipBlank(text, at);
    const code = text.charCodeAt(at);
    const inside = code === 123 || code === 91 ? fields.openElement(scope, id) : scope;
    at = skipBlank(text, walkMember(text, at, node, inside, depth, fields));
    if (text.charCodeAt(at) === 93) return at + 1;
    at = skipToken(text, at, 44);
  }
}

function stringAt(text: string, start: number, end: number): string {
  return JSON.parse(text.slice(start - 1, end + 1)) as string;
}
