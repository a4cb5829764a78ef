import { PatternMatcher } from './matcher.ts';
import { compilePattern, type PatternOptions } from './pattern/compile-pattern.ts';

export class RuleSet<Id = string> {
  private readonly rules = new Map<Id, PatternMatcher>();

  constructor(private readonly options: PatternOptions = {}) {}

  add(id: Id, pattern: unknown): void {
    this.rules.set(id, new PatternMatcher(compilePattern(pattern, this.options)));
  }

  delete(id: Id): boolean {
    return this.rules.delete(id);
  }

  match(event: unknown): Id[] {
    return [...this.rules].filter(([, rule]) => rule.matches(event)).map(([id]) => id);
  }
}
