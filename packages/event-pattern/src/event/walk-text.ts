import { MAX_DEPTH } from '../json/tree.ts';
import { ROOT, type Fields, type Slot } from './fields.ts';
import type { PathNode } from './path-node.ts';
import * as scan from './scan.ts';
import { NOT_JSON, skipBlank, skipToken, type Bytes } from './scan.ts';
import { Source } from './source.ts';

/**
 * Collects the asked fields of an event given as JSON text; false if it is not the text of an object.
 * What nobody asked for is checked but not built. A repeated key adds to what the field has, and what
 * follows the closing brace is not read, both as the engine does.
 */
export function walkText(text: string, root: PathNode, fields: Fields): boolean {
  const source = new Source(text);
  try {
    new TextWalk(source, fields).object(skipToken(source.bytes, 0, scan.OPEN_OBJECT), root, ROOT, 1);
    return true;
  } catch (error) {
    if (error !== NOT_JSON) throw error;
    return false;
  }
}

/** Each method takes the offset at which something begins and gives the one behind it. */
class TextWalk {
  private readonly bytes: Bytes;

  constructor(
    private readonly source: Source,
    private readonly fields: Fields,
  ) {
    this.bytes = source.bytes;
  }

  object(from: number, node: PathNode, scope: number, depth: number): number {
    if (depth > MAX_DEPTH) throw NOT_JSON;
    const { bytes } = this;
    let at = skipBlank(bytes, from);
    if (bytes[at] === scan.CLOSE_OBJECT) return at + 1;
    for (;;) {
      const start = skipToken(bytes, at, scan.QUOTE);
      const plainEnd = scan.endOfPlain(bytes, start);
      at = scan.skipString(bytes, plainEnd);
      const isPlain = plainEnd === at - 1;
      const next =
        isPlain && !node.isDeep ? node.nearNamed(bytes, start, plainEnd) : this.named(node, start, at - 1);
      at = skipBlank(bytes, skipToken(bytes, at, scan.COLON));
      at = next === undefined ? scan.skipValue(bytes, at, depth) : this.member(at, next, scope, depth);
      at = skipBlank(bytes, at);
      if (bytes[at] === scan.CLOSE_OBJECT) return at + 1;
      at = skipToken(bytes, at, scan.COMMA);
    }
  }

  private named(node: PathNode, start: number, end: number): PathNode | undefined {
    return node.named(this.source.stringAt(start, end));
  }

  private array(from: number, node: PathNode, scope: number, depth: number): number {
    if (depth > MAX_DEPTH) throw NOT_JSON;
    const { bytes, fields } = this;
    const id = fields.openArray();
    let at = skipBlank(bytes, from);
    if (bytes[at] === scan.CLOSE_ARRAY) return at + 1;
    for (;;) {
      at = skipBlank(bytes, at);
      const isScope = bytes[at] === scan.OPEN_OBJECT || bytes[at] === scan.OPEN_ARRAY;
      at = this.member(at, node, isScope ? fields.openElement(scope, id) : scope, depth);
      at = skipBlank(bytes, at);
      if (bytes[at] === scan.CLOSE_ARRAY) return at + 1;
      at = skipToken(bytes, at, scan.COMMA);
    }
  }

  private member(at: number, node: PathNode, scope: number, depth: number): number {
    switch (this.bytes[at]) {
      case scan.OPEN_OBJECT:
        if (node.edges.length > 0) return this.object(at + 1, node, scope, depth + 1);
        break;
      case scan.OPEN_ARRAY:
        return this.array(at + 1, node, scope, depth + 1);
      default:
        if (node.slot !== undefined) return this.leaf(at, node.slot, scope);
    }
    return scan.skipValue(this.bytes, at, depth);
  }

  private leaf(at: number, slot: Slot, scope: number): number {
    const { bytes, fields } = this;
    switch (bytes[at]) {
      case scan.QUOTE:
        return this.string(at + 1, slot, scope);
      case 116:
        fields.add(slot, true, scope);
        return scan.skipLiteral(bytes, at, 'true');
      case 102:
        fields.add(slot, false, scope);
        return scan.skipLiteral(bytes, at, 'false');
      case 110:
        fields.add(slot, null, scope);
        return scan.skipLiteral(bytes, at, 'null');
      default: {
        const end = scan.skipNumber(bytes, at);
        fields.add(slot, this.source.numberAt(at, end), scope);
        return end;
      }
    }
  }

  private string(start: number, slot: Slot, scope: number): number {
    const plainEnd = scan.endOfPlain(this.bytes, start);
    const end = scan.skipString(this.bytes, plainEnd);
    const { source } = this;
    const text = end === plainEnd + 1 ? source.plainAt(start, plainEnd) : source.stringAt(start, end - 1);
    this.fields.add(slot, text, scope);
    return end;
  }
}
