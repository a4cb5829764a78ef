import { collect } from './event/collect.ts';
import { Fields } from './event/fields.ts';
import { PathNode } from './event/path-node.ts';
import { explainWith, type Explanation } from './explain.ts';
import { Clause } from './match/clause.ts';
import { Conjunction } from './match/conjunction.ts';
import type { Branch } from './pattern/read-pattern.ts';

/** A compiled pattern. */
export interface Matcher {
  /**
   * Whether the event matches. The event is a parsed value or its JSON text; what is not a JSON object
   * matches nothing. Never throws.
   */
  matches(event: unknown): boolean;
  /** Says clause by clause why the event does or does not match. Never throws. */
  explain(event: unknown): Explanation;
}

export class PatternMatcher implements Matcher {
  private readonly root = new PathNode();
  private readonly fields = new Fields();
  private readonly branches: readonly Conjunction[];

  constructor(branches: readonly Branch[]) {
    const clauseOf = ({ path, alternatives }: { path: string; alternatives: Clause['operators'] }) =>
      new Clause(this.root.slotAt(path), alternatives);
    this.branches = branches.map((branch) => new Conjunction([...branch.values()].map(clauseOf)));
  }

  matches(event: unknown): boolean {
    return this.collect(event) && this.branches.some((branch) => branch.matches(this.fields));
  }

  explain(event: unknown): Explanation {
    return explainWith(this.collect(event), this.branches, this.fields);
  }

  private collect(event: unknown): boolean {
    return collect(event, this.root, this.fields);
  }
}
