import type { Remembered } from './mutations.ts';

/** What is said of a member of staff; only the active may act as staff. */
export interface UserProfile {
  name: string;
  role: string;
  active: boolean;
}

/** A member of staff; `userId` is the `sub` of the person's token. */
export interface User extends UserProfile, Remembered {
  userId: string;
  /** 0 for a user that somebody put into the table by hand; else rising with each change, past a deletion too. */
  version: number;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
}

/** Who changes the user, and when. */
export interface UserChange {
  at: string;
  actor: string;
}

/** Printable ASCII as in any token's `sub`, without the slash, which a path cannot carry. */
const USER_ID = /^[!-.0-~]{1,255}$/;
export const isUserId = (value: string): boolean => USER_ID.test(value);

/** Counted on from the time: a user deleted and made again never has a version that the old one had. */
export const createUser = (userId: string, profile: UserProfile, { at, actor }: UserChange): User => ({
  userId,
  ...profile,
  version: Date.parse(at),
  createdAt: at,
  updatedAt: at,
  updatedBy: actor,
});

/** The user with the new profile; the very same object where that says nothing new. */
export const changeUser = (user: User, patch: Partial<UserProfile>, { at, actor }: UserChange): User => {
  const { name = user.name, role = user.role, active = user.active } = patch;
  if (name === user.name && role === user.role && active === user.active) return user;
  return { ...user, name, role, active, version: user.version + 1, updatedAt: at, updatedBy: actor };
};
