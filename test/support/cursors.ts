import { type SigningKey, type SigningKeys } from '../../src/adapters/cursors/signing-keys.ts';
import { signedCursors } from '../../src/adapters/cursors/signed-cursors.ts';

/** Keys at hand, in place of those of a secret. */
export const keysAtHand = (): SigningKeys & { rotate: (key: SigningKey) => void } => {
  let keys: [SigningKey, ...SigningKey[]] = [{ id: 'key-1', secret: 'first secret' }];
  return {
    current: () => Promise.resolve(keys[0]),
    byId: (id) => Promise.resolve(keys.find((key) => key.id === id)),
    rotate: (key) => {
      keys = [key, keys[0]];
    },
  };
};

export const cursorsAtHand = () => signedCursors(keysAtHand(), () => new Date().toISOString());
