import { isAhead, type OrderKey, type Position, type PositionStore } from './store.ts';

interface Entry {
  last?: Position;
  claim?: { token: string; until: number };
}

/** For tests, and for a consumer that reads everything anew at each start. Keeps one small object for each order. */
export const inMemoryStore = ({ now = Date.now }: { now?: () => number } = {}): PositionStore => {
  const entries = new Map<string, Entry>();
  const entryOf = ({ customerId, orderId }: OrderKey): Entry => {
    const key = `${customerId}#${orderId}`;
    const entry = entries.get(key) ?? {};
    entries.set(key, entry);
    return entry;
  };
  let claims = 0;

  return {
    claim: (order, position, forMs) => {
      const entry = entryOf(order);
      const { last, claim } = entry;
      if (last && !isAhead(position, last)) return Promise.resolve({ outcome: 'passed', last });
      if (claim && claim.until > now()) return Promise.resolve({ outcome: 'busy' });
      claims += 1;
      const token = String(claims);
      entry.claim = { token, until: now() + forMs };
      return Promise.resolve({ outcome: 'claimed', token, last });
    },
    advance: (order, token, position) => {
      const entry = entryOf(order);
      if (entry.claim?.token !== token) return Promise.resolve(false);
      entry.last = position;
      delete entry.claim;
      return Promise.resolve(true);
    },
    release: (order, token) => {
      const entry = entryOf(order);
      if (entry.claim?.token === token) delete entry.claim;
      return Promise.resolve();
    },
  };
};
