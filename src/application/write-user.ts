import { isUserId, type User, type UserChange } from '../domain/user.ts';
import { madeBy, remembering } from '../domain/mutations.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import { type Clock, type Ids, TemporarilyUnavailable, type UserDirectory } from './ports.ts';

export type UserRefusal =
  | { code: 'user-not-found' }
  | { code: 'user-exists' }
  | { code: 'user-version-required' }
  /** Without `current` there is no user. */
  | { code: 'user-version-stale'; current?: number };

/** The versions that would do; 'any' where it is enough that there is a user. */
export type IfMatch = 'any' | readonly number[];

export interface UserAsking {
  userId: string;
  actor: string;
  ifMatch?: IfMatch;
  /** The caller's own name for this request: under it the user is never written twice. */
  idempotencyKey?: string;
}

export interface UserDependencies {
  users: UserDirectory;
  clock: Clock;
  ids: Ids;
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

/**
 * Reads the user, lets `decide` say what to write, and starts over where somebody else wrote meanwhile. `what` names the
 * request: one that finds itself carried out already, as after a lost answer, has succeeded, as with orders.
 */
export const writeUser = async (
  { users, clock, ids }: UserDependencies,
  { userId, actor, ifMatch, idempotencyKey }: UserAsking,
  what: readonly unknown[],
  decide: (before: User | undefined, change: UserChange) => Result<User, UserRefusal>,
): Promise<Result<WrittenUser, UserRefusal>> => {
  const id = ids.mutation([actor, ...what, ifMatch, idempotencyKey]);
  let before = isUserId(userId) ? await users.find(userId) : undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const decided = decide(before, { at: clock(), actor });
    const again = madeBy(before, id).length > 0 && (idempotencyKey !== undefined || !decided.ok);
    if (before && again) return ok({ user: before, created: false });
    if (!decided.ok) return decided;
    if (decided.value === before) return ok({ user: before, created: false });
    const user = remembering(before, decided.value, { version: decided.value.version, id });
    const written = { user, created: before === undefined };
    const result = await users.save(user, before?.version);
    if (result.saved || madeBy(result.current, id).includes(user.version)) return ok(written);
    before = result.current;
  }
  throw new TemporarilyUnavailable('the user is being changed by too many at once');
};
