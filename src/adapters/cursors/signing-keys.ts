export interface SigningKey {
  id: string;
  secret: string;
}

export interface SigningKeys {
  /** The key to sign with. */
  current: () => Promise<SigningKey>;
  /** The current key or the one before it. */
  byId: (id: string) => Promise<SigningKey | undefined>;
}

/** The current key first. */
export type ReadKeys = () => Promise<readonly [SigningKey, ...SigningKey[]]>;

const KEEP_MS = 5 * 60_000;
/** An unknown key may be one that was made since, or made up: keys are read again for it, but not for each. */
const UNKNOWN_KEEP_MS = 1000;

/** Reads the keys when the first is asked for, and keeps them for a while. */
export const signingKeys = (read: ReadKeys, now: () => number = Date.now): SigningKeys => {
  let last: { at: number; keys: ReturnType<ReadKeys> } | undefined;

  const notOlderThan = async (ms: number) => {
    const before = last;
    const asked = before && now() - before.at <= ms ? before : { at: now(), keys: read() };
    last = asked;
    try {
      return await asked.keys;
    } catch (error) {
      // Those at hand are good for their time, though none could be read for an id that may be made up.
      if (last === asked) last = before;
      throw error;
    }
  };
  const withId = async (id: string, ms: number) => (await notOlderThan(ms)).find((key) => key.id === id);

  return {
    current: async () => (await notOlderThan(KEEP_MS))[0],
    byId: async (id) => (await withId(id, KEEP_MS)) ?? (await withId(id, UNKNOWN_KEEP_MS)),
  };
};
