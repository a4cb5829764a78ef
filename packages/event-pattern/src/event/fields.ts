import type { Leaf } from '../pattern/operator.ts';

/**
 * The leaves that one event has at one path, and for each the scope in which it was found. Reused from
 * event to event: `count` says how many entries are of the present one.
 */
export class Slot {
  count = 0;
  readonly leaves: Leaf[] = [];
  readonly scopes: number[] = [];

  constructor(readonly path: string) {}

  leafAt(index: number): Leaf {
    return this.leaves[index] as Leaf;
  }

  scopeAt(index: number): number {
    return this.scopes[index] as number;
  }

  /** Whether every leaf is inside an array, so that another choice of elements could avoid it. */
  get isScoped(): boolean {
    for (let index = 0; index < this.count; index++) if (this.scopeAt(index) === ROOT) return false;
    return true;
  }
}

/** The scope of what is in no array. */
export const ROOT = 0;

/**
 * What an event has at the paths that patterns ask for. An element of an array that is itself an object
 * or an array opens a scope; fields in two elements of one array belong to no common match.
 */
export class Fields {
  private readonly filled: Slot[] = [];
  private readonly parents: number[] = [ROOT];
  private readonly arrays: number[] = [-1];
  private scopeCount = 1;
  private arrayCount = 0;

  /** Counts the events seen, so that what was worked out for one can be told from the next. */
  event = 0;

  clear(): void {
    this.event++;
    for (const slot of this.filled) slot.count = 0;
    this.filled.length = 0;
    this.scopeCount = 1;
    this.arrayCount = 0;
  }

  /** The slots that the present event fills. */
  get slots(): readonly Slot[] {
    return this.filled;
  }

  add(slot: Slot, leaf: Leaf, scope: number): void {
    if (slot.count === 0) this.filled.push(slot);
    slot.leaves[slot.count] = leaf;
    slot.scopes[slot.count] = scope;
    slot.count++;
  }

  openArray(): number {
    return this.arrayCount++;
  }

  openElement(parent: number, array: number): number {
    this.parents[this.scopeCount] = parent;
    this.arrays[this.scopeCount] = array;
    return this.scopeCount++;
  }

  parentOf(scope: number): number {
    return this.parents[scope] as number;
  }

  arrayOf(scope: number): number {
    return this.arrays[scope] as number;
  }
}
