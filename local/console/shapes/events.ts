import type { State } from './pipeline.ts';
import type { Verdict } from './rules.ts';

export type EventMark = 'duplicate' | 'replay' | 'invalid' | 'scheduled';

export interface EventRow {
  key: string;
  /** Counted from the first that the bus ever took. */
  place: number;
  id: string;
  bus: string;
  type: string;
  source: string;
  at: number;
  eventId: string | null;
  correlationId: string | null;
  customerId: string | null;
  orderId: string | null;
  sequence: number | null;
  state: State;
  /** "3 of 3 delivered", "no rule matched" */
  outcome: string;
  marks: EventMark[];
}

export interface EventList {
  rows: EventRow[];
  /** Of those that pass the filter, the place in the list of the first row. */
  offset: number;
  matching: number;
  held: number;
  total: number;
  /** The newest event that the list knows: rows are counted from it. */
  newest: number;
  facets: { types: Count[]; sources: Count[]; states: Count[]; marks: Count[] };
}

export interface Count {
  value: string;
  count: number;
}

export interface EventDetail extends EventRow {
  /** The envelope as targets get it. */
  json: string;
  problems: { path: string; reason: string }[];
  fields: { path: string; words: string }[];
  verdicts: Verdict[];
  deliveries: Delivery[];
  /** Others with the same event id. */
  copies: { key: string; at: number; marks: EventMark[] }[];
}

export interface Delivery {
  rule: string;
  target: string;
  arn: string;
  state: 'pending' | 'delivered' | 'dead-lettered' | 'dropped';
  attempts: { attempt: number; at: number; outcome: string; error: string | null; nextAt: number | null }[];
  error: string | null;
  /** Tries that are no longer held. */
  forgotten: number;
}
