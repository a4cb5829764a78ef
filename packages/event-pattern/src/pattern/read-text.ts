import { refuse, type Location } from '../invalid-pattern-error.ts';
import type { JsonTree } from '../json/tree.ts';
import { Wildcard, wildcardRefusal } from '../value/wildcard.ts';
import type { LeafTest } from './operator.ts';

/** The language spoken: that of rules, or the narrower one of the filters of event source mappings. */
export type Dialect = 'eventbridge' | 'esm';

/** What is read. */
export interface Grammar {
  /** The `esm` dialect. */
  readonly isFilter: boolean;
  /** The older language that the engine turns to where `$or` is no operator but a field's name. */
  readonly orIsField: boolean;
}

export function textOf(operand: JsonTree, location: Location): string {
  return operand.kind === 'string' ? operand.text : refuse(location, 'a string is expected here');
}

export function readWildcard(operand: JsonTree, location: Location): LeafTest {
  const text = textOf(operand, location);
  const refusal = wildcardRefusal(text);
  if (refusal !== undefined) refuse(location, refusal);
  return { kind: 'wildcard', wildcard: new Wildcard(text) };
}
