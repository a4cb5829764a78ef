/** One page of a list. */
export interface Page<T> {
  /** At most `limit` of them; possibly none, with more to come. */
  items: readonly T[];
  /** Whether the page may not yet show what was written a moment ago. */
  mayLag: boolean;
  /** Where the next page begins: to go on later, within a day. Absent on the last page, and only there. */
  cursor?: string;
}

/** A list, read page by page as it is iterated over; nothing is read before, and nothing beyond where a loop ends. */
export interface Listing<T> extends AsyncIterable<T> {
  pages(): AsyncIterable<Page<T>>;
}

interface Answer<T> {
  items: readonly T[];
  mayLag: boolean;
  next?: string;
}

/** The cursor and not the link is followed: the API may be behind another path than it knows of. */
const cursorOf = (next: string): string => {
  const cursor = new URL(next, 'http://localhost').searchParams.get('cursor');
  if (cursor === null) throw new Error(`the link to the next page has no cursor: ${next}`);
  return cursor;
};

export const listing = <T>(
  read: (cursor: string | undefined) => Promise<Answer<T>>,
  start: string | undefined,
): Listing<T> => {
  async function* pages(): AsyncGenerator<Page<T>, void> {
    let cursor = start;
    do {
      const { items, mayLag, next } = await read(cursor);
      cursor = next === undefined ? undefined : cursorOf(next);
      yield { items, mayLag, ...(cursor !== undefined && { cursor }) };
    } while (cursor !== undefined);
  }
  async function* each(): AsyncGenerator<T, void> {
    for await (const { items } of pages()) yield* items;
  }
  return { pages, [Symbol.asyncIterator]: each };
};
