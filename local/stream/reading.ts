import type { MappingMeter } from '../metrics/mappings.ts';
import type { Clock } from '../parts.ts';
import type { Position, ShardReader, StreamRecord, StreamSource } from './source.ts';

export interface Reading {
  /** Reads until the shard ends; true when it did, false when the run was ended before. */
  toEnd(): Promise<boolean>;
  /** There may be something to read. */
  wake(): void;
  /** Tells from now on whether a read found nothing that began after this: it saw all that is written already. */
  fromNow(): () => boolean;
}

export interface ReadingOptions {
  source: StreamSource;
  shard: string;
  /** Where a reader is opened, for the first time and after a failure. */
  position: () => Promise<Position>;
  /** Resolves when more may be read. */
  room: () => Promise<void>;
  /** Takes what was read, in the order of the shard. */
  take: (records: readonly StreamRecord[]) => void;
  /** A read found nothing. */
  foundNothing: () => void;
  pollEvery: number;
  clock: Clock;
  signal: AbortSignal;
  warn: (line: string) => void;
  meter?: MappingMeter;
}

const retryAfter = 1_000;

/** The reads of one shard: one after the other, with a pause after one that found nothing. */
export function createReading(options: ReadingOptions): Reading {
  const { source, shard, position, room, take, foundNothing, pollEvery, clock, signal, warn, meter } =
    options;
  let reads = 0;
  let emptyRead = 0;
  let sleeping: AbortController | undefined;
  let woken = false;

  const stopped = () => signal.aborted;
  signal.addEventListener('abort', () => sleeping?.abort());

  const pause = async () => {
    if (!woken && !stopped()) {
      sleeping = new AbortController();
      await clock.sleep(pollEvery, sleeping.signal);
      sleeping = undefined;
    }
    woken = false;
  };

  return {
    toEnd: async () => {
      let reader: ShardReader | undefined;
      let failing = false;
      while (!stopped()) {
        await room();
        reads += 1;
        try {
          reader ??= await source.open(shard, await position());
          const { records, end } = await reader.next();
          failing = false;
          meter?.polled(records.length);
          take(records);
          if (end) return true;
          if (records.length > 0) continue;
        } catch (error) {
          reader = undefined;
          if (!failing && !stopped()) warn(`The stream cannot be read, and is tried again: ${String(error)}`);
          failing = true;
          await clock.sleep(retryAfter, signal);
          continue;
        }
        emptyRead = reads;
        foundNothing();
        await pause();
      }
      return false;
    },
    wake: () => {
      woken = true;
      // With a reason no error is made, which would take a trace of the stack each time.
      sleeping?.abort('woken');
    },
    fromNow: () => {
      const next = reads + 1;
      return () => emptyRead >= next;
    },
  };
}
