import type { Fields } from '../event/fields.ts';
import type { Clause } from './clause.ts';
import { canAgree } from './elements.ts';
import { canAgreeInOrder } from './elements-in-order.ts';

/** The clauses that one branch of a pattern demands together, in the order of their paths. */
export class Conjunction {
  private readonly inArrays: Clause[] = [];
  private readonly allowsAbsence: boolean;

  constructor(readonly clauses: readonly Clause[]) {
    this.allowsAbsence = clauses.some((clause) => clause.allowsAbsence);
  }

  matches(fields: Fields): boolean {
    const { clauses, inArrays } = this;
    inArrays.length = 0;
    for (const clause of clauses) {
      const verdict = clause.judge(fields);
      if (verdict === 'missed') return false;
      if (verdict === 'met-in-array') inArrays.push(clause);
    }
    if (inArrays.length === 0) return true;
    if (this.allowsAbsence && inArrays.some((clause) => clause.allowsAbsence))
      return canAgreeInOrder(fields, clauses);
    return inArrays.length === 1 || canAgree(fields, inArrays);
  }
}
