import { ok, type Result } from '../domain/result.ts';
import type { CursorRefusal, Cursors, Direction } from './ports.ts';

/** What a caller may say of the page it wants. */
export interface PageQuery {
  limit?: number;
  direction?: Direction;
  cursor?: string;
}

/** One page of `list`; the place where it ends goes out sealed, and comes back to the same list only. */
export const sealedPage = async <P extends { next?: string }>(
  cursors: Cursors,
  list: readonly unknown[],
  cursor: string | undefined,
  read: (after: string | undefined) => Promise<P>,
): Promise<Result<P, CursorRefusal>> => {
  const after = cursor === undefined ? ok(undefined) : await cursors.open(list, cursor);
  if (!after.ok) return after;
  const page = await read(after.value);
  return ok(page.next === undefined ? page : { ...page, next: await cursors.seal(list, page.next) });
};

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

/** Asking for more than a page holds gives a full page. */
export const limitOf = (asked = DEFAULT_LIMIT): number => Math.min(asked, MAX_LIMIT);
