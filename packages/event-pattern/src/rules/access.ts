import type { Slot } from '../event/fields.ts';
import type { Clause } from '../match/clause.ts';
import type { LeafTest } from '../pattern/operator.ts';

/**
 * Of the clauses of a branch, the one by which to look the branch up: that which the fewest events are
 * thought to meet. None, if every field may be absent, so that the branch has to be tried on all events.
 */
export function accessOf(clauses: readonly Clause[], popularity: Popularity): Clause | undefined {
  let best: Clause | undefined;
  let least = Infinity;
  for (const clause of clauses) {
    const share = clause.allowsAbsence ? Infinity : shareMet(clause, popularity);
    if (share < least) [best, least] = [clause, share];
  }
  return best;
}

/** How many different clauses ask for a path. */
type Popularity = ReadonlyMap<Slot, number>;

export function popularityOf(clauses: Iterable<Clause>): Popularity {
  const popularity = new Map<Slot, number>();
  for (const { slot } of clauses) popularity.set(slot, 1 + (popularity.get(slot) ?? 0));
  return popularity;
}

function shareMet({ slot, tests }: Clause, popularity: Popularity): number {
  const values = 1 + (popularity.get(slot) as number);
  return tests.reduce((share, test) => share + shareOf(test, values), 0);
}

/** Guesses: of a field asked for many values each is rare, and ranges and exclusions are wide. */
function shareOf({ kind }: LeafTest, values: number): number {
  switch (kind) {
    case 'equals':
    case 'address':
    case 'equals-ignore-case':
      return 1 / values;
    case 'prefix':
    case 'suffix':
    case 'wildcard':
    case 'prefix-ignore-case':
    case 'suffix-ignore-case':
      return 2 / (values + 1);
    case 'between':
      return 0.3;
    default:
      return 0.9;
  }
}
