import type { Fields } from '../event/fields.ts';
import type { Clause } from './clause.ts';
import { canAgree } from './elements.ts';
import { canAgreeInOrder } from './elements-in-order.ts';

/** The clauses that one branch of a pattern demands together, in the order of their paths. */
export class Conjunction {
  private readonly allowsAbsence: boolean;

  constructor(readonly clauses: readonly Clause[]) {
    this.allowsAbsence = clauses.some((clause) => clause.allowsAbsence);
  }

  matches(fields: Fields): boolean {
    let isInArrays = false;
    for (const clause of this.clauses) {
      const verdict = clause.judge(fields);
      if (verdict === 'missed') return false;
      if (verdict === 'met-in-array') isInArrays = true;
    }
    return !isInArrays || this.elementsAgree(fields);
  }

  private elementsAgree(fields: Fields): boolean {
    const inArrays = this.clauses.filter((clause) => clause.judge(fields) === 'met-in-array');
    if (this.allowsAbsence && inArrays.some((clause) => clause.allowsAbsence))
      return canAgreeInOrder(fields, this.clauses);
    return inArrays.length === 1 || canAgree(fields, inArrays);
  }
}
