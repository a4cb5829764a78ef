import type { User } from '../../src/domain/user.ts';

export const user = (fields: Partial<User> = {}): User => ({
  userId: 'U1001',
  name: 'Naveen',
  role: 'Director',
  active: true,
  version: 1,
  createdAt: '2026-11-22T10:00:00.000Z',
  updatedAt: '2026-11-22T10:00:00.000Z',
  updatedBy: 'admin-1',
  ...fields,
});
