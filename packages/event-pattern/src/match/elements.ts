import { ROOT, type Fields } from '../event/fields.ts';

/** Clauses met in arrays, by the scopes of the leaves that pass. */
export interface Scoped {
  readonly scopes: readonly number[];
}

/** Whether two scopes are not in different elements of one array. */
export function goTogether(fields: Fields, one: number, other: number): boolean {
  let left = one;
  let right = other;
  let leftArray = -1;
  let rightArray = -2;
  // A scope is opened after the one that holds it, so the greater of two is never the ancestor.
  while (left !== right) {
    if (left > right) {
      leftArray = fields.arrayOf(left);
      left = fields.parentOf(left);
    } else {
      rightArray = fields.arrayOf(right);
      right = fields.parentOf(right);
    }
  }
  return leftArray !== rightArray;
}

/** Up to this many scopes it is quicker to compare each with each. */
const FEW = 8;

/** Whether each clause can be given one of its scopes so that all of them go together. */
export function canAgree(fields: Fields, clauses: readonly Scoped[]): boolean {
  for (const { scopes } of clauses) if (scopes.length > FEW) return canChoose(fields, clauses);
  for (const one of clauses) for (const other of clauses) if (!pairAgrees(fields, one, other)) return false;
  return clauses.length === 2 || anyShared(clauses) || canChoose(fields, clauses);
}

function pairAgrees(fields: Fields, one: Scoped, other: Scoped): boolean {
  for (const scope of one.scopes)
    for (const second of other.scopes) if (goTogether(fields, scope, second)) return true;
  return false;
}

function anyShared(clauses: readonly Scoped[]): boolean {
  return clauses.some(({ scopes }) =>
    scopes.some((scope) => clauses.every((each) => each.scopes.includes(scope))),
  );
}

/**
 * From the innermost scopes outwards: the sets of clauses that a scope can meet by choosing one element
 * of each array in it. Linear in the scopes; only sets that no other set contains are kept.
 */
function canChoose(fields: Fields, clauses: readonly Scoped[]): boolean {
  const own = new Map<number, bigint>();
  for (const [index, { scopes }] of clauses.entries())
    for (const scope of scopes) own.set(scope, (own.get(scope) ?? 0n) | (1n << BigInt(index)));
  const choices = new Map<number, Map<number, bigint[]>>();
  for (const scope of withAncestors(fields, own.keys())) {
    const sets = setsOf(own.get(scope) ?? 0n, choices.get(scope));
    const arrays = entry(choices, fields.parentOf(scope), () => new Map<number, bigint[]>());
    const array = fields.arrayOf(scope);
    arrays.set(array, largest([...(arrays.get(array) ?? []), ...sets]));
  }
  return setsOf(0n, choices.get(ROOT)).includes((1n << BigInt(clauses.length)) - 1n);
}

/** Innermost first, without ROOT. */
function withAncestors(fields: Fields, scopes: Iterable<number>): number[] {
  const all = new Set<number>();
  for (let scope of scopes)
    for (; scope !== ROOT && !all.has(scope); scope = fields.parentOf(scope)) all.add(scope);
  return [...all].sort((a, b) => b - a);
}

function setsOf(own: bigint, arrays: ReadonlyMap<number, readonly bigint[]> | undefined): bigint[] {
  let sets = [own];
  for (const choices of arrays?.values() ?? [])
    sets = largest(sets.flatMap((set) => choices.map((choice) => set | choice)));
  return sets;
}

function largest(sets: readonly bigint[]): bigint[] {
  const distinct = [...new Set(sets)];
  return distinct.filter((set) => !distinct.some((other) => other !== set && (other & set) === set));
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
