import { Slot } from './fields.ts';

/**
 * A place in the tree of the paths that patterns ask for. A path may be cut into keys in several ways,
 * since `{"a": {"b": 1}}` and `{"a.b": 1}` are one to the language, so a node has an edge to each of its
 * descendants, named by the keys between them joined with dots.
 */
export class PathNode {
  slot: Slot | undefined;
  readonly edges: Edge[] = [];
  readonly byName = new Map<string, PathNode>();
  /** The edges whose names have as many characters as the index. */
  readonly byLength: (Edge[] | undefined)[] = [];

  private connect(name: string, node: PathNode): void {
    const edge = { name, first: name.charCodeAt(0), node };
    this.edges.push(edge);
    this.byName.set(name, node);
    (this.byLength[name.length] ??= []).push(edge);
  }

  /** The slot of a path below this node, made when it is asked for first. */
  slotAt(path: string): Slot {
    const steps = path.split('.');
    const line: PathNode[] = [this];
    for (const [depth, step] of steps.entries()) {
      const known = line[depth]?.byName.get(step);
      const node = known ?? new PathNode();
      if (known === undefined)
        for (const [start, ancestor] of line.entries())
          ancestor.connect(steps.slice(start, depth + 1).join('.'), node);
      line.push(node);
    }
    const end = line.at(-1) ?? this;
    return (end.slot ??= new Slot(path));
  }
}

export interface Edge {
  readonly name: string;
  readonly first: number;
  readonly node: PathNode;
}
