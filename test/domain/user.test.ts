import { changeUser, createUser } from '../../src/domain/user.ts';

const created = createUser(
  'U1',
  { name: 'Ada', role: 'Director', active: true },
  { at: '2026-11-22T10:00:00.000Z', actor: 'U9' },
);
const by = { at: '2026-11-22T11:00:00.000Z', actor: 'U2' };

describe('changing a user', () => {
  it.each([{}, { name: 'Ada' }, { role: 'Director', active: true }])(
    'given %j, which is so already, then it is the same',
    (patch) => {
      expect(changeUser(created, patch, by)).toBe(created);
    },
  );

  it.each([{ name: 'Grace' }, { role: 'Clerk' }, { active: false }])(
    'given %j alone, then that is new, and the version is the next',
    (patch) => {
      expect(changeUser(created, patch, by)).toEqual({
        ...created,
        ...patch,
        version: created.version + 1,
        updatedAt: by.at,
        updatedBy: by.actor,
      });
    },
  );
});
