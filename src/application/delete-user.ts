import { ok, type Result } from '../domain/result.ts';
import { isUserId } from '../domain/user.ts';
import { TemporarilyUnavailable, type UserDirectory } from './ports.ts';
import { type IfMatch, matches, stale, type UserRefusal } from './write-user.ts';

const ATTEMPTS = 5;

/** Forgets the user; one that is not there is forgotten already. */
export const deleteUser =
  ({ users }: { users: UserDirectory }) =>
  async (userId: string, ifMatch: IfMatch = 'any'): Promise<Result<undefined, UserRefusal>> => {
    let user = isUserId(userId) ? await users.find(userId) : undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (!user) return ok(undefined);
      if (!matches(ifMatch, user)) return stale(user);
      const result = await users.remove(userId, user.version);
      if (result.saved) return ok(undefined);
      // Gone, by us or by another; one who was entered since is another entry, and stays.
      if (result.current?.createdAt !== user.createdAt) return ok(undefined);
      user = result.current;
    }
    throw new TemporarilyUnavailable('the user is being changed by too many at once');
  };
