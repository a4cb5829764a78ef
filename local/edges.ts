import type { Mounts } from './server.ts';
import type { Issuer } from './issuer.ts';
import type {
  Bus,
  Clock,
  Engine,
  Functions,
  Invocations,
  Journal,
  LogGroups,
  Objects,
  Queues,
  Stack,
} from './parts.ts';

export interface EdgeParts {
  stack: Stack;
  engine: Engine;
  functions: Functions;
  journal: Journal;
  logs: LogGroups;
  clock: Clock;
  issuer: Issuer;
  /** The server's url: queue URLs and the gateway's events name it. */
  url: string;
  /** Where the contents of objects are kept. */
  directory: string;
  /** One line for the operator; standard error by default. */
  warn?: (line: string) => void;
}

export interface Edges {
  bus: Bus;
  queues: Queues;
  objects: Objects;
  invocations: Invocations;
  /** For `server.serve`. */
  mounts: Mounts;
  /** After `journal.load()`: goes on with the deliveries and invocations that a crash left behind. */
  resume(): Promise<void>;
  /** Ends waiting receivers, lets what is under way end; what is pending stays in the journal. */
  close(): Promise<void>;
}

/**
 * Everything between the outside and the engine and functions. In order, at start:
 *   server = await openServer({ port })                  binds, so that the url is known
 *   issuer = await openIssuer({ url: `${server.url}/_issuer`, audience, clock, directory })
 *   stack, engine, functions...                          functions get AWS_ENDPOINT_URL=`${server.url}/_aws`
 *   edges = createEdges({ ... })                         reads the template, registers its parts with the journal
 *   await journal.load(); await edges.resume(); server.serve(edges.mounts)
 * Throws for a template that it cannot run (an invalid event pattern, a FIFO queue...), naming the resource.
 */
export function createEdges(parts: EdgeParts): Edges {
  throw new Error(`Not built yet: ${Object.keys(parts).join()}`);
}
