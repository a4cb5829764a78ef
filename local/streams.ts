import type { Edges } from './edges.ts';
import type { LocalEngine } from './engine/engine.ts';
import type { Meters } from './monitoring.ts';
import type { Clock, Functions, Journal, Permissions, Stack } from './parts.ts';
import { permittedDestinations, permittedSource, type Destinations } from './permitted.ts';
import { createCheckpoints } from './stream/checkpoints.ts';
import { createMappings } from './stream/mappings.ts';
import { engineSource } from './stream/source.ts';
import { tapObjects } from './trace/calls.ts';
import type { Trace } from './trace/trace.ts';

export interface StreamsParts {
  stack: Stack;
  engine: LocalEngine;
  /** Where what a function fails is kept. */
  edges: Pick<Edges, 'queues' | 'objects'>;
  functions: Pick<Functions, 'invoke'>;
  permissions: Permissions;
  journal: Journal;
  clock: Clock;
  warn: (line: string) => void;
  meters: Meters;
  trace: Trace;
  /** Puts faults in front of where a function's failures are kept. */
  keeping: (destinations: Destinations, functionName: string) => Destinations;
}

/** From the engine's streams to the functions that read them, and to where these keep what they fail: each by its own permissions. */
export function createStreams(parts: StreamsParts): ReturnType<typeof createMappings> {
  const { stack, engine, edges, functions, permissions, journal, clock, warn, meters, trace, keeping } =
    parts;
  const asking = (name: string) => ({ function: name, permissions });
  return createMappings({
    stack,
    engine,
    sourceOf: (streamArn, name) =>
      permittedSource(
        engineSource(engine, streamArn, (table) => engine.streamId(table)),
        streamArn,
        asking(name),
      ),
    destinationsOf: (name) => {
      const kept = { ...edges, objects: tapObjects(edges.objects, trace, clock) };
      return keeping(permittedDestinations(kept, asking(name)), name);
    },
    moved: (table, sequence) => engine.settledUpTo(table, sequence),
    parts: { functions, checkpoints: createCheckpoints(journal), journal, clock, warn },
    meters,
  });
}
