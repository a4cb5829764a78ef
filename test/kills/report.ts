/** By turns: the engine alone, all of the runtime, and all of the runtime while it starts. */
export const TURNS = ['engine', 'runtime', 'engine', 'runtime', 'start'] as const;

export interface Report {
  seed: number;
  kills: Record<(typeof TURNS)[number], number>;
  orders: number;
  /** That clients were told of. */
  changes: number;
  /** Committed versions, told or not. */
  versions: number;
  events: number;
  messages: number;
  historyLines: number;
  broken: string[];
}

export const emptyReport = (seed: number): Report => ({
  seed,
  kills: { engine: 0, runtime: 0, start: 0 },
  orders: 0,
  changes: 0,
  versions: 0,
  events: 0,
  messages: 0,
  historyLines: 0,
  broken: [],
});
