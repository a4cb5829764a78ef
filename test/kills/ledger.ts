/** What an answer said of an order: its fields, or that it is deleted. */
export interface State {
  version: number;
  order: Record<string, unknown> | 'deleted';
}

/** What clients were told, by order and version. */
export interface Ledger {
  acknowledge: (name: string, state: State) => void;
  latest: (name: string) => State | undefined;
  states: () => Iterable<[name: string, state: State]>;
  changes: () => number;
  orders: () => number;
}

export const newLedger = (): Ledger => {
  const told = new Map<string, State[]>();
  let changes = 0;
  return {
    acknowledge: (name, state) => {
      changes += 1;
      told.set(name, [...(told.get(name) ?? []), state]);
    },
    latest: (name) => told.get(name)?.at(-1),
    states: function* () {
      for (const [name, states] of told) for (const state of states) yield [name, state];
    },
    changes: () => changes,
    orders: () => told.size,
  };
};
