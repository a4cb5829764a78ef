import { OrderTooLarge } from '../../application/ports.ts';

type Item = Record<string, unknown>;

/** 400 KB of names and values in UTF-8. */
export const MAX_ITEM_BYTES = 400 * 1024;
/** An event's entry must stay below this. */
const MAX_EVENT_BYTES = 1_048_576;
/** What the event of a change says beside what the item says: its ids, and names of its own. */
const EVENT_OVERHEAD = 1024;

const CONTAINER_BYTES = 3;
const NUMBER_BYTES = 21;

const bytesOf = (value: unknown): number => {
  if (value === undefined) return 0;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return NUMBER_BYTES;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, each) => sum + 1 + bytesOf(each), CONTAINER_BYTES);
  }
  return typeof value === 'object' && value !== null ? CONTAINER_BYTES + itemBytes(value) : 1;
};

/** As DynamoDB counts, with the most that a number can take. */
export const itemBytes = (item: object): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + 1 + bytesOf(value), 0);

/** No more than the item itself goes into the event of its change, but as JSON, where a character takes up to six bytes. */
export const eventBytes = (item: Item): number => Buffer.byteLength(JSON.stringify(item)) + EVENT_OVERHEAD;

/** The item, if it can be stored, and told in one event. */
export const within = (item: Item): Item => {
  const stored = itemBytes(item);
  if (stored > MAX_ITEM_BYTES) {
    throw new OrderTooLarge(`It would take ${stored} bytes, and ${MAX_ITEM_BYTES} are possible.`);
  }
  const told = eventBytes(item);
  if (told >= MAX_EVENT_BYTES) {
    throw new OrderTooLarge(`Its event would take ${told} bytes, and ${MAX_EVENT_BYTES} are possible.`);
  }
  return item;
};
