import { ok, refused, type Result } from '../domain/result.ts';
import { isUserId, type User } from '../domain/user.ts';
import type { UserDirectory } from './ports.ts';

export const getUser =
  ({ users }: { users: UserDirectory }) =>
  async (userId: string): Promise<Result<User, { code: 'user-not-found' }>> => {
    const user = isUserId(userId) ? await users.find(userId) : undefined;
    return user ? ok(user) : refused({ code: 'user-not-found' });
  };
