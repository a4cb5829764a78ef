import type { Journal, Journaled } from '../parts.ts';

interface Checkpoint {
  mapping: string;
  /** The engine's own name of the stream. */
  stream: string;
  shard: string;
  /** Everything up to it is done; absent where no record was: in a shard that ended so, or was empty when LATEST began. */
  sequence?: string;
  /** The shard is closed and done. */
  ended?: true;
}

export interface Checkpoints {
  of(mapping: string, stream: string, shard: string): Checkpoint | undefined;
  /** Resolves when it is on disk. */
  move(checkpoint: Checkpoint): Promise<void>;
}

const part = 'checkpoints';

export function createCheckpoints(journal: Journal): Checkpoints {
  const checkpoints = new Map<string, Checkpoint>();
  const keyOf = (mapping: string, stream: string, shard: string) => [mapping, stream, shard].join(' ');
  const state: Journaled = {
    apply: (entry) => {
      const checkpoint = entry as Checkpoint;
      checkpoints.set(keyOf(checkpoint.mapping, checkpoint.stream, checkpoint.shard), checkpoint);
    },
    snapshot: () => [...checkpoints.values()],
  };
  journal.register(part, state);
  return {
    of: (mapping, stream, shard) => checkpoints.get(keyOf(mapping, stream, shard)),
    move: (checkpoint) => journal.append({ part, entry: checkpoint }),
  };
}
