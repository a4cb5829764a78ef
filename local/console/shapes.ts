/** What the console's API answers: the pages import these types and nothing else of the runtime. Times are in milliseconds. */

export interface Status {
  /** Another after each start of the runtime. */
  run: string;
  startedAt: number;
  now: number;
  /** By how much the runtime's clock is ahead of the machine's. */
  aheadMs: number;
  engine: { name: string; endpoint?: string };
  template: { stack: string; hash: string; madeAt: number | null; region: string };
  runtime: { here: string; template: string[]; differs: boolean };
  notes: { type: string; level: 'approximated' | 'not run'; words: string; logicalIds: string[] }[];
  faults: FaultState[];
  /** What no longer fits into its buffer: so many of so many are held. */
  overflow: { of: string; held: number; total: number }[];
  bounds: { of: string; maxItems: number; maxBytes: number }[];
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

export type State = 'ok' | 'failed' | 'retrying' | 'waiting' | 'quiet';

export interface Pipeline {
  nodes: PipelineNode[];
  edges: PipelineEdge[];
}

export type NodeKind =
  | 'client'
  | 'api'
  | 'schedule'
  | 'function'
  | 'table'
  | 'bus'
  | 'archive'
  | 'bucket'
  | 'rule'
  | 'queue'
  | 'dead-letter queue'
  | 'log group';

export interface PipelineNode {
  id: string;
  kind: NodeKind;
  name: string;
  /** From the left; those of a column stand in the order of the list. */
  column: number;
  /** A dead-letter queue stands beside whom it belongs to. */
  owners: string[];
  state: State;
  /** What it counts: "12 waiting", "3 orders"... */
  count: string;
  /** Why it is not well. */
  trouble: string;
}

export interface PipelineEdge {
  from: string;
  to: string;
  /** What goes along it: "requests", "records". */
  label: string;
  total: number;
  /** Over the last ten seconds. */
  perSecond: number;
  lastMinute: number[];
  /** In the last minute. */
  failed: number;
}

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

export interface Verdict {
  rule: string;
  /** JSON. */
  pattern: string;
  bus: string;
  matched: boolean;
  enabled: boolean;
  reason: string | null;
  clauses: VerdictClause[];
}

export interface VerdictClause {
  branch: number;
  path: string;
  operator: string;
  /** JSON. */
  expected: string;
  actual: string[];
  verdict: 'met' | 'missed' | 'absent' | 'elsewhere';
}

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

export interface RuleInfo {
  name: string;
  bus: string;
  /** JSON text; null for one that fires by the clock. */
  pattern: string | null;
  schedule: string | null;
  enabled: boolean;
  /** From the template. */
  declared: boolean;
  targets: { id: string; arn: string; name: string; deadLetters: string | null }[];
  matched: number;
}

export interface RuleTrial {
  problems: { path: string; reason: string }[];
  /** What is allowed, and hardly meant. */
  hints: string[];
  /** Of the event that it was tried on. */
  verdict: Verdict | null;
  backtest: { matched: number; of: number; strip: { key: string; at: number; matched: boolean }[] } | null;
  snippet: string | null;
}

export interface TableInfo {
  name: string;
  items: number;
  indexes: { name: string | null; partition: string; sort: string | null }[];
  ttl: string | null;
  stream: boolean;
  writes: { total: number; refused: number };
}

export interface TablePage {
  columns: string[];
  /** JSON of each value. */
  rows: Record<string, string>[];
  partitions: string[];
  next: string | null;
}

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
  matching: number;
  held: number;
  facets: { groups: Count[]; levels: Count[]; messages: Count[] };
  queries: { name: string; filter: Record<string, string>; from: string }[];
}

export interface FailurePlace {
  name: string;
  kind: 'queue' | 'dead-letter queue' | 'bucket';
  /** Whose failures come here. */
  owners: string[];
  waiting: number;
  oldest: number | null;
  causes: Count[];
}

export interface Letter {
  id: string;
  at: number;
  error: string;
  attempts: number | null;
  /** Where it would go. */
  destination: string;
  /** Why it cannot be sent again from here. */
  obstacle: string | null;
  eventId: string | null;
  body: string;
  /** Of a change record: until its stream forgets it. */
  expiresAt: number | null;
}

export interface LetterPage {
  letters: Letter[];
  total: number;
}

/** What a redrive would do. */
export interface RedrivePlan {
  total: number;
  destinations: Count[];
  obstacles: Count[];
}

export interface Redrive {
  id: string;
  place: string;
  state: 'running' | 'done';
  total: number;
  redelivered: number;
  failed: number;
  results: { id: string; outcome: 'redelivered' | 'failed'; destination: string; error: string | null }[];
}

export interface MetricsPage {
  from: number;
  to: number;
  periodSeconds: number;
  /** The starts of the periods. */
  times: number[];
  dashboards: { name: string; widgets: Widget[] }[];
  alarms: AlarmInfo[];
}

export type Widget = { x: number; y: number; width: number; height: number } & (
  | { kind: 'heading'; markdown: string }
  | {
      kind: 'graph' | 'value';
      title: string;
      series: MetricSeries[];
      lines: { value: number; label: string }[];
    }
  | { kind: 'alarms'; title: string; alarms: string[] }
  | { kind: 'unknown'; type: string }
);

export interface MetricSeries {
  label: string;
  side: 'left' | 'right';
  /** By period; null where there is none. */
  values: (number | null)[];
}

export interface AlarmInfo {
  name: string;
  arn: string;
  kind: 'metric' | 'composite';
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  reason: string;
  since: number;
  description: string;
  /** In words: "IteratorAge greater than 60000 in 2 of 3 periods", or the alarms that a composite one is of. */
  condition: string;
  threshold: number | null;
  runbook: string | null;
  series: MetricSeries | null;
}
