import { refuse, type Location } from '../invalid-pattern-error.ts';
import type { JsonTree } from '../json/tree.ts';
import { HIGHEST, LOWEST, nextAbove, nextBelow, numberOf } from '../value/number.ts';
import type { Test } from './operator.ts';

/** `[op, number]`, or `[">" or ">=", number, "<" or "<=", number]`. */
export function readNumeric(operand: JsonTree, location: Location): Test {
  if (operand.kind !== 'array') return refuse(location, 'numeric takes an array');
  const [operator, value, second, top, ...rest] = operand.items;
  const bound = comparable(value, [...location, 1]);
  const range = boundsOf(operator?.kind === 'string' ? operator.text : '', bound, [...location, 0]);
  if (second === undefined) return { kind: 'between', ...range };
  if (range.high !== HIGHEST || rest.length > 0) refuse(location, 'numeric has too many elements');
  if (second.kind !== 'string' || !second.text.startsWith('<'))
    return refuse([...location, 2], 'the second bound of a range is "<" or "<="');
  const end = comparable(top, [...location, 3]);
  const { high } = boundsOf(second.text, end, [...location, 2]);
  if (bound >= end) refuse(location, 'the lower bound is not below the upper one');
  return { kind: 'between', low: range.low, high };
}

/** A number that a pattern may compare with: one that a double represents exactly. */
export function comparable(tree: JsonTree | undefined, location: Location): number {
  if (tree?.kind !== 'number') return refuse(location, 'a number is expected here');
  const value = numberOf(tree.text);
  return typeof value === 'number' ? value : refuse(location, `${tree.text} cannot be compared exactly`);
}

function boundsOf(operator: string, bound: number, location: Location): { low: number; high: number } {
  // The engine keeps a half-open range as one that ends at the extreme double, and refuses an empty one.
  if (bound === (operator.startsWith('<') ? LOWEST : HIGHEST) && operator !== '=')
    refuse(location, 'no number lies beyond this bound');
  switch (operator) {
    case '=':
      return { low: bound, high: bound };
    case '<':
      return { low: LOWEST, high: nextBelow(bound) };
    case '<=':
      return { low: LOWEST, high: bound };
    case '>':
      return { low: nextAbove(bound), high: HIGHEST };
    case '>=':
      return { low: bound, high: HIGHEST };
    default:
      return refuse(location, 'a numeric operator is one of = < <= > >=');
  }
}
