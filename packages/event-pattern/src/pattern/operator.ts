import { addressBits, covers, type Block } from '../value/address.ts';
import type { IgnoreCaseText } from '../value/ignore-case.ts';
import { InexactNumber } from '../value/number.ts';
import type { Wildcard } from '../value/wildcard.ts';

/** A leaf of an event. */
export type Leaf = string | number | boolean | null | InexactNumber;

/** One test of a leaf, read and normalised. */
export type LeafTest =
  | { readonly kind: 'equals'; readonly value: Leaf }
  | { readonly kind: 'address'; readonly block: Block }
  | { readonly kind: 'prefix' | 'suffix'; readonly text: string }
  | {
      readonly kind: 'equals-ignore-case' | 'prefix-ignore-case' | 'suffix-ignore-case';
      readonly text: IgnoreCaseText;
    }
  | { readonly kind: 'wildcard'; readonly wildcard: Wildcard }
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  | { readonly kind: 'exists' }
  | { readonly kind: 'anything-but'; readonly tests: readonly LeafTest[] };

/** What a field may be asked to be: something, or nothing at all. */
export type Test = LeafTest | { readonly kind: 'absent' };

/** One alternative in the array of a field: the test, and how the pattern spells it. */
export interface Operator {
  readonly test: Test;
  /** As the language names it: `equals`, `prefix`, `anything-but`, ... */
  readonly name: string;
  /** The operand as the pattern gives it. */
  readonly expected: unknown;
}

/** How many stars a test makes a matcher keep count of. */
export function starsIn(test: Test): number {
  if (test.kind === 'anything-but')
    return test.tests.reduce((stars, excluded) => stars + starsIn(excluded), 0);
  return test.kind === 'wildcard' ? test.wildcard.stars : 0;
}

/** Whether a leaf passes. */
export function passes(test: LeafTest, leaf: Leaf): boolean {
  switch (test.kind) {
    case 'equals':
      return test.value === leaf || (leaf instanceof InexactNumber && sameText(test.value, leaf));
    case 'between':
      return typeof leaf === 'number' && leaf >= test.low && leaf <= test.high;
    case 'anything-but':
      for (const excluded of test.tests) if (passes(excluded, leaf)) return false;
      return true;
    case 'exists':
      return true;
    default:
      return typeof leaf === 'string' && passesText(test, leaf);
  }
}

export type TextTest = Exclude<LeafTest, { kind: 'equals' | 'between' | 'anything-but' | 'exists' }>;

// The engine compares strings with their quotes on, so that the prefix `a"` and the suffix `"a` find "a".
function passesText(test: TextTest, text: string): boolean {
  switch (test.kind) {
    case 'address':
      return coversText(test.block, text);
    case 'prefix':
      return text.startsWith(test.text) || (longer(test.text, text) && test.text === `${text}"`);
    case 'suffix':
      return text.endsWith(test.text) || (longer(test.text, text) && test.text === `"${text}`);
    case 'equals-ignore-case':
      return test.text.equals(text);
    case 'prefix-ignore-case':
      return test.text.startsIn(`${text}"`);
    case 'suffix-ignore-case':
      return test.text.endsIn(`"${text}`);
    case 'wildcard':
      return test.wildcard.matches(text);
  }
}

function sameText(expected: Leaf, leaf: InexactNumber): boolean {
  return expected instanceof InexactNumber && expected.text === leaf.text;
}

function longer(affix: string, text: string): boolean {
  return affix.length === text.length + 1;
}

function coversText(block: Block, text: string): boolean {
  const bits = addressBits(text);
  return bits !== undefined && covers(block, bits);
}
