import type { Count } from './events.ts';

export interface LogEntry {
  place: string;
  at: number;
  group: string;
  level: string;
  message: string;
  function: string | null;
  requestId: string | null;
  correlationId: string | null;
  coldStart: boolean;
  kind: 'structured' | 'metrics' | 'access' | 'event' | 'plain';
  /** What it says beyond these. */
  fields: Record<string, string>;
  raw: string;
}

export interface LogPage {
  entries: LogEntry[];
  /** What `before` takes for the lines after these; null where none are. */
  older: string | null;
  matching: number;
  held: number;
  facets: { groups: Count[]; levels: Count[]; messages: Count[] };
  queries: { name: string; filter: Record<string, string> }[];
}
