import { systemIds } from '../../src/adapters/ids.ts';
import { amendUser } from '../../src/application/amend-user.ts';
import { deleteUser } from '../../src/application/delete-user.ts';
import { putUser } from '../../src/application/put-user.ts';
import { remembering } from '../../src/domain/mutations.ts';
import { changeUser, createUser } from '../../src/domain/user.ts';
import { inMemoryUsers } from '../support/in-memory-users.ts';
import { user } from '../support/users.ts';

const profile = { name: 'Naveen', role: 'Director', active: true };
const put = { userId: 'U1001', profile, actor: 'admin-1' };
const replace = { ...put, profile: { ...profile, role: 'Clerk' }, ifMatch: [1] };
const off = { userId: 'U1001', patch: { active: false }, actor: 'admin-1', ifMatch: [1] };

const given = (...existing: ReturnType<typeof user>[]) => {
  const users = inMemoryUsers(existing);
  let now = Date.parse('2026-11-22T12:00:00.000Z');
  const use = { users, clock: () => new Date((now += 1)).toISOString(), ids: systemIds };
  const by = () => ({ at: use.clock(), actor: 'admin-2' });
  let others = 0;
  /** What another admin does meanwhile. */
  const goOn = (): void => {
    others += 1;
    const before = users.users.get('U1001');
    if (!before) throw new Error('nobody is there');
    const after = changeUser(before, { role: `R${others}` }, by());
    users.users.set('U1001', remembering(before, after, { version: after.version, id: `other-${others}` }));
  };
  return {
    users,
    put: putUser(use),
    amend: amendUser(use),
    delete: deleteUser({ users }),
    goOn,
    enterAnew: () => users.users.set('U1001', createUser('U1001', profile, by())),
    current: () => users.users.get('U1001'),
  };
};

type Use = ReturnType<typeof given>;
const WRITES = {
  'PUT of a new one': { before: [], request: (use: Use) => use.put(put), changed: { ...profile } },
  'PUT of new ones only': {
    before: [],
    request: (use: Use) => use.put({ ...put, onlyNew: true }),
    changed: { ...profile },
  },
  'PUT in place of another': {
    before: [user()],
    request: (use: Use) => use.put(replace),
    changed: { role: 'Clerk', version: 2 },
  },
  PATCH: {
    before: [user()],
    request: (use: Use) => use.amend({ ...off, patch: { role: 'Cook' } }),
    changed: { role: 'Cook', version: 2 },
  },
};
const writes = Object.entries(WRITES);

describe('given a write of a user whose answer is lost, when the SDK sends it again', () => {
  it.each(writes)('then %s has succeeded, once', async (_, { before, request, changed }) => {
    const use = given(...before);
    use.users.hooks.answerLost = () => undefined;
    expect(await request(use)).toMatchObject({ ok: true });
    expect(use.users.writes()).toBe(1);
    expect(use.current()).toMatchObject(changed);
  });

  it.each(writes)('and others went on from it, then %s has succeeded', async (_, { before, request }) => {
    const use = given(...before);
    use.users.hooks.answerLost = use.goOn;
    expect(await request(use)).toMatchObject({ ok: true });
    expect(use.current()).toMatchObject({ role: 'R1' });
    expect(use.users.writes()).toBe(1);
  });

  it('and others went on from it, then it succeeds with what it did, and does nothing again', async () => {
    const use = given();
    use.users.hooks.answerLost = use.goOn;
    expect(await use.put(put)).toMatchObject({ value: { created: true, user: profile } });
    use.users.hooks.answerLost = use.goOn;
    const whatever = { ...off, patch: { role: 'Cook' }, ifMatch: 'any' } as const;
    expect(await use.amend(whatever)).toMatchObject({ value: { role: 'Cook' } });
    expect(use.current()).toMatchObject({ role: 'R2' });
  });

  it('then DELETE has succeeded, and who was entered meanwhile stays', async () => {
    const use = given(user());
    use.users.hooks.answerLost = use.enterAnew;
    expect(await use.delete('U1001')).toEqual({ ok: true });
    expect(use.current()).toMatchObject({ updatedBy: 'admin-2' });
  });
});

describe('given a write of a user whose answer is lost, when the client sends it again', () => {
  it.each(writes)('and others went on from it, then %s succeeds', async (_, { before, request }) => {
    const use = given(...before);
    await request(use);
    use.goOn();
    expect(await request(use)).toMatchObject({ ok: true });
    expect(use.current()).toMatchObject({ role: 'R1' });
  });

  it.each(writes)('then %s is forgotten eight versions later', async (_, { before, request }) => {
    const use = given(...before);
    await request(use);
    for (let n = 0; n < 7; n += 1) use.goOn();
    expect(await request(use)).toMatchObject({ ok: true });
    use.goOn();
    expect(await request(use)).toMatchObject({ ok: false });
  });

  it('then another request, or one of another admin, is refused', async () => {
    const use = given(user());
    const cook = { ...off, patch: { role: 'Cook' } };
    await use.amend(cook);
    use.goOn();
    for (const other of [
      { ...cook, ifMatch: [2] },
      { ...cook, patch: { role: 'Clerk' } },
      { ...cook, actor: 'admin-2' },
    ]) {
      expect(await use.amend(other)).toMatchObject({ error: { code: 'user-version-stale', current: 3 } });
    }
  });

  it('then without a key the same change may be meant anew, and with a key it is not', async () => {
    for (const [idempotencyKey, active] of [
      [undefined, false],
      ['k1', true],
    ] as const) {
      const use = given(user());
      const asked = {
        ...off,
        ifMatch: 'any' as const,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      };
      await use.amend(asked);
      await use.amend({ ...asked, patch: { active: true }, actor: 'admin-2' });
      expect(await use.amend(asked)).toMatchObject({ ok: true });
      expect(use.current()?.active).toBe(active);
    }
  });

  it('then who was deleted and entered anew remembers nothing', async () => {
    const use = given(user());
    await use.put(replace);
    await use.delete('U1001');
    await use.put(put);
    expect(await use.put(replace)).toMatchObject({ error: { code: 'user-version-stale' } });
    expect(use.current()?.mutations).toHaveLength(1);
  });
});
