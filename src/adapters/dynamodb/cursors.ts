import type { Item } from './order-item.ts';
import type { Reading } from './selections.ts';

/** Where a page ended: the last key read, and which of the merged shards it lay in. */
export interface Position {
  shard: number;
  key: Item;
}

/** Opaque to clients, and good only for the selection that it was made for. */
export const encodeCursor = ({ fingerprint }: Reading, { shard, key }: Position): string =>
  Buffer.from(JSON.stringify([fingerprint, shard, key])).toString('base64url');

const parsed = (cursor: string): unknown[] => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
};

const isKeyOf = ({ keyAttributes }: Reading, key: unknown): key is Record<string, string> =>
  typeof key === 'object' &&
  key !== null &&
  Object.keys(key).length === keyAttributes.length &&
  keyAttributes.every((name) => typeof (key as Item)[name] === 'string');

/** Undefined for what we cannot have made: a key of another partition, or outside the bounds of the selection. */
export const decodeCursor = (cursor: string, reading: Reading): Position | undefined => {
  const [fingerprint, shard, key] = parsed(cursor);
  const partition = reading.partitions.find((each) => each.shard === shard);
  if (fingerprint !== reading.fingerprint || !partition || !isKeyOf(reading, key)) return undefined;
  const sort = key[reading.sortAttribute] ?? '';
  const within = sort >= (reading.from ?? '') && (reading.to === undefined || sort <= reading.to);
  return within && key[reading.partitionAttribute] === partition.value
    ? { shard: partition.shard, key }
    : undefined;
};
