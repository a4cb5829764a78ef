import type { Position, StreamRecord, StreamSource } from '../../local/stream/source.ts';
import type { Chance } from './chance.ts';
import { seedOf } from './chance.ts';
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import { ServiceError } from './network.ts';
import type { Process } from './process.ts';
import type { VirtualTime } from './virtual-time.ts';

export const STREAM_ARN =
  'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000';
const RETENTION_MS = 24 * 3_600_000;
const MOST_SHARDS = 8;

interface Shard {
  id: string;
  parent?: string;
  records: { record: StreamRecord; at: number }[];
  /** Where each sequence number stands. */
  places: Map<string, number>;
  children: Shard[];
  depth: number;
}

export type Change = Pick<StreamRecord, 'eventName' | 'userIdentity'> &
  Pick<StreamRecord['dynamodb'], 'Keys' | 'NewImage' | 'OldImage'>;

export interface ChangeStream {
  append: (key: string, change: Change) => { sequence: string; eventId: string; shard: string };
  /** Closes a shard; one child follows it, or two that share its keys. */
  split: (chance: Chance) => void;
  sourceFor: (reader: Process) => StreamSource;
  onWrite: (listener: () => void) => void;
}

export const changeStream = (
  time: VirtualTime,
  faults: Faults,
  chance: Chance,
  history: History,
): ChangeStream => {
  const listeners: (() => void)[] = [];
  const root: Shard = { id: 'shard-1', records: [], places: new Map(), children: [], depth: 0 };
  const shards = new Map([[root.id, root]]);
  // Not of one length: whoever compares them as text goes wrong within the run.
  let sequence = 10n ** 21n - BigInt(chance.between(1, 150));
  let written = 0;

  const openShardOf = (key: string): Shard => {
    const hash = seedOf(key);
    let shard = root;
    while (shard.children.length > 0) {
      shard = shard.children[(hash >>> shard.depth) % shard.children.length] ?? shard;
    }
    return shard;
  };

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const startOf = ({ records, places }: Shard, from: Position): number => {
    if (from === 'TRIM_HORIZON') return 0;
    return from === 'LATEST' ? records.length : (places.get(from.after) ?? -1) + 1;
  };

  return {
    append: (key, { eventName, userIdentity, ...images }) => {
      sequence += BigInt(chance.between(1, 3));
      written += 1;
      const SequenceNumber = String(sequence);
      const shard = openShardOf(key);
      const record: StreamRecord = {
        eventID: `change-${written}`,
        eventName,
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-west-1',
        eventSourceARN: STREAM_ARN,
        ...(userIdentity && { userIdentity }),
        dynamodb: {
          ApproximateCreationDateTime: Math.floor(time.now() / 1000),
          ...images,
          SequenceNumber,
          SizeBytes: 100,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      };
      shard.places.set(SequenceNumber, shard.records.length);
      shard.records.push({ record, at: time.now() });
      changed();
      return { sequence: SequenceNumber, eventId: record.eventID, shard: shard.id };
    },

    split: (by) => {
      const open = [...shards.values()].filter(({ children }) => children.length === 0);
      const shard = by.pick(open);
      const two = open.length < MOST_SHARDS && by.happens(0.7);
      shard.children = Array.from({ length: two ? 2 : 1 }, () => {
        const id = `shard-${shards.size + 1}`;
        const depth = shard.depth + (two ? 1 : 0);
        const child: Shard = { id, parent: shard.id, records: [], places: new Map(), children: [], depth };
        shards.set(id, child);
        return child;
      });
      changed();
    },

    sourceFor: (reader) => {
      const answer = async <T>(serve: () => T): Promise<T> => {
        await reader.hears(time.sleep(1));
        if (faults.strike('F3')) throw new ServiceError('LimitExceededException', { httpStatusCode: 400 });
        return serve();
      };
      return {
        id: () => answer(() => 'stream'),
        shards: () =>
          answer(() =>
            [...shards.values()].map(({ id, parent }) => ({ id, ...(parent !== undefined && { parent }) })),
          ),
        open: (id, from) =>
          answer(() => {
            const shard = shards.get(id);
            if (!shard) throw new Error(`There is no shard ${id}`);
            let place = startOf(shard, from);
            const next = () => {
              const { records, children } = shard;
              for (let first = records[place]; first && first.at < time.now() - RETENTION_MS;) {
                const at = time.now();
                history.add({ is: 'trimmed', at, sequence: first.record.dynamodb.SequenceNumber });
                place += 1;
                first = records[place];
              }
              const read = records.slice(place, place + 1_000).map(({ record }) => record);
              place += read.length;
              return { records: read, end: read.length === 0 && children.length > 0 };
            };
            return { next: () => answer(next) };
          }),
      };
    },

    onWrite: (listener) => {
      listeners.push(listener);
    },
  };
};
