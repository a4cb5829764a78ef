import type { LogEntry } from './logs.ts';
import type { NodeKind, State } from './pipeline.ts';
import type { Verdict } from './rules.ts';

export type IdKind = 'order' | 'correlation' | 'event' | 'request' | 'record';

export interface Journey {
  id: string;
  kind: IdKind;
  title: string;
  orders: { customerId: string; orderId: string }[];
  /** One for each correlation id, the oldest first. */
  chains: Chain[];
  /** Chains that there are beyond those shown. */
  more: number;
}

export interface Chain {
  correlationId: string | null;
  title: string;
  at: number;
  endedAt: number;
  state: State;
  summary: string;
  lanes: { id: string; kind: NodeKind; name: string }[];
  steps: Step[];
  gaps: Gap[];
}

export type StepKind =
  | 'request'
  | 'invocation'
  | 'write'
  | 'record'
  | 'batch'
  | 'publish'
  | 'event'
  | 'delivery'
  | 'consumer'
  | 'object';

export interface Step {
  key: string;
  kind: StepKind;
  lane: string;
  at: number;
  ms: number;
  title: string;
  state: State;
  note: string;
  /** Several where it was tried again. */
  bars: { at: number; ms: number; state: State; label: string }[];
  facts: { label: string; value: string; journey?: boolean; event?: string }[];
  verdicts: Verdict[];
  lines: LogEntry[];
  /** What was sent, written or published. */
  payload: { label: string; text: string }[];
  changes: FieldChange[];
}

export interface Gap {
  lane: string;
  from: number;
  to: number;
  label: string;
}

export interface FieldChange {
  field: string;
  /** JSON; null for absent. */
  before: string | null;
  after: string | null;
}
