import { ok, refused, type Result } from '../domain/result.ts';
import { changeUser, createUser, type UserProfile } from '../domain/user.ts';
import {
  matches,
  stale,
  type UserAsking,
  type UserDependencies,
  type UserRefusal,
  writeUser,
  type WrittenUser,
} from './write-user.ts';

export interface PutUser extends UserAsking {
  profile: UserProfile;
  onlyNew?: boolean;
}

/** Creates, or replaces what the caller has seen; saying again what is so already needs no version. */
export const putUser =
  (dependencies: UserDependencies) =>
  async ({ profile, onlyNew = false, ...asking }: PutUser): Promise<Result<WrittenUser, UserRefusal>> =>
    await writeUser(dependencies, asking, ['put', profile, onlyNew], (before, change) => {
      const { userId, ifMatch } = asking;
      if (!before) return ifMatch === undefined ? ok(createUser(userId, profile, change)) : stale(before);
      if (onlyNew) return refused({ code: 'user-exists' });
      const user = changeUser(before, profile, change);
      if (user === before || (ifMatch !== undefined && matches(ifMatch, before))) return ok(user);
      return ifMatch === undefined ? refused({ code: 'user-version-required' }) : stale(before);
    });
