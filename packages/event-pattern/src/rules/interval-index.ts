/** Finds, of many closed intervals, those that hold a number: in steps of their depth and of the hits. */
export class IntervalIndex<Item> {
  private readonly intervals: Interval<Item>[] = [];
  private root: Node<Item> | undefined;

  add(low: number, high: number, item: Item): void {
    if (low <= high) this.intervals.push({ low, high, item });
    this.root = undefined;
  }

  find(value: number, visit: (item: Item) => void): void {
    if (this.intervals.length === 0) return;
    let node = (this.root ??= build(this.intervals));
    while (node !== undefined) {
      if (value < node.center) {
        for (const { low, item } of node.byLow) {
          if (low > value) break;
          visit(item);
        }
        node = node.below;
      } else {
        for (const { high, item } of node.byHigh) {
          if (high < value) break;
          visit(item);
        }
        node = node.above;
      }
    }
  }
}

interface Interval<Item> {
  readonly low: number;
  readonly high: number;
  readonly item: Item;
}

/** The intervals that hold the center, and those that lie wholly on either side of it. */
interface Node<Item> {
  readonly center: number;
  readonly byLow: readonly Interval<Item>[];
  readonly byHigh: readonly Interval<Item>[];
  readonly below: Node<Item> | undefined;
  readonly above: Node<Item> | undefined;
}

function build<Item>(intervals: readonly Interval<Item>[]): Node<Item> | undefined {
  const ends = intervals.flatMap(({ low, high }) => [low, high]).sort((a, b) => a - b);
  const center = ends[ends.length >> 1];
  if (center === undefined) return undefined;
  const held = intervals.filter(({ low, high }) => low <= center && center <= high);
  return {
    center,
    byLow: held.toSorted((a, b) => a.low - b.low),
    byHigh: held.toSorted((a, b) => b.high - a.high),
    below: build(intervals.filter(({ high }) => high < center)),
    above: build(intervals.filter(({ low }) => low > center)),
  };
}
