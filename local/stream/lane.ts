import type { Clock, Invocation } from '../parts.ts';
import type { Discarded } from './on-failure.ts';
import { verdictOf } from './response.ts';
import type { MappingSettings } from './settings.ts';
import type { StreamRecord } from './source.ts';

export interface Lane {
  /** `bytes` is the record's size as JSON. */
  add(record: StreamRecord, bytes: number): void;
}

export interface LaneOptions {
  settings: Pick<
    MappingSettings,
    'batchSize' | 'windowSeconds' | 'reportsItemFailures' | 'bisects' | 'maxRetries' | 'maxAgeSeconds'
  >;
  clock: Clock;
  signal: AbortSignal;
  invoke: (records: readonly StreamRecord[]) => Promise<Invocation>;
  /** How many records an invocation left to be tried again, or given up. */
  failed?: (records: number) => void;
  /** Resolves when what is given up is kept elsewhere, or cannot be. */
  discard: (discarded: Omit<Discarded, 'shard'>) => Promise<void>;
  settle: (records: readonly StreamRecord[]) => void;
}

interface Waiting {
  record: StreamRecord;
  bytes: number;
}

interface SubBatch {
  records: StreamRecord[];
  /** Times that the function failed on it: what a retry limit counts. */
  attempts: number;
  last?: { requestId: string; functionError: 'Unhandled' | null };
}

// The payload of one invocation, with room for what surrounds the records.
const maxBytes = 6 * 1024 * 1024 - 1_024;
const backoff = { first: 500, most: 60_000 };

/** Batches of one shard in strict order: nothing runs before the batch in front is done or given up. */
export function createLane(options: LaneOptions): Lane {
  const { settings, clock, signal, invoke, discard, settle, failed } = options;
  const { batchSize, windowSeconds, bisects, maxRetries, maxAgeSeconds } = settings;
  const ended = () => signal.aborted;
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let work: SubBatch[] = [];
  let unreached = 0;
  let running = false;
  let filled: AbortController | undefined;

  const full = () => waiting.length >= batchSize || waitingBytes >= maxBytes;

  const run = async () => {
    running = true;
    // The other records of the same read come first.
    await Promise.resolve();
    while (!ended() && (work.length > 0 || waiting.length > 0)) {
      if (work.length === 0) work.push({ records: await gather(), attempts: 0 });
      await attempt();
    }
    running = false;
  };

  /** The next batch: after its window, when it is full, or at once where there is no window. */
  const gather = async (): Promise<StreamRecord[]> => {
    if (windowSeconds > 0 && !full()) {
      filled = new AbortController();
      await clock.sleep(windowSeconds * 1000, AbortSignal.any([filled.signal, signal]));
      filled = undefined;
    }
    let bytes = 0;
    let count = 0;
    for (const each of waiting) {
      if (count === batchSize || (count > 0 && bytes + each.bytes > maxBytes)) break;
      bytes += each.bytes;
      count += 1;
    }
    const taken = waiting.slice(0, count);
    waiting = waiting.slice(count);
    waitingBytes -= bytes;
    return taken.map(({ record }) => record);
  };

  /** One try of the sub-batch in front. */
  const attempt = async (): Promise<void> => {
    const front = work[0];
    if (!front) return;
    const pause = pauseBefore(front);
    if (pause > 0) await clock.sleep(pause, signal);
    await dropAged(front);
    if (ended()) return;
    if (front.records.length === 0) {
      work.shift();
      return;
    }
    const invocation = await invoke(front.records);
    // Not to be told from a crash of the function, and to be tried again at the next start.
    if (ended() && invocation.outcome !== 'answered') return;
    await conclude(front, invocation);
  };

  const pauseBefore = ({ attempts }: SubBatch): number => {
    const failures = attempts + unreached;
    return failures === 0 ? 0 : Math.min(backoff.first * 2 ** (failures - 1), backoff.most);
  };

  const dropAged = async (front: SubBatch): Promise<void> => {
    if (maxAgeSeconds < 0) return;
    const oldest = clock.now() / 1000 - maxAgeSeconds;
    const young = front.records.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
    const aged = front.records.splice(0, young < 0 ? front.records.length : young);
    if (aged.length === 0) return;
    const { attempts, last } = front;
    await discard({
      records: aged,
      condition: 'RecordAgeExceeded',
      attempts,
      ...(last && { requestId: last.requestId }),
    });
    settle(aged);
  };

  const conclude = async (front: SubBatch, invocation: Invocation): Promise<void> => {
    const { records, attempts } = front;
    const verdict = verdictOf(invocation, records, settings.reportsItemFailures);
    unreached = verdict.is === 'unreached' ? unreached + 1 : 0;
    if (verdict.is !== 'success') failed?.(records.length - (verdict.is === 'partial' ? verdict.from : 0));
    switch (verdict.is) {
      case 'unreached':
        return;
      case 'success':
        work.shift();
        settle(records);
        return;
      case 'partial':
        // The invocation moved the checkpoint, so it is no failed attempt of what remains.
        work[0] = { records: records.slice(verdict.from), attempts: 0 };
        settle(records.slice(0, verdict.from));
        return;
      case 'failure': {
        const { requestId } = invocation;
        const { functionError } = verdict;
        if (maxRetries >= 0 && attempts + 1 > maxRetries) {
          const condition = 'RetryAttemptsExhausted';
          await discard({ records, condition, attempts: attempts + 1, requestId, functionError });
          work.shift();
          settle(records);
        } else if (bisects && verdict.divisible && records.length > 1) {
          const middle = Math.ceil(records.length / 2);
          const halves = [records.slice(0, middle), records.slice(middle)];
          work = [...halves.map((half) => ({ records: half, attempts })), ...work.slice(1)];
        } else {
          front.attempts += 1;
          front.last = { requestId, functionError };
        }
      }
    }
  };

  return {
    add: (record, bytes) => {
      waiting.push({ record, bytes });
      waitingBytes += bytes;
      if (full()) filled?.abort();
      if (!running) void run();
    },
  };
}
