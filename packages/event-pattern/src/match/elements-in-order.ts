import { ROOT, type Fields } from '../event/fields.ts';
import type { Clause } from './clause.ts';
import { goTogether } from './elements.ts';

/**
 * As `canAgree`, for branches in which a field may be absent. The engine takes the fields in the order of
 * their paths, and one is absent if none of its leaves goes together with the elements chosen so far; so
 * the choices are followed through, those that later fields cannot tell apart as one.
 */
export function canAgreeInOrder(fields: Fields, clauses: readonly Clause[]): boolean {
  const asked = arraysAskedAfter(fields, clauses);
  let choices: readonly (readonly number[])[] = [[]];
  for (const [index, clause] of clauses.entries()) {
    const next = new Map<string, number[]>();
    for (const chosen of choices)
      for (const scope of scopesFor(fields, clause, chosen)) {
        const kept = [...chosen, scope].map((each) =>
          outTo(fields, each, asked[index] as ReadonlySet<number>),
        );
        const distinct = [...new Set(kept)].filter((each) => each !== ROOT).sort((a, b) => a - b);
        next.set(distinct.join(), distinct);
      }
    choices = [...next.values()];
  }
  return choices.length > 0;
}

/** The scopes that a clause can add to those chosen; ROOT, which constrains nothing, for an absent field. */
function scopesFor(fields: Fields, clause: Clause, chosen: readonly number[]): number[] {
  const fits = (scope: number) => chosen.every((other) => goTogether(fields, scope, other));
  const scopes = clause.allScopes().filter(fits);
  const isAbsent = clause.allowsAbsence && !clause.slot.scopes.slice(0, clause.slot.count).some(fits);
  return isAbsent ? [...scopes, ROOT] : scopes;
}

/** For each clause, the arrays around the leaves of those after it. */
function arraysAskedAfter(fields: Fields, clauses: readonly Clause[]): ReadonlySet<number>[] {
  const asked: ReadonlySet<number>[] = [];
  let arrays = new Set<number>();
  for (const { slot } of clauses.toReversed()) {
    asked.unshift(arrays);
    arrays = new Set(arrays);
    for (let index = 0; index < slot.count; index++)
      for (let scope = slot.scopeAt(index); scope !== ROOT; scope = fields.parentOf(scope))
        arrays.add(fields.arrayOf(scope));
  }
  return asked;
}

/** The innermost scope around `scope` whose array matters. */
function outTo(fields: Fields, scope: number, arrays: ReadonlySet<number>): number {
  let out = scope;
  while (out !== ROOT && !arrays.has(fields.arrayOf(out))) out = fields.parentOf(out);
  return out;
}
