import { append } from './append.ts';

/** How much of a text is looked up; shorter texts cannot be found by it. */
export const GRAM_LENGTH = 3;

/** Finds, of many texts, those that a value may contain: each of its runs of three characters is looked up. */
export class GramIndex<Item> {
  private readonly items = new Map<number, Item[]>();

  add(text: string, item: Item): void {
    append(this.items, gramAt(text, 0), item);
  }

  /** May visit an item more than once, and items whose text the value does not contain. */
  find(value: string, visit: (item: Item) => void): void {
    if (this.items.size === 0) return;
    for (let start = 0; start + GRAM_LENGTH <= value.length; start++)
      for (const item of this.items.get(gramAt(value, start)) ?? []) visit(item);
  }
}

function gramAt(text: string, start: number): number {
  return (text.charCodeAt(start) * 961 + text.charCodeAt(start + 1) * 31 + text.charCodeAt(start + 2)) | 0;
}
