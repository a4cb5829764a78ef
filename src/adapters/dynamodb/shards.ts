/** FNV-1a: stable over releases and machines, as the stored index keys depend on it. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
};

/**
 * One status or day would be one partition of its index, and its write limit that of the whole service; so each is spread
 * over `count` of them. The count may only grow: readers ask all shards, so items stay where an older count put them.
 */
export const shardOf = (orderId: string, count: number): number => hash(orderId) % count;
