/** Finds, of many texts, those that a value starts with (or ends with), in steps of the value alone. */
export class AffixTrie<Item> {
  private readonly root = new TrieNode<Item>();

  constructor(private readonly side: 'start' | 'end') {}

  add(affix: string, item: Item): void {
    let node = this.root;
    for (let step = 0; step < affix.length; step++)
      node = node.childMade(affix.charCodeAt(this.side === 'start' ? step : affix.length - 1 - step));
    node.items.push(item);
  }

  find(value: string, visit: (item: Item) => void): void {
    const { length } = value;
    const fromStart = this.side === 'start';
    let node: TrieNode<Item> | undefined = this.root;
    for (let step = 0; node !== undefined; step++) {
      for (const item of node.items) visit(item);
      if (step === length) return;
      node = node.child(value.charCodeAt(fromStart ? step : length - 1 - step));
    }
  }
}

/** Most nodes have one child, which is quicker to reach without a map. */
class TrieNode<Item> {
  readonly items: Item[] = [];
  private code = -1;
  private first: TrieNode<Item> | undefined;
  private others: Map<number, TrieNode<Item>> | undefined;

  child(code: number): TrieNode<Item> | undefined {
    return code === this.code ? this.first : this.others?.get(code);
  }

  childMade(code: number): TrieNode<Item> {
    const known = this.child(code);
    if (known !== undefined) return known;
    const made = new TrieNode<Item>();
    if (this.first === undefined) {
      this.code = code;
      this.first = made;
    } else (this.others ??= new Map<number, TrieNode<Item>>()).set(code, made);
    return made;
  }
}
