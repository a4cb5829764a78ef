import { setMaxListeners } from 'node:events';
import type { FunctionMeter } from '../metrics/functions.ts';
import type { MappingMeter } from '../metrics/mappings.ts';
import type { Clock, Functions, Invocation, Journal, Objects, Queues, StreamMappings } from '../parts.ts';
import { nameInArn } from '../properties.ts';
import type { Checkpoints } from './checkpoints.ts';
import { keep, type Discarded } from './on-failure.ts';
import type { MappingSettings } from './settings.ts';
import { startShard, type ShardRun } from './shard.ts';
import type { StreamRecord, StreamSource } from './source.ts';

export interface MappingParts {
  functions: Pick<Functions, 'invoke'>;
  functionArn: string;
  checkpoints: Checkpoints;
  queues: Pick<Queues, 'sending'>;
  objects: Pick<Objects, 'put'>;
  journal: Journal;
  clock: Clock;
  warn: (line: string) => void;
  /** Everything up to the sequence number is done, and that is on disk. */
  moved?: (sequence: string) => void;
  /** Milliseconds between looks at a shard that nobody woke. */
  pollEvery?: number;
  meters?: { functions: FunctionMeter; mapping: MappingMeter | undefined };
}

export interface Mapping extends StreamMappings {
  wake(): void;
}

/** One event source mapping over its stream: the shards in order of their lineage, each by its own run. */
export function startMapping(settings: MappingSettings, source: StreamSource, parts: MappingParts): Mapping {
  const { functions, functionArn, clock, warn, moved = () => undefined, pollEvery = 250, meters } = parts;
  const functionName = nameInArn(functionArn);
  const stopping = new AbortController();
  const { signal } = stopping;
  // Each lane of each shard listens to it: more than the ten that Node takes for a leak.
  setMaxListeners(0, signal);
  const runs = new Map<string, ShardRun>();
  const done = new Set<string>();

  const invoke = async (records: readonly StreamRecord[]): Promise<Invocation> => {
    meters?.mapping?.invoked(records.length);
    const at = clock.now();
    const invocation = await functions.invoke(settings.function, { Records: records });
    const newest = records.at(-1)?.dynamodb.ApproximateCreationDateTime;
    if (invocation.outcome !== 'unreached' && newest !== undefined) {
      meters?.functions.iteratorAge(functionName, Math.max(0, at - newest * 1000));
    }
    return invocation;
  };
  const discard = async (discarded: Discarded): Promise<void> => {
    const count = discarded.records.length;
    try {
      await keep(discarded, settings, functionArn, clock, parts);
    } catch (error) {
      meters?.mapping?.dropped(count);
      meters?.functions.destinationFailed(functionName);
      warn(
        `${count} records of ${settings.streamArn} are lost, their failure could not be kept: ${String(error)}`,
      );
      return;
    }
    if (settings.onFailure === undefined) meters?.mapping?.dropped(count);
    else meters?.mapping?.kept(count);
  };

  const discover = async (): Promise<void> => {
    const streamId = await source.id();
    const shards = await source.shards();
    for (const { id, parent } of shards) {
      // A child holds what happened after its parent was closed.
      const waits = parent !== undefined && !done.has(parent) && shards.some((shard) => shard.id === parent);
      if (runs.has(id) || waits || signal.aborted) continue;
      const run = startShard({
        settings,
        shard: id,
        source,
        streamId,
        checkpoints: parts.checkpoints,
        clock,
        signal,
        pollEvery,
        moved,
        warn,
        invoke,
        discard,
        ...(meters?.mapping && { meter: meters.mapping }),
      });
      runs.set(id, run);
      void run.done.then((ended) => {
        if (!ended) return undefined;
        done.add(id);
        return discovered();
      });
    }
  };

  let discovering: Promise<void> = Promise.resolve();
  const discovered = (): Promise<void> => {
    discovering = discovering.then(async () => {
      while (!signal.aborted) {
        try {
          await discover();
          return;
        } catch (error) {
          warn(`The stream ${settings.streamArn} cannot be read, and is tried again: ${String(error)}`);
          await clock.sleep(1_000, signal);
        }
      }
    });
    return discovering;
  };
  void discovered();

  return {
    wake: () => {
      for (const run of runs.values()) run.wake();
    },
    idle: async () => {
      // A shard that is done has its children discovered.
      for (let seen: Promise<void> | undefined; seen !== discovering && !signal.aborted;) {
        seen = discovering;
        await seen;
        await Promise.all([...runs.values()].map((run) => run.idle()));
      }
    },
    close: async () => {
      stopping.abort();
      await discovering;
      await Promise.all([...runs.values()].map((run) => run.done));
    },
  };
}
