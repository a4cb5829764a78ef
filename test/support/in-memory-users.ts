import type { UserDirectory } from '../../src/application/ports.ts';
import type { User } from '../../src/domain/user.ts';

const same = (a: User, b: User): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `meanwhile` runs once before the next write, as another writer would. */
export const inMemoryUsers = (given: User[] = []) => {
  const users = new Map(given.map((user) => [user.userId, user]));
  const hooks: { meanwhile?: () => void } = {};
  let writes = 0;
  const interrupted = (): void => {
    const { meanwhile } = hooks;
    delete hooks.meanwhile;
    meanwhile?.();
  };
  const directory: UserDirectory = {
    find: (userId) => Promise.resolve(users.get(userId)),
    save: (user, expected) => {
      interrupted();
      const current = users.get(user.userId);
      if (current?.version !== expected && !(current && same(current, user))) {
        return Promise.resolve({ saved: false, ...(current && { current }) });
      }
      users.set(user.userId, user);
      writes += 1;
      return Promise.resolve({ saved: true });
    },
    remove: (userId, expected) => {
      interrupted();
      const current = users.get(userId);
      if (current?.version !== expected) {
        return Promise.resolve({ saved: false, ...(current && { current }) });
      }
      users.delete(userId);
      writes += 1;
      return Promise.resolve({ saved: true });
    },
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
