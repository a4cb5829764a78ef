import { collect } from '../event/collect.ts';
import { Fields, ROOT, type Slot } from '../event/fields.ts';
import { PathNode } from '../event/path-node.ts';
import { Clause } from '../match/clause.ts';
import { Conjunction } from '../match/conjunction.ts';
import type { Branch, Field } from '../pattern/read-pattern.ts';
import { accessOf, popularityOf } from './access.ts';
import { BitSet } from './bit-set.ts';
import { TestIndex } from './test-index.ts';

/** A fixed list of rules, arranged so that an event is compared with few of them. */
export class RuleIndex {
  private readonly root = new PathNode();
  private readonly fields = new Fields();
  private readonly tests = new Map<Slot, TestIndex<Access>>();
  /** What has to be tried on every event, since all of its fields may be absent. */
  private readonly always: Candidate[] = [];
  private readonly hits: BitSet;

  constructor(rules: readonly (readonly Branch[])[]) {
    this.hits = new BitSet(rules.length);
    const clauses = new Map<string, Clause>();
    const candidates = this.candidatesOf(rules, clauses);
    const popularity = popularityOf(clauses.values());
    const entries = new Map<Clause, Access>();
    for (const candidate of candidates) {
      const clause = accessOf(candidate.conjunction.clauses, popularity);
      if (clause === undefined) this.always.push(candidate);
      else (entries.get(clause) ?? this.enter(clause, entries)).candidates.push(candidate);
    }
  }

  /** Gives the places of the rules that match, in ascending order. */
  match(event: unknown, take: (place: number) => void): void {
    const { fields } = this;
    if (!collect(event, this.root, fields)) return;
    for (const slot of fields.slots) {
      const tests = this.tests.get(slot);
      if (tests === undefined) continue;
      const visit = slot.count === 1 && slot.scopeAt(0) === ROOT ? this.visitMet : this.visit;
      for (let index = 0; index < slot.count; index++) tests.find(slot.leafAt(index), visit);
    }
    for (const candidate of this.always) this.try(candidate);
    this.hits.drain(take);
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

  private try({ rules, conjunction }: Candidate): void {
    if (conjunction.matches(this.fields)) for (const rule of rules) this.hits.add(rule);
  }

  /** Rules that ask the same of a field share the clause; those that ask the same at all share everything. */
  private candidatesOf(
    rules: readonly (readonly Branch[])[],
    clauses: Map<string, Clause>,
  ): Iterable<Candidate> {
    const candidates = new Map<string, Candidate>();
    for (const [place, branches] of rules.entries())
      for (const branch of branches) {
        const keys = Array.from(branch.values(), ({ path, alternatives }) =>
          JSON.stringify([path, alternatives.map(({ test }) => test)]),
        );
        const known = candidates.get(keys.join());
        if (known !== undefined) known.rules.push(place);
        else
          candidates.set(keys.join(), {
            rules: [place],
            conjunction: this.conjunctionOf(branch, keys, clauses),
          });
      }
    return candidates.values();
  }

  private conjunctionOf(branch: Branch, keys: readonly string[], clauses: Map<string, Clause>): Conjunction {
    const clauseOf = ({ path, alternatives }: Field, index: number) => {
      const key = keys[index] as string;
      const clause = clauses.get(key) ?? new Clause(this.root.slotAt(path), alternatives);
      clauses.set(key, clause);
      return clause;
    };
    return new Conjunction([...branch.values()].map(clauseOf));
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

/** One branch, and the places of the rules that have it. */
interface Candidate {
  readonly rules: number[];
  readonly conjunction: Conjunction;
}

/** A clause, and the branches to try once it is met. */
interface Access {
  readonly clause: Clause;
  readonly candidates: Candidate[];
  visitedAt: number;
}
