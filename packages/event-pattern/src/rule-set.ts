import { compilePattern, type PatternOptions } from './pattern/compile-pattern.ts';
import type { Branch } from './pattern/read-pattern.ts';
import { RuleIndex } from './rules/rule-index.ts';

/**
 * Many patterns, matched at once. Values, prefixes, suffixes, ranges and exclusions are looked up, so that
 * an event costs what it matches rather than what there is to match. The index is made anew on the first
 * event after a change.
 *
 * @example
 * const rules = new RuleSet();
 * rules.add('shipped', { detail: { status: ['SHIPPED'] } });
 * rules.match({ detail: { status: 'SHIPPED' } }); // ['shipped']
 */
export class RuleSet<Id = string> {
  private readonly rules = new Map<Id, readonly Branch[]>();
  private ids: readonly Id[] = [];
  private index: RuleIndex | undefined;

  /** The options hold for all patterns added. */
  constructor(private readonly options: PatternOptions = {}) {}

  get size(): number {
    return this.rules.size;
  }

  /**
   * Adds a pattern, in place of the one that the id had.
   *
   * @throws InvalidPatternError as `compile` does; the set is then as it was.
   */
  add(id: Id, pattern: unknown): void {
    this.rules.set(id, compilePattern(pattern, this.options));
    this.index = undefined;
  }

  /** Takes a pattern out; false if there was none. */
  delete(id: Id): boolean {
    this.index = undefined;
    return this.rules.delete(id);
  }

  /** The ids of the patterns that match, in the order in which they were added. Never throws. */
  match(event: unknown): Id[] {
    this.index ??= this.buildIndex();
    const matched: Id[] = [];
    this.index.match(event, (place) => matched.push(this.ids[place] as Id));
    return matched;
  }

  private buildIndex(): RuleIndex {
    this.ids = [...this.rules.keys()];
    return new RuleIndex([...this.rules.values()]);
  }
}
