import type { UserDirectory, UserSaved } from '../../src/application/ports.ts';
import type { User } from '../../src/domain/user.ts';

/**
 * `meanwhile` runs once before the next write, as another writer would. `answerLost` runs once after it, and the write
 * then answers as to the SDK's next attempt, which finds what became of its own.
 */
export const inMemoryUsers = (given: User[] = []) => {
  const users = new Map(given.map((user) => [user.userId, user]));
  const hooks: { meanwhile?: () => void; answerLost?: () => void } = {};
  let writes = 0;
  const unsaved = (userId: string): UserSaved => {
    const current = users.get(userId);
    return { saved: false, ...(current && { current }) };
  };
  const writing = (userId: string, expected: number | undefined, write: () => void): Promise<UserSaved> => {
    const { meanwhile, answerLost } = hooks;
    delete hooks.meanwhile;
    delete hooks.answerLost;
    meanwhile?.();
    if (users.get(userId)?.version !== expected) return Promise.resolve(unsaved(userId));
    write();
    writes += 1;
    answerLost?.();
    return Promise.resolve(answerLost ? unsaved(userId) : { saved: true });
  };
  const directory: UserDirectory = {
    find: (userId) => Promise.resolve(users.get(userId)),
    save: (user, expected) => writing(user.userId, expected, () => users.set(user.userId, user)),
    remove: (userId, expected) => writing(userId, expected, () => users.delete(userId)),
    list: ({ limit, direction, after }) => {
      const sign = direction === 'asc' ? 1 : -1;
      const all = [...users.values()]
        .sort((a, b) => (a.userId < b.userId ? -sign : sign))
        .filter(
          ({ userId }) => after === undefined || (direction === 'asc' ? userId > after : userId < after),
        );
      const page = all.slice(0, limit);
      const next = all.length > limit ? page.at(-1)?.userId : undefined;
      return Promise.resolve({ users: page, ...(next !== undefined && { next }) });
    },
  };
  return { ...directory, users, hooks, writes: () => writes };
};
