import type { Result } from '../domain/result.ts';
import { limitOf, type PageQuery, sealedPage } from './paging.ts';
import type { CursorRefusal, Cursors, UserDirectory, UserPage } from './ports.ts';

export const listUsers =
  ({ users, cursors }: { users: UserDirectory; cursors: Cursors }) =>
  async ({ limit, direction = 'asc', cursor }: PageQuery = {}): Promise<Result<UserPage, CursorRefusal>> =>
    await sealedPage(cursors, ['users', direction], cursor, (after) =>
      users.list({ limit: limitOf(limit), direction, ...(after !== undefined && { after }) }),
    );
