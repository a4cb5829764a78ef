import { Slot } from './fields.ts';
import type { Bytes } from './scan.ts';

const encoder = new TextEncoder();

/** Edges span at most so many keys, lest a deep path has as many as the square of its depth. */
const LONGEST_EDGE = 8;

/**
 * A place in the tree of the paths that patterns ask for. A path may be cut into keys in several ways,
 * since `{"a": {"b": 1}}` and `{"a.b": 1}` are one to the language, so a node has edges to its near
 * descendants, named by the keys between them joined with dots.
 */
export class PathNode {
  slot: Slot | undefined;
  /** Whether there are descendants beyond the edges, for keys with more dots to lead to. */
  isDeep = false;
  readonly edges: Edge[] = [];
  private readonly byName = new Map<string, PathNode>();
  /** The edges whose names have as many bytes as the index. */
  private readonly byLength: (Edge[] | undefined)[] = [];

  /** The slot of a path below this node, made when it is asked for first. */
  slotAt(path: string): Slot {
    const steps = path.split('.');
    const line: PathNode[] = [this];
    for (const [depth, step] of steps.entries()) {
      const known = line[depth]?.byName.get(step);
      const node = known ?? new PathNode();
      if (known === undefined)
        for (const [index, ancestor] of line.slice(-LONGEST_EDGE).toReversed().entries())
          ancestor.connect(steps.slice(depth - index, depth + 1).join('.'), node);
      line.push(node);
    }
    for (const ancestor of line.slice(0, -1 - LONGEST_EDGE)) ancestor.isDeep = true;
    const end = line.at(-1) as PathNode;
    return (end.slot ??= new Slot(path));
  }

  /** The node to which a key of an event leads. */
  named(name: string): PathNode | undefined {
    const near = this.byName.get(name);
    if (near !== undefined || !this.isDeep) return near;
    return name.split('.').reduce<PathNode | undefined>((node, step) => node?.byName.get(step), this);
  }

  /** As `named`, for a near node whose name stands in `bytes`. */
  nearNamed(bytes: Bytes, start: number, end: number): PathNode | undefined {
    const candidates = this.byLength[end - start];
    if (candidates === undefined) return undefined;
    for (const edge of candidates) if (standsAt(bytes, start, edge.bytes)) return edge.node;
    return undefined;
  }

  private connect(name: string, node: PathNode): void {
    const edge = { name, bytes: encoder.encode(name), node };
    this.edges.push(edge);
    this.byName.set(name, node);
    (this.byLength[edge.bytes.length] ??= []).push(edge);
  }
}

export interface Edge {
  readonly name: string;
  readonly bytes: Bytes;
  readonly node: PathNode;
}

function standsAt(bytes: Bytes, start: number, name: Bytes): boolean {
  for (let index = 0; index < name.length; index++) if (bytes[start + index] !== name[index]) return false;
  return true;
}
