import type { Explanation } from '../../packages/event-pattern/src/index.ts';

/** A field that kept events from matching: what the rule wants there, and what they have. */
export interface MissedField {
  path: string;
  wanted: string[];
  /** The most frequent first, as JSON; `absent` for none. */
  found: { value: string; events: number }[];
}

/** Events that the same fields kept from matching. */
export interface Miss {
  events: number;
  fields: MissedField[];
}

export interface Misses {
  add(explanation: Explanation): void;
  /** The largest first. */
  list(): Miss[];
}

type Clause = Explanation['clauses'][number];
type Seen = { wanted: Set<string>; counts: Map<string, number> };

const shownValues = 5;
const countedValues = 1_000;

/** Groups misses by the fields of the way through `$or` that came nearest. */
export function createMisses(): Misses {
  const groups = new Map<string, { events: number; fields: Map<string, Seen> }>();
  return {
    add: ({ clauses }) => {
      const missed = nearest(clauses);
      const key = JSON.stringify([...missed.keys()]);
      const group = groups.get(key) ?? { events: 0, fields: new Map<string, Seen>() };
      groups.set(key, group);
      group.events += 1;
      for (const [path, alternatives] of missed) {
        const seen = group.fields.get(path) ?? {
          wanted: new Set<string>(),
          counts: new Map<string, number>(),
        };
        group.fields.set(path, seen);
        for (const clause of alternatives) seen.wanted.add(wantedBy(clause));
        const value = foundBy(alternatives);
        const count = seen.counts.get(value) ?? 0;
        if (count > 0 || seen.counts.size < countedValues) seen.counts.set(value, count + 1);
      }
    },
    list: () =>
      [...groups.values()]
        .sort((a, b) => b.events - a.events)
        .map(({ events, fields }) => ({ events, fields: [...fields].map(asField) })),
  };
}

const asField = ([path, { wanted, counts }]: [string, Seen]): MissedField => ({
  path,
  wanted: [...wanted],
  found: [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, shownValues)
    .map(([value, events]) => ({ value, events })),
});

/** The fields of the branch with the fewest that are not met, each with its alternatives. */
function nearest(clauses: readonly Clause[]): Map<string, Clause[]> {
  const missed = [...groupedBy(clauses, ({ branch }) => branch).values()].map((ofBranch) => {
    const fields = groupedBy(ofBranch, ({ path }) => path);
    for (const [path, alternatives] of fields) {
      if (alternatives.some(({ verdict }) => verdict === 'met')) fields.delete(path);
    }
    return fields;
  });
  return missed.reduce((best, fields) => (fields.size < best.size ? fields : best));
}

function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    groups.set(keyOf(item), group);
    group.push(item);
  }
  return groups;
}

function wantedBy({ operator, expected, verdict }: Clause): string {
  const operand = JSON.stringify(expected);
  const wanted = operator === 'equals' ? operand : `${operator} ${operand}`;
  return verdict === 'elsewhere' ? `${wanted} in the same element of the array` : wanted;
}

function foundBy([first]: readonly Clause[]): string {
  const actual = first?.actual ?? [];
  return actual.length === 0 ? 'absent' : actual.map((one) => JSON.stringify(one)).join(', ');
}
