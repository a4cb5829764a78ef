import fc from 'fast-check';
import { systemIds } from '../../src/adapters/ids.ts';
import { amendUser } from '../../src/application/amend-user.ts';
import { deleteUser } from '../../src/application/delete-user.ts';
import { getUser } from '../../src/application/get-user.ts';
import { TemporarilyUnavailable } from '../../src/application/ports.ts';
import { putUser } from '../../src/application/put-user.ts';
import type { User } from '../../src/domain/user.ts';
import { inMemoryUsers } from '../support/in-memory-users.ts';
import { user } from '../support/users.ts';

const profile = { name: 'Naveen', role: 'Director', active: true };
const put = { userId: 'U1001', profile, actor: 'admin-2' };
const off = { userId: 'U1001', patch: { active: false }, actor: 'admin-2' };

const given = (...existing: User[]) => {
  const users = inMemoryUsers(existing);
  let now = Date.parse('2026-11-22T12:00:00.000Z');
  const clock = () => new Date((now += 1)).toISOString();
  return {
    users,
    put: putUser({ users, clock, ids: systemIds }),
    amend: amendUser({ users, clock, ids: systemIds }),
    delete: deleteUser({ users }),
    get: getUser({ users }),
  };
};

describe('putUser', () => {
  it('given nobody, then the user is created, by whom and when', async () => {
    const { put: call, get } = given();
    const made = await call(put);
    const at = '2026-11-22T12:00:00.001Z';
    expect(made).toEqual({
      ok: true,
      value: {
        created: true,
        user: {
          userId: 'U1001',
          ...profile,
          version: Date.parse(at),
          createdAt: at,
          updatedAt: at,
          updatedBy: 'admin-2',
          mutations: [{ version: Date.parse(at), id: expect.any(String) as string }],
        },
      },
    });
    expect(await get('U1001')).toEqual({ ok: true, value: made.ok && made.value.user });
  });

  it('given the same again, then nothing is written, whatever version is named', async () => {
    const { put: call, users } = given(user());
    for (const ifMatch of [undefined, [9], 'any'] as const) {
      const again = await call({ ...put, ...(ifMatch !== undefined && { ifMatch }) });
      expect(again).toEqual({ ok: true, value: { user: user(), created: false } });
    }
    expect(users.writes()).toBe(0);
  });

  it('given another profile, then it replaces only the version that the caller has seen', async () => {
    const { put: call, users } = given(user());
    const other = { ...put, profile: { ...profile, role: 'Clerk' } };
    expect(await call(other)).toEqual({ ok: false, error: { code: 'user-version-required' } });
    expect(await call({ ...other, ifMatch: [2, 3] })).toEqual({
      ok: false,
      error: { code: 'user-version-stale', current: 1 },
    });
    expect(users.writes()).toBe(0);
    expect(await call({ ...other, ifMatch: [1] })).toMatchObject({
      ok: true,
      value: { created: false, user: { role: 'Clerk', version: 2, createdAt: user().createdAt } },
    });
    expect(await call({ ...put, ifMatch: 'any' })).toMatchObject({ value: { user: { version: 3 } } });
  });

  it('given a version and nobody, or "only new" and somebody, then it is refused', async () => {
    const { put: call, users } = given(user());
    expect(await call({ ...put, userId: 'U2', ifMatch: 'any' })).toEqual({
      ok: false,
      error: { code: 'user-version-stale' },
    });
    expect(await call({ ...put, onlyNew: true })).toEqual({ ok: false, error: { code: 'user-exists' } });
    expect(users.writes()).toBe(0);
  });
});

describe('amendUser', () => {
  it('given the current version, then the fields named change and the others stay', async () => {
    const { amend } = given(user());
    expect(await amend({ ...off, ifMatch: [1] })).toMatchObject({
      ok: true,
      value: { ...profile, active: false, version: 2, updatedBy: 'admin-2' },
    });
  });

  it('given a stale version, then it is refused; where the patch is in force already, it is done', async () => {
    const { amend, users } = given(user({ version: 3 }));
    expect(await amend({ ...off, ifMatch: [2] })).toEqual({
      ok: false,
      error: { code: 'user-version-stale', current: 3 },
    });
    expect(await amend({ ...off, patch: { active: true }, ifMatch: [2] })).toMatchObject({ ok: true });
    expect(await amend({ ...off, userId: 'U2', ifMatch: 'any' })).toEqual({
      ok: false,
      error: { code: 'user-not-found' },
    });
    expect(users.writes()).toBe(0);
  });

  it('given another writer in between, then it decides anew on what that one left', async () => {
    const { amend, users } = given(user());
    users.hooks.meanwhile = () => users.users.set('U1001', user({ role: 'Clerk', version: 2 }));
    expect(await amend({ ...off, ifMatch: [1] })).toMatchObject({ error: { current: 2 } });
    users.hooks.meanwhile = () => users.users.set('U1001', user({ role: 'Cook', version: 3 }));
    expect(await amend({ ...off, ifMatch: 'any' })).toMatchObject({
      value: { role: 'Cook', active: false, version: 4 },
    });
  });

  it('given writers without end, then it gives up', async () => {
    const { amend, users } = given(user());
    let version = 1;
    const interfere = () => {
      users.users.set('U1001', user({ name: `N${version}`, version: (version += 1) }));
      users.hooks.meanwhile = interfere;
    };
    users.hooks.meanwhile = interfere;
    await expect(amend({ ...off, ifMatch: 'any' })).rejects.toThrow(TemporarilyUnavailable);
  });
});

describe('deleteUser', () => {
  it('given a user, then nobody is left; again, or for nobody, it is done', async () => {
    const { delete: remove, users } = given(user());
    expect(await remove('U1001', [1])).toEqual({ ok: true });
    expect(await remove('U1001', [1])).toEqual({ ok: true });
    expect(await remove('not an id')).toEqual({ ok: true });
    expect(users.users.size).toBe(0);
    expect(users.writes()).toBe(1);
  });

  it('given a stale version, then the user stays', async () => {
    const { delete: remove, users } = given(user({ version: 2 }));
    expect(await remove('U1001', [1])).toEqual({
      ok: false,
      error: { code: 'user-version-stale', current: 2 },
    });
    users.hooks.meanwhile = () => users.users.set('U1001', user({ version: 3 }));
    expect(await remove('U1001', [2])).toMatchObject({ error: { current: 3 } });
    expect(users.users.size).toBe(1);
  });
});

it('whatever is done to a user, deletions included, no version of theirs comes twice', async () => {
  const step = fc.constantFrom('put', 'amend', 'delete');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(3))), async (steps) => {
      const { put: set, amend, delete: remove, users } = given();
      const seen = new Map<number, string>();
      for (const [name, n] of steps) {
        const role = `R${n}`;
        if (name === 'put') await set({ ...put, profile: { ...profile, role }, ifMatch: 'any' });
        if (name === 'put') await set({ ...put, profile: { ...profile, role } });
        if (name === 'amend') await amend({ ...off, patch: { role }, ifMatch: 'any' });
        if (name === 'delete') await remove('U1001');
        const current = users.users.get('U1001');
        if (!current) continue;
        const text = JSON.stringify(current);
        expect(seen.get(current.version) ?? text).toBe(text);
        seen.set(current.version, text);
      }
    }),
  );
});
