import type { Checkpoints } from './checkpoints.ts';
import type { Position, StreamSource } from './source.ts';

/**
 * Where a shard without a record that is done is read from: the same place each time. What is the latest is looked up
 * once, and kept: what is written while nobody can read, or until the next start, comes after it.
 */
export function createFirstPosition(options: {
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  source: StreamSource;
  checkpoints: Checkpoints;
  of: { mapping: string; stream: string; shard: string };
}): () => Promise<Position> {
  const { startingPosition, source, checkpoints, of } = options;
  return async () => {
    const { mapping, stream, shard } = of;
    if (startingPosition === 'LATEST' && !checkpoints.of(mapping, stream, shard)) {
      const newest = await newestIn(source, shard);
      await checkpoints.move({ ...of, ...(newest !== undefined && { sequence: newest }) });
    }
    const sequence = checkpoints.of(mapping, stream, shard)?.sequence;
    return sequence === undefined ? 'TRIM_HORIZON' : { after: sequence };
  };
}

/** Undefined where no record is. */
async function newestIn(source: StreamSource, shard: string): Promise<string | undefined> {
  const reader = await source.open(shard, 'TRIM_HORIZON');
  let newest: string | undefined;
  for (;;) {
    const { records, end } = await reader.next();
    newest = records.at(-1)?.dynamodb.SequenceNumber ?? newest;
    if (end || records.length === 0) return newest;
  }
}
