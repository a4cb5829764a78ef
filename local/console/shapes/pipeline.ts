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
  /** In the last minute. */
  failed: number;
}
