import { Fields, ROOT, type Slot } from '../event/fields.ts';
import { PathNode } from '../event/path-node.ts';
import { Clause } from '../match/clause.ts';
import { Conjunction } from '../match/conjunction.ts';
import { collect } from '../event/collect.ts';
import type { Branch, Field } from '../pattern/read-pattern.ts';
import { accessOf, popularityOf } from './access.ts';
import { TestIndex } from './test-index.ts';

/** A fixed list of rules, arranged so that an event is compared with few of them. */
export class RuleIndex {
  private readonly root = new PathNode();
  private readonly fields = new Fields();
  private readonly tests = new Map<Slot, TestIndex<Access>>();
  /** What has to be tried on every event, since all of its fields may be absent. */
  private readonly always: Candidate[] = [];
  private readonly hits: Int32Array;
  private hitCount = 0;

  constructor(rules: readonly (readonly Branch[])[]) {
    this.hits = new Int32Array(rules.length);
    const clauses = new Map<string, Clause>();
    const clauseOf = (field: Field) => this.clauseOf(field, clauses);
    const candidates = rules.flatMap((branches, place) => {
      const rule: Rule = { place, hitAt: 0 };
      return branches.map((branch) => ({
        rule,
        conjunction: new Conjunction([...branch.values()].map(clauseOf)),
      }));
    });
    const popularity = popularityOf(clauses.values());
    const entries = new Map<Clause, Access>();
    for (const candidate of candidates) {
      const clause = accessOf(candidate.conjunction.clauses, popularity);
      if (clause === undefined) this.always.push(candidate);
      else (entries.get(clause) ?? this.enter(clause, entries)).candidates.push(candidate);
    }
  }

  /** The places of the rules that match, in their order; good until the next event. */
  match(event: unknown): Int32Array {
    const { fields } = this;
    this.hitCount = 0;
    if (!collect(event, this.root, fields)) return this.hits.subarray(0, 0);
    for (const slot of fields.slots) {
      const tests = this.tests.get(slot);
      if (tests === undefined) continue;
      const visit = slot.count === 1 && slot.scopes[0] === ROOT ? this.visitMet : this.visit;
      for (let index = 0; index < slot.count; index++) tests.find(slot.leaves[index] ?? null, visit);
    }
    for (const candidate of this.always) this.try(candidate);
    return this.hits.subarray(0, this.hitCount).sort();
  }

  private readonly visit = (access: Access): void => {
    if (access.visitedAt === this.fields.event) return;
    access.visitedAt = this.fields.event;
    for (const candidate of access.candidates) this.try(candidate);
  };

  /** For the one leaf of a field that is in no array: what it passes need not be judged again. */
  private readonly visitMet = (access: Access): void => {
    access.clause.meet(this.fields);
    this.visit(access);
  };

  private try({ rule, conjunction }: Candidate): void {
    if (rule.hitAt === this.fields.event || !conjunction.matches(this.fields)) return;
    rule.hitAt = this.fields.event;
    this.hits[this.hitCount++] = rule.place;
  }

  /** Rules that ask the same of a field share the clause, and so its verdict. */
  private clauseOf({ path, alternatives }: Field, clauses: Map<string, Clause>): Clause {
    const key = JSON.stringify([path, alternatives.map(({ test }) => test)]);
    const known = clauses.get(key);
    if (known !== undefined) return known;
    const clause = new Clause(this.root.slotAt(path), alternatives);
    clauses.set(key, clause);
    return clause;
  }

  private enter(clause: Clause, entries: Map<Clause, Access>): Access {
    const access: Access = { clause, candidates: [], visitedAt: 0 };
    entries.set(clause, access);
    const tests = this.tests.get(clause.slot) ?? new TestIndex<Access>();
    this.tests.set(clause.slot, tests);
    for (const test of clause.tests) tests.add(test, access);
    return access;
  }
}

interface Rule {
  readonly place: number;
  hitAt: number;
}

/** One branch of a rule. */
interface Candidate {
  readonly rule: Rule;
  readonly conjunction: Conjunction;
}

/** A clause, and the branches to try once it is met. */
interface Access {
  readonly clause: Clause;
  readonly candidates: Candidate[];
  visitedAt: number;
}
