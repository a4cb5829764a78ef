import type { PageRequest, UserDirectory } from '../../src/application/ports.ts';
import { user } from '../support/users.ts';

/** What every UserDirectory promises; `fresh` gives an empty one. */
export const userDirectoryContract = (fresh: () => Promise<UserDirectory>): void => {
  let users: UserDirectory;
  const naveen = user();
  const former = user({ userId: 'U1002', active: false, version: 7 });

  beforeEach(async () => {
    users = await fresh();
  });

  it('given saved users, then each is found as written, active or not, and no other', async () => {
    expect(await users.save(naveen, undefined)).toEqual({ saved: true });
    expect(await users.save(former, undefined)).toEqual({ saved: true });
    expect(await users.find('U1001')).toEqual(naveen);
    expect(await users.find('U1002')).toEqual(former);
    expect(await users.find('U9999')).toBeUndefined();
  });

  it('given another version than expected, or none, then nothing is written and it says what is there', async () => {
    expect(await users.save(user({ version: 2 }), 1)).toEqual({ saved: false });
    await users.save(naveen, undefined);
    const other = user({ name: 'Other', version: 2 });
    expect(await users.save(other, undefined)).toEqual({ saved: false, current: naveen });
    expect(await users.save(other, 9)).toEqual({ saved: false, current: naveen });
    expect(await users.save(other, 1)).toEqual({ saved: true });
    expect(await users.find('U1001')).toEqual(other);
  });

  it('given the very same write again, as after a lost answer, then it finds which requests made what is there', async () => {
    const first = user({ mutations: [{ version: 1, id: 'first.one' }] });
    await users.save(first, undefined);
    expect(await users.save(first, undefined)).toEqual({ saved: false, current: first });
    const next = user({ version: 2, mutations: [...(first.mutations ?? []), { version: 2, id: 'next' }] });
    await users.save(next, 1);
    expect(await users.save(next, 1)).toEqual({ saved: false, current: next });
    expect(await users.find('U1001')).toEqual(next);
    expect(await users.list({ limit: 9, direction: 'asc' })).toEqual({ users: [next] });
    expect(await users.remove('U1001', 1)).toEqual({ saved: false, current: next });
  });

  it('given twenty writers of one version, then one wins', async () => {
    await users.save(naveen, undefined);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => users.save(user({ name: `N${n}`, version: 2 }), 1)),
    );
    expect(results.filter(({ saved }) => saved)).toHaveLength(1);
  });

  it('given a removal, then only of the expected version, and the user is gone', async () => {
    await users.save(naveen, undefined);
    expect(await users.remove('U1001', 2)).toEqual({ saved: false, current: naveen });
    expect(await users.remove('U1001', 1)).toEqual({ saved: true });
    expect(await users.find('U1001')).toBeUndefined();
    expect(await users.remove('U1001', 1)).toEqual({ saved: false });
  });

  it('given users, then pages of any size list each once, by userId, in both directions', async () => {
    const names = ['U1', 'U2', 'auth0|3', 'u@4', '~5'].sort();
    for (const userId of names) await users.save(user({ userId }), undefined);
    const all = async (page: Pick<PageRequest, 'limit' | 'direction'>) => {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const result = await users.list({ ...page, ...(after !== undefined && { after }) });
        expect(result.users.length).toBeLessThanOrEqual(page.limit);
        found.push(...result.users.map(({ userId }) => userId));
        after = result.next;
      } while (after !== undefined);
      return found;
    };
    for (const limit of [1, 2, 5, 9]) {
      expect(await all({ limit, direction: 'asc' })).toEqual(names);
      expect(await all({ limit, direction: 'desc' })).toEqual([...names].reverse());
    }
  });
};
