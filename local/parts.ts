/** The parts of the runtime and what each promises the others, the bus in `bus/service.ts`; `start.ts` puts them together. */

/** A resource of the synthesized template, its intrinsics resolved and its physical name chosen. */
export interface Resource {
  logicalId: string;
  type: string;
  properties: Record<string, unknown>;
  /** What `Ref` gives: the physical name or id. */
  ref: string;
  /** What `Fn::GetAtt X.Arn` gives; empty for types without one. */
  arn: string;
}

export interface Stack {
  name: string;
  region: string;
  accountId: string;
  resources: readonly Resource[];
  ofType(type: string): readonly Resource[];
  /** The resource with this ARN; undefined where the template has none. */
  byArn(arn: string): Resource | undefined;
  outputs: Readonly<Record<string, unknown>>;
}

/** Milliseconds since the epoch, and timers on the same time; a test's clock can be advanced. */
export interface Clock {
  now(): number;
  /** Resolves after `ms` of this clock, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** State that a part keeps over restarts: `apply` rebuilds it from entries, `snapshot` states it in few. */
export interface Journaled {
  apply(entry: unknown): void;
  snapshot(): unknown[];
}

export interface JournalEntry {
  part: string;
  /** Plain JSON. */
  entry: unknown;
}

export interface Journal {
  register(part: string, state: Journaled): void;
  /** Replays what is on disk into the registered parts; once, before anything is appended. */
  load(): Promise<void>;
  /**
   * Applies the entries to their parts before it returns (so that the next call sees them), and resolves when they
   * are on disk. Entries of one call stand or fall together. `apply` gets the very object: it is not changed after.
   */
  append(...entries: JournalEntry[]): Promise<void>;
  close(): Promise<void>;
}

/** A service that acts for one of its resources: EventBridge for a rule, API Gateway for a route. */
export interface ServicePrincipal {
  service: string;
  sourceArn: string;
}

/** Who asks for something: a function with its role, or a service, as itself or with a role that it takes on. */
export type Principal =
  { function: string } | ServicePrincipal | { role: string; takenOnBy: ServicePrincipal };

export interface Access {
  /** As policies write it: `dynamodb:PutItem`. */
  action: string;
  /** ARN. */
  resource: string;
  /** What conditions ask for, by the lower-cased key; a list where AWS has several values. */
  context?: Readonly<Record<string, string | readonly string[] | Untold>>;
}

/** A value that AWS knows and this machine does not: no condition on it allows, and any may deny. */
export const untold = Symbol('untold');
export type Untold = typeof untold;

export interface Permissions {
  /** Why not, in AWS's words; undefined where all is allowed. */
  denial(principal: Principal, ...accesses: readonly Access[]): string | undefined;
}

export interface LogLine {
  timestamp: number;
  stream: string;
  message: string;
}

export interface LogGroups {
  write(group: string, stream: string, message: string): void;
  /** The journal entry that writes the line, which is there after a restart too. */
  writing(group: string, stream: string, message: string): JournalEntry;
  /** Newest last; at most what the ring buffer still holds. */
  read(group: string): readonly LogLine[];
  names(): readonly string[];
}

export type Invocation =
  | { outcome: 'answered'; requestId: string; payload: unknown }
  | {
      outcome: 'failed';
      requestId: string;
      error: { errorType: string; errorMessage: string; trace?: string[] };
    }
  /** The function was never entered (throttled, cannot start): not counted as an attempt. */
  | { outcome: 'unreached'; requestId: string; reason: string };

export interface Functions {
  /** By name or ARN. Never rejects for what the function does; rejects for an unknown function. */
  invoke(function_: string, payload: unknown): Promise<Invocation>;
  names(): readonly string[];
  /** Loads new code at the next invocation of each function. */
  reload(): void;
  close(): Promise<void>;
}

export interface QueueMessage {
  body: string;
  attributes: Record<string, string>;
}

export interface ReceivedMessage extends QueueMessage {
  messageId: string;
  receiptHandle: string;
  sentAt: number;
  receiveCount: number;
}

export interface Queues {
  /** The journal entry that puts the message in the queue with this ARN; undefined for an unknown queue. */
  sending(queueArn: string, message: QueueMessage): JournalEntry | undefined;
  receive(
    queueName: string,
    options: { max: number; visibilitySeconds?: number; waitSeconds?: number },
  ): Promise<ReceivedMessage[]>;
  delete(queueName: string, receiptHandle: string): Promise<boolean>;
  names(): readonly string[];
  /** Counts as GetQueueAttributes gives them. */
  depth(queueName: string): { visible: number; inFlight: number; oldestSentAt?: number };
}

export interface Objects {
  put(bucket: string, key: string, body: Uint8Array): Promise<void>;
  get(bucket: string, key: string): Promise<Uint8Array | undefined>;
  delete(bucket: string, key: string): Promise<void>;
  list(bucket: string, prefix?: string): { key: string; size: number; lastModified: number }[];
  buckets(): readonly string[];
}

/** Asynchronous invocations (InvocationType Event): kept, retried and dead-lettered as Lambda does. */
export interface Invocations {
  /** The journal entry that accepts the invocation; undefined for an unknown function. */
  accepting(function_: string, payload: unknown): JournalEntry | undefined;
  idle(): Promise<void>;
}

export interface Engine {
  /** One DynamoDB or DynamoDB Streams JSON call: `target` as in X-Amz-Target. */
  call(target: string, body: string): Promise<{ status: number; body: string }>;
  /** Called after each write that went through `call`, with the table's name. */
  onWrite(listener: (table: string) => void): void;
  close(): Promise<void>;
}

export interface StreamMappings {
  /** Resolves when every stream has been read to its end and every batch is settled. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
