import type { Alarms } from './alarms/alarms.ts';
import type { MovableClock } from './clock.ts';
import type { LocalDelivery, LocalEvent } from './deliveries.ts';
import type { Edges } from './edges.ts';
import type { Faults } from './faults.ts';
import type { LocalFunctions } from './functions/functions.ts';
import type { Issuer } from './issuer.ts';
import type { Dashboard } from './metrics/dashboards.ts';
import type { Metrics } from './metrics/store.ts';
import type { LogGroups, Stack } from './parts.ts';
import type { Asked } from './permissions/permissions.ts';
import type { Template } from './template/assembly.ts';
import type { Note } from './template/check.ts';
import type { Trace } from './trace/trace.ts';

/** What `startLocal()` takes and gives. */

export interface StartOptions {
  /** 0, the default, for any free one. */
  port?: number;
  /** Kept from run to run; without it everything goes with the run. */
  dataDir?: string;
  /** Decides which of their chances the faults take; a random one without it. */
  faultSeed?: number;
  /** One line for the operator. */
  notice?: (line: string) => void;
  warn?: (line: string) => void;
  /** What a function logs as an error: else it would be seen in the log groups only. */
  error?: ((group: string, line: string) => void) | undefined;
  /** The embedded engine keeps ending, or the disk takes no more: nothing works any more. */
  gaveUp?: (error: Error) => void;
  /** Changes the template before it is run. */
  amend?: (template: Template) => void;
  /** Hears of every permission that is asked for. */
  asked?: Asked;
  /** A running DynamoDB-compatible server to use instead of the embedded engine. */
  dynamodbEndpoint?: string | undefined;
}

export interface Local {
  /** The HTTP API. */
  url: string;
  /** The endpoint for AWS's SDKs. */
  awsUrl: string;
  region: string;
  stack: Stack;
  /** What the template holds and the runtime runs differently, or not at all. */
  notes: readonly Note[];
  functions: LocalFunctions;
  edges: Edges;
  logs: LogGroups;
  token: Issuer['token'];
  /** Resolves when every write has gone all the way: no record, delivery or invocation is under way. */
  drain: () => Promise<void>;
  /** What the bus took, oldest first. */
  events: () => LocalEvent[];
  /** What became of each event at each target. */
  deliveries: () => LocalDelivery[];
  /** The time of everything here, the functions included: `clock.advance('25h')`. */
  clock: MovableClock;
  /** What AWS would have sent to CloudWatch, and what the functions' logs hold, of the last 24 hours. */
  metrics: Pick<Metrics, 'list' | 'between' | 'held'>;
  /** The template's alarms, judged each minute of the clock. */
  alarms: Alarms;
  /** The template's dashboards, and the data of their graphs. */
  dashboards: readonly Dashboard[];
  /** What is to go wrong from now on: `faults.crash(0.2)`, `faults.off()`. */
  faults: Faults;
  /** What went through, and when. */
  trace: Trace;
  close(): Promise<void>;
}
