import { refuse, type InvalidPatternError } from '../invalid-pattern-error.ts';
import { readJson } from '../json/read.ts';
import { plain, treeOf, type JsonTree } from '../json/tree.ts';
import { readPattern, type Branch } from './read-pattern.ts';
import type { Dialect } from './read-text.ts';

/** What a pattern is held to. */
export interface PatternOptions {
  /**
   * `eventbridge` (the default) is the language of rules; `esm` that of the filters of event source
   * mappings, which have no `wildcard`, no `cidr` and no `anything-but` with an operator.
   */
  readonly dialect?: Dialect;
  /** The longest pattern in characters of JSON; 4,096 as PutRule allows. */
  readonly maxLength?: number;
  /** The most branches that `$or` may multiply to; 1,000 as PutRule allows. */
  readonly maxBranches?: number;
  /** The most stars in the wildcards of one field; 100, since PutRule's own bound is not published. */
  readonly maxStars?: number;
}

/** Reads a pattern, given as a parsed value or as JSON text, into its branches. */
export function compilePattern(pattern: unknown, options: PatternOptions = {}): readonly Branch[] {
  const { branches, problems } = read(pattern, options);
  if (problems[0] !== undefined) throw problems[0];
  return branches;
}

/** Everything wrong with a pattern; empty for a valid one. */
export function problemsOf(pattern: unknown, options: PatternOptions = {}): readonly InvalidPatternError[] {
  return read(pattern, options).problems;
}

interface Outcome {
  readonly branches: readonly Branch[];
  readonly problems: readonly InvalidPatternError[];
}

/** As the engine does: where `$or` makes no sense as the operator, it is read again as a field's name. */
function read(pattern: unknown, options: PatternOptions): Outcome {
  const { dialect = 'eventbridge', maxLength = 4096, maxBranches = 1000, maxStars = 100 } = options;
  const attempt = (orIsField: boolean): Outcome => {
    const problems: InvalidPatternError[] = [];
    try {
      const grammar = { isFilter: dialect === 'esm', orIsField };
      return {
        branches: readPattern(treeOfPattern(pattern, maxLength), {
          grammar,
          maxBranches,
          maxStars,
          problems,
        }),
        problems,
      };
    } catch (problem) {
      return { branches: [], problems: [...problems, problem as InvalidPatternError] };
    }
  };
  const outcome = attempt(false);
  if (outcome.problems.length === 0) return outcome;
  const again = attempt(true);
  return again.problems.length === 0 ? again : outcome;
}

function treeOfPattern(pattern: unknown, maxLength: number): JsonTree {
  if (typeof pattern === 'string' && pattern.length > maxLength) refuseLength(maxLength);
  const tree = typeof pattern === 'string' ? readJson(pattern) : treeOf(pattern);
  if (typeof pattern !== 'string' && JSON.stringify(plain(tree)).length > maxLength) refuseLength(maxLength);
  return tree;
}

function refuseLength(maxLength: number): never {
  return refuse([], `longer than ${maxLength} characters`);
}
