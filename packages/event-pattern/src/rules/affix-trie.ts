/** Finds, of many texts, those that a value starts with (or ends with), in steps of the value alone. */
export class AffixTrie<Item> {
  private readonly root: Node<Item> = { next: undefined, items: undefined };

  constructor(private readonly side: 'start' | 'end') {}

  add(affix: string, item: Item): void {
    let node = this.root;
    for (let step = 0; step < affix.length; step++) {
      const code = affix.charCodeAt(this.side === 'start' ? step : affix.length - 1 - step);
      node.next ??= new Map();
      let next = node.next.get(code);
      if (next === undefined) node.next.set(code, (next = { next: undefined, items: undefined }));
      node = next;
    }
    (node.items ??= []).push(item);
  }

  find(value: string, visit: (item: Item) => void): void {
    const { length } = value;
    const fromStart = this.side === 'start';
    let node: Node<Item> | undefined = this.root;
    for (let step = 0; node !== undefined; step++) {
      if (node.items !== undefined) for (const item of node.items) visit(item);
      if (node.next === undefined || step === length) return;
      node = node.next.get(value.charCodeAt(fromStart ? step : length - 1 - step));
    }
  }
}

interface Node<Item> {
  next: Map<number, Node<Item>> | undefined;
  items: Item[] | undefined;
}
