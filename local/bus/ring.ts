export interface Ring<T> {
  push(item: T): void;
  /** Oldest first. */
  items(): readonly T[];
  /** How many were pushed out, or dropped. */
  dropped(): number;
  /** How many were ever pushed: the place of the next one. */
  total(): number;
  dropWhile(isOld: (item: T) => boolean): void;
}

/** Holds the newest items within both bounds. */
export function createRing<T>(options: {
  maxItems: number;
  maxBytes: number;
  sizeOf: (item: T) => number;
}): Ring<T> {
  const { maxItems, maxBytes, sizeOf } = options;
  let items: (T | undefined)[] = [];
  let first = 0;
  let bytes = 0;
  let dropped = 0;
  const shift = () => {
    const item = items[first];
    if (item !== undefined) bytes -= sizeOf(item);
    // Else it would take memory until the rest is moved down.
    items[first] = undefined;
    first += 1;
    dropped += 1;
    // Moving the rest down is worth it only now and then.
    if (first > 1024 && first > items.length / 2) {
      items = items.slice(first);
      first = 0;
    }
  };
  const size = () => items.length - first;
  return {
    push: (item) => {
      items.push(item);
      bytes += sizeOf(item);
      while (size() > maxItems || (bytes > maxBytes && size() > 1)) shift();
    },
    items: () => items.slice(first) as T[],
    dropped: () => dropped,
    total: () => dropped + size(),
    dropWhile: (isOld) => {
      for (let item = items[first]; item !== undefined && isOld(item); item = items[first]) shift();
    },
  };
}
