import { ok, refused, type Result } from '../domain/result.ts';
import { changeUser, type User, type UserProfile } from '../domain/user.ts';
import {
  type IfMatch,
  matches,
  stale,
  type UserAsking,
  type UserDependencies,
  type UserRefusal,
  writeUser,
} from './write-user.ts';

export interface AmendUser extends UserAsking {
  patch: Partial<UserProfile>;
  ifMatch: IfMatch;
}

/** Changes what the caller has seen; a patch that says what is so already needs no current version. */
export const amendUser =
  (dependencies: UserDependencies) =>
  async ({ patch, ...asking }: AmendUser): Promise<Result<User, UserRefusal>> => {
    const written = await writeUser(dependencies, asking, ['amend', patch], (before, change) => {
      if (!before) return refused({ code: 'user-not-found' });
      const user = changeUser(before, patch, change);
      return user === before || matches(asking.ifMatch, before) ? ok(user) : stale(before);
    });
    return written.ok ? ok(written.value.user) : written;
  };
