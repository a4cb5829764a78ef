import type { Wildcard } from '../value/wildcard.ts';
import { AffixTrie } from './affix-trie.ts';
import { GRAM_LENGTH, GramIndex } from './gram-index.ts';

/** Finds, of many wildcards, those that match: each is tried on the texts that have one certain part of it. */
export class WildcardIndex<Item> {
  private pending: Entry<Item>[] = [];
  private readonly heads = new AffixTrie<Entry<Item>>('start');
  private readonly tails = new AffixTrie<Entry<Item>>('end');
  private readonly grams = new GramIndex<Entry<Item>>();
  private readonly unsorted: Entry<Item>[] = [];
  private text = '';
  private take: ((item: Item) => void) | undefined;

  add(wildcard: Wildcard, item: Item): void {
    this.pending.push({ wildcard, item });
  }

  find(text: string, visit: (item: Item) => void): void {
    if (this.pending.length > 0) this.sort();
    const { confirm } = this;
    this.text = text;
    this.take = visit;
    this.heads.find(text, confirm);
    this.tails.find(text, confirm);
    this.grams.find(text, confirm);
    this.unsorted.forEach(confirm);
  }

  private readonly confirm = ({ wildcard, item }: Entry<Item>): void => {
    if (wildcard.matches(this.text)) this.take?.(item);
  };

  /** Each is found by the part that the fewest of them share. */
  private sort(): void {
    const entries = this.pending;
    this.pending = [];
    const heads = countsOf(entries, ({ head }) => head);
    const tails = countsOf(entries, ({ tail }) => tail);
    const grams = countsOf(entries, gramOf);
    for (const entry of entries) {
      const { head, tail, longest } = entry.wildcard;
      const sharing = [heads.get(head), tails.get(tail), grams.get(gramOf(entry.wildcard))];
      const [byHead = Infinity, byTail = Infinity, byGram = Infinity] = sharing;
      const least = Math.min(byHead, byTail, byGram * GRAM_COST);
      if (least === Infinity) this.unsorted.push(entry);
      else if (least === byHead) this.heads.add(head, entry);
      else if (least === byTail) this.tails.add(tail, entry);
      else this.grams.add(longest, entry);
    }
  }
}

/** A search by pieces walks over the whole text, which is worth so many trials. */
const GRAM_COST = 8;

interface Entry<Item> {
  readonly wildcard: Wildcard;
  readonly item: Item;
}

function gramOf({ longest }: Wildcard): string {
  return longest.length < GRAM_LENGTH ? '' : longest.slice(0, GRAM_LENGTH);
}

/** How many have each part, the empty one aside. */
function countsOf<Item>(
  entries: readonly Entry<Item>[],
  partOf: (wildcard: Wildcard) => string,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { wildcard } of entries) {
    const part = partOf(wildcard);
    if (part !== '') counts.set(part, 1 + (counts.get(part) ?? 0));
  }
  return counts;
}
