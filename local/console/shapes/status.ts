/** What the console's API answers, by the page that asks: types alone, which is all that pages import of the runtime. Times are in milliseconds. */

export interface Status {
  /** Another after each start of the runtime. */
  run: string;
  now: number;
  /** By how much the runtime's clock is ahead of the machine's. */
  aheadMs: number;
  engine: { name: string; endpoint?: string };
  template: { stack: string; hash: string; madeAt: number | null; region: string };
  runtime: { here: string; template: string[]; differs: boolean };
  notes: {
    type: string;
    property?: string;
    level: 'approximated' | 'not run';
    words: string;
    logicalIds: string[];
  }[];
  faults: FaultState[];
  /** What no longer fits into its buffer: so many of so many are held. */
  overflow: { of: string; held: number; total: number }[];
}

export interface FaultState {
  name: string;
  words: string;
  share: number;
  /** The function or rule that alone it strikes. */
  only: string | null;
  struck: number;
}

/** Of the live stream: how many of each there ever were. Whoever knows the last one knows what is new. */
export type Positions = Record<Topic, number>;

export type Topic =
  | 'requests'
  | 'invocations'
  | 'calls'
  | 'batches'
  | 'attempts'
  | 'consumers'
  | 'records'
  | 'events'
  | 'lines'
  | 'changes';
