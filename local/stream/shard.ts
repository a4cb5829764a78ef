import type { MappingMeter } from '../metrics/mappings.ts';
import type { Clock, Invocation } from '../parts.ts';
import type { Checkpoints } from './checkpoints.ts';
import { createLane } from './lane.ts';
import type { Discarded } from './on-failure.ts';
import { createFirstPosition } from './first-position.ts';
import { createProgress } from './progress.ts';
import { createReading } from './reading.ts';
import type { MappingSettings } from './settings.ts';
import { createShardCheckpoint } from './shard-checkpoint.ts';
import type { StreamRecord, StreamSource } from './source.ts';

export interface ShardRun {
  /** There may be something to read. */
  wake(): void;
  /** Resolves when all that is in the shard now is settled, and that is on disk, its end included. */
  idle(): Promise<void>;
  /** Resolves true when the shard is closed and done, false when the run was ended before. */
  done: Promise<boolean>;
}

export interface ShardOptions {
  settings: MappingSettings;
  shard: string;
  source: StreamSource;
  streamId: string;
  checkpoints: Checkpoints;
  clock: Clock;
  signal: AbortSignal;
  pollEvery: number;
  invoke: (records: readonly StreamRecord[]) => Promise<Invocation>;
  discard: (discarded: Discarded) => Promise<void>;
  /** The checkpoint that is on disk now. */
  moved: (sequence: string) => void;
  warn: (line: string) => void;
  meter?: MappingMeter;
}

// How much is read ahead of the function.
const ahead = { records: 10_000, bytes: 64_000_000 };
// Bounds what a new start delivers again while one lane is stuck and the others go on.
const mostSpan = 50_000;

export function startShard(options: ShardOptions): ShardRun {
  const { settings, shard, source, streamId, checkpoints, clock, signal, warn, meter } = options;
  const { invoke, discard, moved, pollEvery } = options;
  const { id: mapping, filters, parallelization } = settings;
  const of = { mapping, stream: streamId, shard };
  const last = checkpoints.of(mapping, streamId, shard);
  const progress = createProgress();
  const sizes = new WeakMap<StreamRecord, number>();
  let buffered = 0;
  let bufferedBytes = 0;
  let lastRead = last?.sequence;
  let over = false;
  const waiters: (() => void)[] = [];

  const stopped = () => signal.aborted;
  const changed = () => new Promise<void>((resolve) => waiters.push(resolve));
  const notify = () => {
    for (const resolve of waiters.splice(0)) resolve();
  };
  signal.addEventListener('abort', notify);

  const checkpoint = createShardCheckpoint({
    progress,
    checkpoints,
    of,
    from: last?.sequence,
    moved,
    notify,
    signal,
    warn,
  });

  const settle = (records: readonly StreamRecord[]) => {
    for (const record of records) {
      progress.settle(record.dynamodb.SequenceNumber);
      const bytes = sizes.get(record);
      if (bytes === undefined) continue;
      buffered -= 1;
      bufferedBytes -= bytes;
    }
    notify();
    void checkpoint.follow();
  };

  const lanes = Array.from({ length: parallelization }, () =>
    createLane({
      settings,
      clock,
      signal,
      invoke,
      settle,
      discard: (what) => discard({ ...what, shard }),
      ...(meter && { failed: meter.failed }),
    }),
  );

  const route = (records: readonly StreamRecord[]) => {
    for (const record of records) {
      lastRead = record.dynamodb.SequenceNumber;
      progress.read(lastRead);
      const out = filters.length > 0 && !filters.some((filter) => filter.matches(record));
      if (filters.length > 0) meter?.filtered(out ? 1 : 0);
      if (out) {
        settle([record]);
        continue;
      }
      const bytes = Buffer.byteLength(JSON.stringify(record)) + 1;
      sizes.set(record, bytes);
      buffered += 1;
      bufferedBytes += bytes;
      lanes[laneOf(record, parallelization)]?.add(record, bytes);
    }
  };

  const room = async () => {
    const most = Math.max(ahead.records, 2 * settings.batchSize * parallelization);
    while ((buffered >= most || bufferedBytes >= ahead.bytes || progress.span >= mostSpan) && !stopped()) {
      await changed();
    }
  };

  const { startingPosition } = settings;
  const firstPosition = createFirstPosition({ startingPosition, source, checkpoints, of });
  const reading = createReading({
    source,
    shard,
    position: () => (lastRead === undefined ? firstPosition() : Promise.resolve({ after: lastRead })),
    room,
    take: route,
    foundNothing: notify,
    pollEvery,
    clock,
    signal,
    warn,
    ...(meter && { meter }),
  });

  const run = async (): Promise<boolean> => {
    if (last?.ended === true) {
      over = true;
      return true;
    }
    const ended = await reading.toEnd();
    over = true;
    notify();
    while (!checkpoint.upToDate() && !stopped()) await changed();
    if (!ended || !checkpoint.upToDate()) return false;
    await checkpoint.end();
    return true;
  };
  const done = run();

  return {
    wake: () => reading.wake(),
    idle: async () => {
      const caughtUp = reading.fromNow();
      reading.wake();
      while (!stopped() && !((over || caughtUp()) && checkpoint.upToDate())) await changed();
      if (over) await done;
    },
    done,
  };
}

/** By the item's key, so that the changes of an item stay in order. */
function laneOf({ dynamodb: { Keys } }: StreamRecord, lanes: number): number {
  if (lanes === 1) return 0;
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(Keys))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % lanes;
}
