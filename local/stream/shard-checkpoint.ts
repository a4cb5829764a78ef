import type { Checkpoints } from './checkpoints.ts';
import type { Progress } from './progress.ts';

export interface ShardCheckpoint {
  /** Takes what is settled to disk, one write at a time. */
  follow(): Promise<void>;
  /** All that was read is settled, and that is on disk. */
  upToDate(): boolean;
  /** The shard is closed and done. Resolves when that is on disk. */
  end(): Promise<void>;
}

/** Follows the progress of one shard, from the sequence number on that is on disk already. */
export function createShardCheckpoint(options: {
  progress: Progress;
  checkpoints: Checkpoints;
  /** Which mapping's, stream's and shard's it is. */
  of: { mapping: string; stream: string; shard: string };
  from: string | undefined;
  /** The checkpoint that is on disk now. */
  moved: (sequence: string) => void;
  /** It moved, or could not. */
  notify: () => void;
  signal: AbortSignal;
  warn: (line: string) => void;
}): ShardCheckpoint {
  const { progress, checkpoints, of, moved, notify, signal, warn } = options;
  let flushed = options.from;
  let flushing = false;

  return {
    follow: async () => {
      if (flushing) return;
      flushing = true;
      try {
        while (progress.settledUpTo !== undefined && progress.settledUpTo !== flushed) {
          const sequence = progress.settledUpTo;
          await checkpoints.move({ ...of, sequence });
          flushed = sequence;
          moved(sequence);
        }
      } catch (error) {
        if (!signal.aborted) warn(`The checkpoint of ${of.shard} cannot be kept: ${String(error)}`);
      } finally {
        flushing = false;
        notify();
      }
    },
    upToDate: () => progress.span === 0 && !flushing && (progress.settledUpTo ?? flushed) === flushed,
    end: () => checkpoints.move({ ...of, ...(flushed !== undefined && { sequence: flushed }), ended: true }),
  };
}
