import { refuse, type Location } from '../invalid-pattern-error.ts';
import type { JsonTree } from '../json/tree.ts';
import { IgnoreCaseText } from '../value/ignore-case.ts';
import type { LeafTest } from './operator.ts';
import { comparable } from './read-numeric.ts';
import { readWildcard, textOf, type Grammar } from './read-text.ts';

/** A value, a list of strings or of numbers, or one of four operators with a string or a list of them. */
export function readAnythingBut(operand: JsonTree, location: Location, grammar: Grammar): LeafTest {
  if (operand.kind !== 'object')
    return {
      kind: 'anything-but',
      tests: listOf(operand, location).map(([item, at]) => readValue(item, at)),
    };
  const [entry, ...others] = operand.entries;
  const read = EXCLUSIONS.get(entry?.[0] ?? '');
  if (entry === undefined || read === undefined || others.length > 0)
    return refuse(location, `anything-but takes values or one of ${[...EXCLUSIONS.keys()].join(', ')}`);
  if (grammar.isFilter) refuse(location, `filters have no anything-but with ${entry[0]}`);
  if (grammar.orIsField && isNewer(entry)) refuse(location, 'not beside a field named $or');
  const items = listOf(entry[1], [...location, entry[0]]);
  return { kind: 'anything-but', tests: items.map(([item, at]) => read(item, at)) };
}

const EXCLUSIONS = new Map<string, (operand: JsonTree, location: Location) => LeafTest>([
  ['prefix', (operand, at) => ({ kind: 'prefix', text: notEmpty(operand, at) })],
  ['suffix', (operand, at) => ({ kind: 'suffix', text: notEmpty(operand, at) })],
  [
    'equals-ignore-case',
    (operand, at) => ({ kind: 'equals-ignore-case', text: new IgnoreCaseText(textOf(operand, at)) }),
  ],
  ['wildcard', readWildcard],
]);

function listOf(operand: JsonTree, location: Location): (readonly [JsonTree, Location])[] {
  if (operand.kind !== 'array') return [[operand, location]];
  const { items } = operand;
  if (items.length === 0) refuse(location, 'the list of anything-but is empty');
  if (items.some((item) => item.kind !== items[0]?.kind))
    refuse(location, 'the list of anything-but is of strings or of numbers, not mixed');
  return items.map((item, index) => [item, [...location, index]]);
}

function isNewer([name, operand]: readonly [string, JsonTree]): boolean {
  return name === 'wildcard' || (name !== 'equals-ignore-case' && operand.kind === 'array');
}

function readValue(operand: JsonTree, location: Location): LeafTest {
  switch (operand.kind) {
    case 'string':
      return { kind: 'equals', value: operand.text };
    case 'number':
      return { kind: 'equals', value: comparable(operand, location) };
    default:
      return refuse(location, 'anything-but takes strings and numbers');
  }
}

function notEmpty(operand: JsonTree, location: Location): string {
  return textOf(operand, location) || refuse(location, 'the text of anything-but is empty');
}
