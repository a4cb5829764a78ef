import type { Fields } from './event/fields.ts';
import type { Clause } from './match/clause.ts';
import type { Conjunction } from './match/conjunction.ts';
import { passes, type Leaf } from './pattern/operator.ts';
import { InexactNumber } from './value/number.ts';

/** Why an event does or does not match a pattern. */
export interface Explanation {
  readonly matched: boolean;
  /** Every alternative of every field, of every branch that `$or` opens. */
  readonly clauses: readonly ClauseVerdict[];
  /** The shortest reason for a miss, that of the branch that came nearest; null for a match. */
  readonly reason: string | null;
}

export interface ClauseVerdict {
  /** Which way through `$or` this belongs to; 0 where there is one way. */
  readonly branch: number;
  /** The field, its keys joined with dots. */
  readonly path: string;
  /** As the language names it: `equals`, `prefix`, `anything-but`, ... */
  readonly operator: string;
  /** The operand, as the pattern gives it. */
  readonly expected: unknown;
  /** What the event has there, arrays flattened; a number that no double represents as its text. */
  readonly actual: readonly unknown[];
  /**
   * - `met`: a value passes, or the field is absent as it should be
   * - `missed`: no value passes
   * - `absent`: the event has no value there
   * - `elsewhere`: a value passes, but in another element of an array than those of the other fields
   */
  readonly verdict: 'met' | 'missed' | 'absent' | 'elsewhere';
}

export function explainWith(isEvent: boolean, branches: readonly Conjunction[], fields: Fields): Explanation {
  if (!isEvent) return { matched: false, clauses: [], reason: 'the event is not a JSON object' };
  const outcomes = branches.map((branch, index) => outcomeOf(branch, index, fields));
  const clauses = outcomes.flatMap((outcome) => outcome.clauses);
  const reasons = outcomes.map(({ reasons: ofBranch }) => ofBranch).sort((a, b) => a.length - b.length);
  const [fewest = []] = reasons;
  const matched = fewest.length === 0;
  return { matched, clauses, reason: matched ? null : shortest(fewest) };
}

interface Outcome {
  readonly clauses: readonly ClauseVerdict[];
  /** One for each field that is not met; none if the branch matches. */
  readonly reasons: readonly string[];
}

function outcomeOf(branch: Conjunction, index: number, fields: Fields): Outcome {
  const missed = branch.clauses.filter((clause) => clause.judge(fields) === 'missed');
  const isApart = missed.length === 0 && !branch.matches(fields);
  const apart = isApart ? branch.clauses.filter((clause) => clause.judge(fields) === 'met-in-array') : [];
  const clauses = branch.clauses.flatMap((clause) => verdictsOf(clause, index, apart));
  if (!isApart) return { clauses, reasons: missed.map(reasonOf) };
  const paths = apart.map(({ slot }) => slot.path).join(' and ');
  return { clauses, reasons: [`no one array element meets ${paths}`] };
}

function verdictsOf({ slot, operators }: Clause, branch: number, apart: readonly Clause[]): ClauseVerdict[] {
  const leaves = slot.leaves.slice(0, slot.count);
  const actual = leaves.map(shown);
  const met = apart.some((clause) => clause.slot === slot) ? 'elsewhere' : 'met';
  const unmet = leaves.length === 0 ? 'absent' : 'missed';
  return operators.map(({ test, name, expected }) => {
    const isMet = test.kind === 'absent' ? slot.isScoped : leaves.some((leaf) => passes(test, leaf));
    return { branch, path: slot.path, operator: name, expected, actual, verdict: isMet ? met : unmet };
  });
}

function reasonOf({ slot, operators }: Clause): string {
  const wanted = operators.map(({ name, expected }) => {
    const operand = JSON.stringify(expected);
    return name === 'equals' ? operand : `${name} ${operand}`;
  });
  const found = slot.leaves.slice(0, slot.count).map((leaf) => JSON.stringify(shown(leaf)));
  return `${slot.path} is ${listed(found) || 'absent'}, wanted ${listed(wanted)}`;
}

const LISTED = 5;

function listed(texts: readonly string[]): string {
  const rest = texts.length - LISTED;
  const shownTexts = texts.slice(0, LISTED).join(', ');
  return rest > 0 ? `${shownTexts} and ${rest} more` : shownTexts;
}

function shown(leaf: Leaf): unknown {
  return leaf instanceof InexactNumber ? leaf.text : leaf;
}

function shortest(reasons: readonly string[]): string {
  return reasons.reduce((best, reason) => (reason.length < best.length ? reason : best));
}
