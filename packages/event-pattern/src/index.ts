import type { Explanation } from './explain.ts';
import { PatternMatcher, type Matcher } from './matcher.ts';
import { compilePattern, problemsOf, type PatternOptions } from './pattern/compile-pattern.ts';
import type { PatternProblem } from './invalid-pattern-error.ts';

export type { Explanation } from './explain.ts';
export { InvalidPatternError, type PatternProblem } from './invalid-pattern-error.ts';
export type { Matcher } from './matcher.ts';
export type { PatternOptions } from './pattern/compile-pattern.ts';
export { RuleSet } from './rule-set.ts';

/**
 * Compiles a pattern, given as a parsed value or as JSON text.
 *
 * @throws InvalidPatternError with the JSON path and the reason, for what EventBridge would refuse.
 */
export function compile(pattern: unknown, options?: PatternOptions): Matcher {
  return new PatternMatcher(compilePattern(pattern, options));
}

/**
 * Whether the event matches the pattern. To match one pattern often, `compile` it once.
 *
 * @throws InvalidPatternError as `compile` does.
 */
export function matches(pattern: unknown, event: unknown, options?: PatternOptions): boolean {
  return compile(pattern, options).matches(event);
}

/**
 * Why the event does or does not match the pattern.
 *
 * @throws InvalidPatternError as `compile` does.
 */
export function explain(pattern: unknown, event: unknown, options?: PatternOptions): Explanation {
  return compile(pattern, options).explain(event);
}

/** Everything wrong with a pattern; empty if it is valid. Never throws. */
export function validate(pattern: unknown, options?: PatternOptions): readonly PatternProblem[] {
  return problemsOf(pattern, options).map(({ path, reason }) => ({ path, reason }));
}
