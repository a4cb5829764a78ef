import { passes, type TextTest } from '../pattern/operator.ts';
import { addressBits } from '../value/address.ts';
import { caseKey, type IgnoreCaseText } from '../value/ignore-case.ts';
import { append } from './append.ts';
import { AffixTrie } from './affix-trie.ts';
import { WildcardIndex } from './wildcard-index.ts';

/** Finds, of many tests of strings, those that a string passes. */
export class TextIndex<Item> {
  private starts: AffixTrie<Candidate<Item>> | undefined;
  private ends: AffixTrie<Candidate<Item>> | undefined;
  private caselessStarts: AffixTrie<Candidate<Item>> | undefined;
  private caselessEnds: AffixTrie<Candidate<Item>> | undefined;
  private caseless: Map<string, Candidate<Item>[]> | undefined;
  private blocks: AffixTrie<Candidate<Item>> | undefined;
  private wildcards: WildcardIndex<Item> | undefined;
  private readonly unsorted: Candidate<Item>[] = [];
  private text = '';
  private take: ((item: Item) => void) | undefined;

  add(test: TextTest, item: Item): void {
    switch (test.kind) {
      case 'address':
        (this.blocks ??= new AffixTrie('start')).add(test.block.prefix, { test, item, isCertain: false });
        return;
      case 'wildcard':
        (this.wildcards ??= new WildcardIndex()).add(test.wildcard, item);
        return;
      case 'prefix':
        if (test.text.endsWith('"')) this.unsorted.push({ test, item, isCertain: false });
        else (this.starts ??= new AffixTrie('start')).add(test.text, { test, item, isCertain: true });
        return;
      case 'suffix':
        if (test.text.startsWith('"')) this.unsorted.push({ test, item, isCertain: false });
        else (this.ends ??= new AffixTrie('end')).add(test.text, { test, item, isCertain: true });
        return;
      default:
        this.addCaseless(test.kind, test.text, { test, item, isCertain: false });
    }
  }

  private addCaseless(kind: string, { key }: IgnoreCaseText, candidate: Candidate<Item>): void {
    if (key === undefined || key.includes('"')) this.unsorted.push(candidate);
    else if (kind === 'prefix-ignore-case')
      (this.caselessStarts ??= new AffixTrie('start')).add(key, candidate);
    else if (kind === 'suffix-ignore-case') (this.caselessEnds ??= new AffixTrie('end')).add(key, candidate);
    else append((this.caseless ??= new Map<string, Candidate<Item>[]>()), key, candidate);
  }

  /** Visits the items whose test the text passes, some perhaps more than once. */
  find(text: string, visit: (item: Item) => void): void {
    const { confirm } = this;
    this.text = text;
    this.take = visit;
    this.starts?.find(text, confirm);
    this.ends?.find(text, confirm);
    this.wildcards?.find(text, visit);
    for (const candidate of this.unsorted) confirm(candidate);
    if (this.caseless ?? this.caselessStarts ?? this.caselessEnds) this.findCaseless(caseKey(text), confirm);
    const bits = this.blocks && addressBits(text);
    if (bits !== undefined) this.blocks?.find(bits, confirm);
  }

  private readonly confirm = ({ test, item, isCertain }: Candidate<Item>): void => {
    if (isCertain || passes(test, this.text)) this.take?.(item);
  };

  private findCaseless(key: string, confirm: (candidate: Candidate<Item>) => void): void {
    this.caseless?.get(key)?.forEach(confirm);
    this.caselessStarts?.find(key, confirm);
    this.caselessEnds?.find(key, confirm);
  }
}

/** A test found by a part of its text, which is all there is to it or not. */
interface Candidate<Item> {
  readonly test: TextTest;
  readonly item: Item;
  readonly isCertain: boolean;
}
