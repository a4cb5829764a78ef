import type { Item } from './order-item.ts';

/** Where a page ended: the last key read, and which of the merged shards it lay in. */
export interface Position {
  shard: number;
  key: Item;
}

/** Opaque to clients, and good only for the selection that it was made for. */
export const encodeCursor = (selection: string, position: Position): string =>
  Buffer.from(JSON.stringify([selection, position.shard, position.key])).toString('base64url');

export const decodeCursor = (cursor: string, selection: string): Position | undefined => {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(decoded)) return undefined;
    const [of, shard, key] = decoded as unknown[];
    if (of !== selection || typeof shard !== 'number') return undefined;
    if (typeof key !== 'object' || key === null) return undefined;
    return Object.values(key).every((value) => typeof value === 'string')
      ? { shard, key: key as Item }
      : undefined;
  } catch {
    return undefined;
  }
};
