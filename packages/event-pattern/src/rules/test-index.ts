import { passes, type Leaf, type LeafTest } from '../pattern/operator.ts';
import { InexactNumber } from '../value/number.ts';
import { IntervalIndex } from './interval-index.ts';
import { append } from './append.ts';
import { TextIndex } from './text-index.ts';

/** Finds, of many tests of one field, those that a leaf passes, without trying each. */
export class TestIndex<Item> {
  private readonly values = new Map<Leaf, Item[]>();
  private readonly texts = new TextIndex<Item>();
  private readonly intervals = new IntervalIndex<Item>();
  private readonly anyLeaf: Item[] = [];
  private readonly unsorted: { readonly test: LeafTest; readonly item: Item }[] = [];
  private readonly allowed: Allowed<Item>[] = [];
  private exclusions: TestIndex<Allowed<Item>> | undefined;
  private finds = 0;

  add(test: LeafTest, item: Item): void {
    switch (test.kind) {
      case 'equals':
        if (test.value instanceof InexactNumber) this.unsorted.push({ test, item });
        else append(this.values, test.value, item);
        return;
      case 'between':
        if (test.low === test.high) append(this.values, test.low, item);
        else this.intervals.add(test.low, test.high, item);
        return;
      case 'exists':
        this.anyLeaf.push(item);
        return;
      case 'anything-but':
        this.addAllowed(test.tests, item);
        return;
      default:
        this.texts.add(test, item);
    }
  }

  private addAllowed(excluded: readonly LeafTest[], item: Item): void {
    const allowed = { item, excludedAt: 0 };
    this.allowed.push(allowed);
    this.exclusions ??= new TestIndex();
    for (const test of excluded) this.exclusions.add(test, allowed);
  }

  /** Visits the items whose test the leaf passes, some perhaps more than once. */
  find(leaf: Leaf, visit: (item: Item) => void): void {
    const known = this.values.get(leaf);
    if (known !== undefined) for (const item of known) visit(item);
    if (typeof leaf === 'string') this.texts.find(leaf, visit);
    else if (typeof leaf === 'number') this.intervals.find(leaf, visit);
    for (const item of this.anyLeaf) visit(item);
    for (const { test, item } of this.unsorted) if (passes(test, leaf)) visit(item);
    if (this.exclusions !== undefined) this.findAllowed(this.exclusions, leaf, visit);
  }

  /** What excludes the leaf is looked up, so that the cost is that of the hits. */
  private findAllowed(exclusions: TestIndex<Allowed<Item>>, leaf: Leaf, visit: (item: Item) => void): void {
    const now = ++this.finds;
    exclusions.find(leaf, (allowed) => (allowed.excludedAt = now));
    for (const allowed of this.allowed) if (allowed.excludedAt !== now) visit(allowed.item);
  }
}

/** An anything-but, and the last search in which a leaf was excluded by it. */
interface Allowed<Item> {
  readonly item: Item;
  excludedAt: number;
}
