import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Position } from './position.ts';
import type { Item } from './order-item.ts';
import type { Partition, Reading } from './selections.ts';

/** Runs one Query and gives its items, and where it stopped if there is more. */
export type RunQuery = (
  input: Omit<QueryCommandInput, 'TableName'>,
) => Promise<{ items: Item[]; last?: Item }>;

export interface MergedPage {
  items: Item[];
  next?: Position;
}

interface Direction {
  ascending: boolean;
  /** Negative where `a` comes first. */
  compare: (a: string, b: string) => number;
}

const directionOf = (direction: 'asc' | 'desc'): Direction => {
  const ascending = direction === 'asc';
  const sign = ascending ? 1 : -1;
  return { ascending, compare: (a, b) => (a === b ? 0 : a < b ? -sign : sign) };
};

/** More than one page's share is read at once from each shard, so that most pages need no second round. */
const chunkOf = (limit: number, { partitions: { length: shards }, status }: Reading): number => {
  const share = Math.ceil(limit / shards) + (shards > 1 ? 3 : 1);
  return status === undefined ? share : Math.max(share, FILTERED_AT_ONCE);
};

/** Few of many items may match: to look at them by twos would take a Query for each two. */
const FILTERED_AT_ONCE = 25;

/** A page whose items are filtered away reads on only so far; the page may then be short, and has a next one. */
const MAX_ROUNDS = 10;

interface Start {
  key?: Item;
  sort?: { value: string; included: boolean };
}

/** Where a shard goes on after `position`: equal sort values of lower shards have been returned, of higher ones not. */
const startOf = ({ shard }: Partition, reading: Reading, position: Position | undefined): Start => {
  if (!position) return {};
  if (shard === position.shard) return { key: position.key };
  return { sort: { value: String(position.key[reading.sortAttribute]), included: shard > position.shard } };
};

const keyCondition = (reading: Reading, { value }: Partition, { sort }: Start, { ascending }: Direction) => {
  const [first, last] = ascending ? [reading.from, reading.to] : [reading.to, reading.from];
  const start = sort ?? (first === undefined ? undefined : { value: first, included: true });
  const names: Record<string, string> = { '#p': reading.partitionAttribute };
  const values: Record<string, string> = { ':p': value };
  const where = ['#p = :p'];
  const bounded = (condition: string, bounds: Record<string, string>): void => {
    names['#s'] = reading.sortAttribute;
    where.push(condition);
    Object.assign(values, bounds);
  };
  if (start?.included && last !== undefined) {
    const [low, high] = ascending ? [start.value, last] : [last, start.value];
    bounded('#s BETWEEN :low AND :high', { ':low': low, ':high': high });
  } else if (start) {
    bounded(`#s ${ascending ? '>' : '<'}${start.included ? '=' : ''} :start`, { ':start': start.value });
  } else if (last !== undefined) bounded(`#s ${ascending ? '<=' : '>='} :last`, { ':last': last });
  return { where: where.join(' AND '), names, values };
};

/** Reads one partition in order, a chunk at a time, and never further than asked for. */
const partitionReader = (
  run: RunQuery,
  reading: Reading,
  partition: Partition,
  start: Start,
  direction: Direction,
  limit: number,
) => {
  const condition = keyCondition(reading, partition, start, direction);
  const last = direction.ascending ? reading.to : reading.from;
  const within = (item: Item): boolean =>
    last === undefined || direction.compare(String(item[reading.sortAttribute]), last) <= 0;
  const buffer: Item[] = [];
  let from = start.key;
  let more = true;
  const fill = async (): Promise<void> => {
    const filter = ['attribute_not_exists(deleted)', ...(reading.status ? ['#status = :status'] : [])];
    const answer = await run({
      ...(reading.indexName && { IndexName: reading.indexName }),
      KeyConditionExpression: condition.where,
      ...(!reading.indexName && { FilterExpression: filter.join(' AND ') }),
      ExpressionAttributeNames: { ...condition.names, ...(reading.status && { '#status': 'status' }) },
      ExpressionAttributeValues: {
        ...condition.values,
        ...(reading.status && { ':status': reading.status }),
      },
      ScanIndexForward: direction.ascending,
      ConsistentRead: reading.consistent,
      Limit: chunkOf(limit, reading),
      ...(from && { ExclusiveStartKey: from }),
    });
    const inside = answer.items.filter(within);
    buffer.push(...inside);
    from = answer.last;
    more = answer.last !== undefined && inside.length === answer.items.length;
  };
  return { shard: partition.shard, buffer, fill, hasMore: () => more, readTo: () => from };
};

/** One page over all partitions, in order; ends where the partitions end, at `limit`, or after so many rounds that found too little. */
export const readMerged = async (
  run: RunQuery,
  reading: Reading,
  order: 'asc' | 'desc',
  limit: number,
  position: Position | undefined,
): Promise<MergedPage> => {
  const direction = directionOf(order);
  const readers = reading.partitions.map((partition) =>
    partitionReader(run, reading, partition, startOf(partition, reading, position), direction, limit),
  );
  const sortOf = (item: Item | undefined): string => String(item?.[reading.sortAttribute]);
  const items: Item[] = [];
  let lastShard = 0;
  for (let round = 0; ;) {
    const waiting = readers.filter(({ buffer, hasMore }) => buffer.length === 0 && hasMore());
    if (waiting.length > 0) {
      const [only] = readers;
      if (round >= MAX_ROUNDS && readers.length === 1 && only?.readTo()) {
        return { items, next: { shard: only.shard, key: only.readTo() ?? {} } };
      }
      round += 1;
      await Promise.all(waiting.map(({ fill }) => fill()));
      continue;
    }
    const ready = readers.filter(({ buffer }) => buffer.length > 0);
    const [first] = ready.sort(
      (a, b) => direction.compare(sortOf(a.buffer[0]), sortOf(b.buffer[0])) || a.shard - b.shard,
    );
    const item = first?.buffer[0];
    if (!first || !item) return { items };
    if (items.length === limit) {
      const key = Object.fromEntries(reading.keyAttributes.map((name) => [name, items.at(-1)?.[name]]));
      return { items, next: { shard: lastShard, key } };
    }
    items.push(item);
    first.buffer.shift();
    lastShard = first.shard;
  }
};
