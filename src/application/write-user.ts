import { isUserId, type User, type UserChange } from '../domain/user.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import { type Clock, TemporarilyUnavailable, type UserDirectory } from './ports.ts';

export type UserRefusal =
  | { code: 'user-not-found' }
  | { code: 'user-exists' }
  | { code: 'user-version-required' }
  /** Without `current` there is no user. */
  | { code: 'user-version-stale'; current?: number };

/** The versions that would do; 'any' where it is enough that there is a user. */
export type IfMatch = 'any' | readonly number[];

export interface UserDependencies {
  users: UserDirectory;
  clock: Clock;
}

export interface WrittenUser {
  user: User;
  created: boolean;
}

export const stale = (user: User | undefined): { ok: false; error: UserRefusal } =>
  refused({ code: 'user-version-stale', ...(user && { current: user.version }) });

export const matches = (ifMatch: IfMatch, { version }: User): boolean =>
  ifMatch === 'any' || ifMatch.includes(version);

const ATTEMPTS = 5;

/** Reads the user, lets `decide` say what to write, and starts over where somebody else wrote meanwhile. */
export const writeUser = async (
  { users, clock }: UserDependencies,
  userId: string,
  actor: string,
  decide: (before: User | undefined, change: UserChange) => Result<User, UserRefusal>,
): Promise<Result<WrittenUser, UserRefusal>> => {
  let before = isUserId(userId) ? await users.find(userId) : undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const decided = decide(before, { at: clock(), actor });
    if (!decided.ok) return decided;
    const user = decided.value;
    if (user === before) return ok({ user, created: false });
    const result = await users.save(user, before?.version);
    if (result.saved) return ok({ user, created: before === undefined });
    before = result.current;
  }
  throw new TemporarilyUnavailable('the user is being changed by too many at once');
};
