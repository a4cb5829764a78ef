/** The newest values by their keys. */
export interface Kept<T> {
  /** Of a key that is there already the first value stays. */
  add(key: string, value: T): void;
  get(key: string): T | undefined;
  /** In the order in which they were added. */
  entries(): IterableIterator<[string, T]>;
  readonly size: number;
  /** How many keys were ever added. */
  total(): number;
}

/** Within both bounds; what was added first goes first. */
export function createKept<T>(options: {
  maxItems: number;
  maxBytes: number;
  sizeOf: (value: T) => number;
}): Kept<T> {
  const { maxItems, maxBytes, sizeOf } = options;
  const values = new Map<string, T>();
  let bytes = 0;
  let total = 0;

  const forget = () => {
    for (const [key, value] of values) {
      if (values.size <= maxItems && (bytes <= maxBytes || values.size <= 1)) return;
      values.delete(key);
      bytes -= sizeOf(value);
    }
  };

  return {
    add: (key, value) => {
      if (values.has(key)) return;
      values.set(key, value);
      bytes += sizeOf(value);
      total += 1;
      forget();
    },
    get: (key) => values.get(key),
    entries: () => values.entries(),
    get size() {
      return values.size;
    },
    total: () => total,
  };
}
