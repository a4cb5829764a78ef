/** Finds, of many texts, those that a value starts with (or ends with), in steps of the value alone. */
export class AffixTrie<Item> {
  private readonly root: TrieNode<Item> = { label: '', items: [], next: new Map() };

  constructor(private readonly side: 'start' | 'end') {}

  add(affix: string, item: Item): void {
    const text = this.side === 'start' ? affix : affix.split('').reverse().join('');
    let node = this.root;
    for (let at = 0; at < text.length; at += node.label.length) {
      const child = node.next.get(text.charCodeAt(at));
      if (child === undefined) {
        node.next.set(text.charCodeAt(at), { label: text.slice(at), items: [item], next: new Map() });
        return;
      }
      const shared = sharedLength(child.label, text.slice(at));
      node = shared < child.label.length ? split(node, child, shared) : child;
    }
    node.items.push(item);
  }

  find(value: string, visit: (item: Item) => void): void {
    let node: TrieNode<Item> | undefined = this.root;
    let at = 0;
    while (node !== undefined && this.hasAt(value, at, node.label)) {
      at += node.label.length;
      if (node.items.length > 0) for (const item of node.items) visit(item);
      node = at < value.length ? node.next.get(this.codeAt(value, at)) : undefined;
    }
  }

  private hasAt(value: string, at: number, label: string): boolean {
    if (at + label.length > value.length) return false;
    for (let step = 0; step < label.length; step++)
      if (this.codeAt(value, at + step) !== label.charCodeAt(step)) return false;
    return true;
  }

  private codeAt(value: string, at: number): number {
    return value.charCodeAt(this.side === 'start' ? at : value.length - 1 - at);
  }
}

/** What the texts below have in common, from their parent on. */
interface TrieNode<Item> {
  label: string;
  readonly items: Item[];
  readonly next: Map<number, TrieNode<Item>>;
}

/** Puts a node with the first part of the child's label between the two. */
function split<Item>(parent: TrieNode<Item>, child: TrieNode<Item>, length: number): TrieNode<Item> {
  const between: TrieNode<Item> = { label: child.label.slice(0, length), items: [], next: new Map() };
  child.label = child.label.slice(length);
  between.next.set(child.label.charCodeAt(0), child);
  parent.next.set(between.label.charCodeAt(0), between);
  return between;
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
