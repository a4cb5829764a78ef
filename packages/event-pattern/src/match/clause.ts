import { ROOT, type Fields, type Slot } from '../event/fields.ts';
import { passes, type Operator, type LeafTest } from '../pattern/operator.ts';

/** Whether and where an event satisfies one field of a pattern. */
export type Verdict = 'missed' | 'met' | 'met-in-array';

/** One field of a pattern, tied to what the event at hand has there. */
export class Clause {
  readonly allowsAbsence: boolean;
  /** Where leaves pass, when they do so inside of arrays only. */
  scopes: readonly number[] = [];
  readonly tests: readonly LeafTest[];
  private verdict: Verdict = 'missed';
  private judged = 0;

  constructor(
    readonly slot: Slot,
    readonly operators: readonly Operator[],
  ) {
    this.tests = operators.map(({ test }) => test).filter((test) => test.kind !== 'absent');
    this.allowsAbsence = this.tests.length < operators.length;
  }

  /** Judges the event at hand once, however many patterns share this clause. */
  judge(fields: Fields): Verdict {
    if (this.judged === fields.event) return this.verdict;
    this.judged = fields.event;
    this.verdict = this.verdictNow();
    return this.verdict;
  }

  /** Spares the judgement of the event at hand, where it is known to be met outside of arrays. */
  meet(fields: Fields): void {
    this.judged = fields.event;
    this.verdict = 'met';
  }

  private verdictNow(): Verdict {
    const { slot } = this;
    if (slot.count === 0) return this.allowsAbsence ? 'met' : 'missed';
    const scopes: number[] = [];
    for (let index = 0; index < slot.count; index++) {
      if (!this.passesAt(index)) continue;
      const scope = slot.scopeAt(index);
      if (scope === ROOT) return 'met';
      scopes.push(scope);
    }
    this.scopes = scopes;
    return scopes.length > 0 || (this.allowsAbsence && slot.isScoped) ? 'met-in-array' : 'missed';
  }

  /** The scopes of all leaves that pass, those outside of arrays included. */
  allScopes(): number[] {
    return this.slot.scopes.slice(0, this.slot.count).filter((_, index) => this.passesAt(index));
  }

  private passesAt(index: number): boolean {
    const leaf = this.slot.leafAt(index);
    for (const test of this.tests) if (passes(test, leaf)) return true;
    return false;
  }
}
