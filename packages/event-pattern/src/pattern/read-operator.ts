import { refuse, type Location } from '../invalid-pattern-error.ts';
import { plain, type JsonTree } from '../json/tree.ts';
import { addressBits, cidrBlock } from '../value/address.ts';
import { IgnoreCaseText } from '../value/ignore-case.ts';
import { numberOf } from '../value/number.ts';
import { readAnythingBut } from './read-anything-but.ts';
import { readNumeric } from './read-numeric.ts';
import { readWildcard, textOf, type Grammar } from './read-text.ts';
import type { Operator, Test } from './operator.ts';

/** Reads one alternative of a field: a value to equal, or an object with one operator. */
export function readOperator(tree: JsonTree, grammar: Grammar, location: Location): Operator {
  switch (tree.kind) {
    case 'object':
      return readExpression(tree.entries, grammar, location);
    case 'array':
      return refuse(location, 'a value is a string, a number, true, false, null or an operator');
    case 'string': {
      const bits = addressBits(tree.text);
      const test: Test =
        bits === undefined
          ? { kind: 'equals', value: tree.text }
          : { kind: 'address', block: { prefix: bits, width: bits.length } };
      return { test, name: 'equals', expected: tree.text };
    }
    case 'number': {
      const value = numberOf(tree.text);
      return { test: { kind: 'equals', value }, name: 'equals', expected: plain(tree) };
    }
    case 'literal':
      return { test: { kind: 'equals', value: tree.value }, name: 'equals', expected: tree.value };
  }
}

function readExpression(
  entries: readonly (readonly [string, JsonTree])[],
  grammar: Grammar,
  location: Location,
): Operator {
  const [entry, ...others] = entries;
  if (entry === undefined) return refuse(location, 'an operator is missing');
  if (others.length > 0) refuse(location, 'an operator stands alone in its object');
  const [name, operand] = entry;
  const read = READERS.get(name);
  if (read === undefined) return refuse(location, `there is no operator ${JSON.stringify(name)}`);
  const here = [...location, name];
  if (grammar.isFilter && !ESM_OPERATORS.has(name)) refuse(here, `filters have no operator ${name}`);
  return { test: read(operand, here, grammar), name, expected: plain(operand) };
}

type Reader = (operand: JsonTree, location: Location, grammar: Grammar) => Test;

const READERS = new Map<string, Reader>([
  ['exactly', (operand, at) => ({ kind: 'equals', value: textOf(operand, at) })],
  ['prefix', (operand, at) => readAffix('prefix', operand, at)],
  ['suffix', (operand, at) => readAffix('suffix', operand, at)],
  ['equals-ignore-case', (operand, at) => ignoreCase('equals-ignore-case', operand, at)],
  ['wildcard', readWildcard],
  ['numeric', readNumeric],
  ['exists', readExists],
  ['cidr', readCidr],
  ['anything-but', readAnythingBut],
]);

const ESM_OPERATORS = new Set([
  'prefix',
  'suffix',
  'equals-ignore-case',
  'numeric',
  'exists',
  'anything-but',
]);

function readAffix(kind: 'prefix' | 'suffix', operand: JsonTree, location: Location): Test {
  if (operand.kind !== 'object') return { kind, text: textOf(operand, location) };
  const [entry, ...others] = operand.entries;
  if (entry?.[0] !== 'equals-ignore-case' || others.length > 0)
    return refuse(location, `${kind} takes a string or {"equals-ignore-case": string}`);
  return ignoreCase(`${kind}-ignore-case`, entry[1], [...location, entry[0]]);
}

type IgnoreCaseTest = Extract<Test, { text: IgnoreCaseText }>;

function ignoreCase(kind: IgnoreCaseTest['kind'], operand: JsonTree, location: Location): Test {
  return { kind, text: new IgnoreCaseText(textOf(operand, location)) };
}

function readExists(operand: JsonTree, location: Location): Test {
  if (operand.kind !== 'literal' || operand.value === null)
    return refuse(location, 'exists takes true or false');
  return { kind: operand.value ? 'exists' : 'absent' };
}

function readCidr(operand: JsonTree, location: Location): Test {
  const outcome = cidrBlock(textOf(operand, location));
  return 'refusal' in outcome ? refuse(location, outcome.refusal) : { kind: 'address', block: outcome.block };
}
