import type { MappingMeter } from '../metrics/mappings.ts';
import type { Clock, Invocation } from '../parts.ts';
import type { Checkpoints } from './checkpoints.ts';
import { createLane } from './lane.ts';
import type { Discarded } from './on-failure.ts';
import { createProgress } from './progress.ts';
import type { MappingSettings } from './settings.ts';
import type { Position, ShardReader, StreamRecord, StreamSource } from './source.ts';

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
const retryReading = 1_000;

export function startShard(options: ShardOptions): ShardRun {
  const {
    settings,
    shard,
    source,
    streamId,
    checkpoints,
    clock,
    signal,
    invoke,
    discard,
    moved,
    warn,
    meter,
  } = options;
  const { id: mapping, filters, parallelization } = settings;
  const checkpoint = checkpoints.of(mapping, streamId, shard);
  const progress = createProgress();
  const sizes = new WeakMap<StreamRecord, number>();
  let buffered = 0;
  let bufferedBytes = 0;
  let lastRead = checkpoint?.sequence;
  let reads = 0;
  let emptyRead = 0;
  const waiters: (() => void)[] = [];
  let sleeping: AbortController | undefined;
  let woken = false;
  let flushed = checkpoint?.sequence;
  let flushing = false;

  const stopped = () => signal.aborted;
  const changed = () => new Promise<void>((resolve) => waiters.push(resolve));
  const notify = () => {
    for (const resolve of waiters.splice(0)) resolve();
  };
  signal.addEventListener('abort', () => {
    notify();
    sleeping?.abort();
  });

  const flush = async (): Promise<void> => {
    if (flushing) return;
    flushing = true;
    try {
      while (progress.settledUpTo !== undefined && progress.settledUpTo !== flushed) {
        const sequence = progress.settledUpTo;
        await checkpoints.move({ mapping, stream: streamId, shard, sequence });
        flushed = sequence;
        moved(sequence);
      }
    } catch (error) {
      if (!stopped()) warn(`The checkpoint of ${shard} cannot be kept: ${String(error)}`);
    } finally {
      flushing = false;
      notify();
    }
  };

  const settle = (records: readonly StreamRecord[]) => {
    for (const record of records) {
      progress.settle(record.dynamodb.SequenceNumber);
      const bytes = sizes.get(record);
      if (bytes === undefined) continue;
      buffered -= 1;
      bufferedBytes -= bytes;
    }
    notify();
    void flush();
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

  const pause = async () => {
    if (!woken && !stopped()) {
      sleeping = new AbortController();
      await clock.sleep(options.pollEvery, sleeping.signal);
      sleeping = undefined;
    }
    woken = false;
  };

  const open = (): Promise<ShardReader> => {
    const from: Position = lastRead === undefined ? settings.startingPosition : { after: lastRead };
    return source.open(shard, from);
  };

  /** Reads until the shard ends; true when it did. */
  const read = async (): Promise<boolean> => {
    let reader: ShardReader | undefined;
    let failing = false;
    while (!stopped()) {
      await room();
      reads += 1;
      try {
        reader ??= await open();
        const { records, end } = await reader.next();
        failing = false;
        meter?.polled(records.length);
        route(records);
        if (end) return true;
        if (records.length > 0) continue;
      } catch (error) {
        reader = undefined;
        if (!failing && !stopped()) warn(`The stream cannot be read, and is tried again: ${String(error)}`);
        failing = true;
        await clock.sleep(retryReading, signal);
        continue;
      }
      emptyRead = reads;
      notify();
      await pause();
    }
    return false;
  };

  const settled = () => progress.span === 0 && !flushing && (progress.settledUpTo ?? flushed) === flushed;

  const run = async (): Promise<boolean> => {
    if (checkpoint?.ended === true) {
      emptyRead = Infinity;
      return true;
    }
    const ended = await read();
    emptyRead = Infinity;
    notify();
    while (!settled() && !stopped()) await changed();
    if (!ended || !settled()) return false;
    const last = flushed === undefined ? {} : { sequence: flushed };
    await checkpoints.move({ mapping, stream: streamId, shard, ...last, ended: true });
    return true;
  };
  const done = run();
  const wake = () => {
    woken = true;
    // With a reason no error is made, which would take a trace of the stack each time.
    sleeping?.abort('woken');
  };

  return {
    wake,
    idle: async () => {
      // A read that begins from now on sees all that is written already.
      const read = reads + 1;
      wake();
      while (!stopped() && !(emptyRead >= read && settled())) await changed();
      if (emptyRead === Infinity) await done;
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
