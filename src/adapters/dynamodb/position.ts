import type { Item } from './order-item.ts';
import type { Reading } from './selections.ts';

/** Where a page ended: the last key read, and which of the merged shards it lay in. */
export interface Position {
  shard: number;
  key: Item;
}

export const encodePosition = ({ keyAttributes }: Reading, { shard, key }: Position): string =>
  JSON.stringify([shard, ...keyAttributes.map((name) => key[name])]);

/** Of a text that we made for the same reading. */
export const decodePosition = ({ keyAttributes }: Reading, text: string): Position => {
  const [shard, ...values] = JSON.parse(text) as [number, ...string[]];
  return { shard, key: Object.fromEntries(keyAttributes.map((name, index) => [name, values[index]])) };
};
