import type { User } from '../../domain/user.ts';
import { USERS_INDEX } from '../names.ts';
import { mutationsIn, mutationTexts } from './mutation-texts.ts';
import type { Item } from './order-item.ts';

export const EVERY_USER = 'USER';

/** The stored form of a user: the only place that knows it. */
export const toUserItem = ({ mutations, ...user }: User): Item => ({
  ...user,
  ...(mutations && { mutations: mutationTexts(mutations) }),
  [USERS_INDEX.partition]: EVERY_USER,
});

const EPOCH = new Date(0).toISOString();

/** A user made by hand may lack anything but the key; who is not said to be active is not. */
export const fromUserItem = (item: Item): User => {
  const text = (attribute: string, otherwise = ''): string => {
    const value = item[attribute];
    return typeof value === 'string' ? value : otherwise;
  };
  const { version } = item;
  const mutations = mutationsIn(item['mutations']);
  return {
    userId: text('userId'),
    name: text('name'),
    role: text('role'),
    active: item['active'] === true,
    version: typeof version === 'number' ? version : 0,
    createdAt: text('createdAt', EPOCH),
    updatedAt: text('updatedAt', EPOCH),
    updatedBy: text('updatedBy', 'system:unknown'),
    ...(mutations && { mutations }),
  };
};
