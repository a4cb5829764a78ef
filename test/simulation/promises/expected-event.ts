import { isDeepStrictEqual } from 'node:util';
import type { Commit } from '../history.ts';
import { type Item, textOf, versionOf } from '../item.ts';

/**
 * What a change has to lead to, told from the stored items alone and apart from the code under test: its event, nothing,
 * or a place where an operator finds it.
 */
export type Expected =
  | { is: 'event'; type: string; sequence: number; state: Item; previous: Item }
  | { is: 'parked' }
  | { is: 'nothing' };

const PARKED: Expected = { is: 'parked' };
const NOTHING: Expected = { is: 'nothing' };
const TOLD = ['status', 'amount', 'currency', 'items', 'note', 'trackingNumber'];
const EPOCH = '1970-01-01T00:00:00.000Z';

const AFTER = new Map([
  ['PENDING', ['CONFIRMED', 'CANCELLED']],
  ['CONFIRMED', ['SHIPPED', 'CANCELLED']],
  ['SHIPPED', ['DELIVERED']],
  ['DELIVERED', []],
  ['CANCELLED', []],
]);
export const isLegal = (from: string, to: string): boolean => AFTER.get(from)?.includes(to) ?? false;

/** An item as it reads: what somebody made by hand lacks some attributes. */
const asRead = (item: Item): Item => ({
  status: 'PENDING',
  currency: 'USD',
  version: 0,
  createdAt: EPOCH,
  ...item,
});

const readable = ({ status, amount }: Item): boolean =>
  AFTER.has(String(status)) && Number.isSafeInteger(amount) && Number(amount) >= 0;

const differing = (before: Item, after: Item): Item =>
  Object.fromEntries(
    TOLD.filter((name) => !isDeepStrictEqual(before[name], after[name])).map((name) => [
      name,
      before[name] ?? null,
    ]),
  );

const title = (status: string): string => `Order${status.charAt(0)}${status.slice(1).toLowerCase()}`;

export const expectedOf = (commit: Commit): Expected => {
  const before = commit.before && asRead(commit.before);
  const after = commit.after && asRead(commit.after);
  if ((before && !readable(before)) || (after && !readable(after))) return PARKED;
  const event = (type: string, state: Item, sequence: number, previous: Item = {}): Expected => ({
    is: 'event',
    type,
    sequence,
    state,
    previous,
  });
  const version = versionOf(after);

  if (!after) {
    if (!before || before['deleted'] === true) return NOTHING;
    const type = commit.by === 'expiry' ? 'OrderExpired' : 'OrderDeleted';
    return event(type, before, versionOf(before) + 1);
  }
  if (!before) {
    const isNew = version === 1 && after['status'] === 'PENDING' && after['deleted'] !== true;
    return isNew ? event('OrderCreated', after, 1) : PARKED;
  }
  const previous = differing(before, after);
  const changed = Object.keys(previous).length > 0;
  const reborn = before['createdAt'] !== after['createdAt'];
  if (version === versionOf(before)) {
    return changed || reborn || before['deleted'] !== after['deleted'] ? PARKED : NOTHING;
  }
  if (version !== versionOf(before) + 1) return PARKED;
  const [was, is] = [textOf(before, 'status'), textOf(after, 'status')];
  if (before['deleted'] === true) {
    if (after['deleted'] === true) return PARKED;
    if (!reborn) return event('OrderRestored', after, version);
    return is === 'PENDING' ? event('OrderCreated', after, version) : PARKED;
  }
  if (after['deleted'] === true) return event('OrderDeleted', after, version);
  if (reborn) return PARKED;
  if (was !== is) return isLegal(was, is) ? event(title(is), after, version, previous) : PARKED;
  return changed && is === 'PENDING' ? event('OrderAmended', after, version, previous) : PARKED;
};
