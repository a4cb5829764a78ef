import type { Action, Asked, Commit } from '../history.ts';
import { type Item, textOf, versionOf } from '../item.ts';
import { isLegal } from './expected-event.ts';
import type { Facts, KnownCommit, Violation } from './facts.ts';

const STATUS_AFTER = {
  confirm: 'CONFIRMED',
  ship: 'SHIPPED',
  deliver: 'DELIVERED',
  cancel: 'CANCELLED',
} as const;
const KEPT = ['amount', 'note', 'status', 'trackingNumber', 'createdAt', 'currency', 'items', 'createHash'];

/** Whose change the item's last one is. */
export const authorOf = (item: Item | undefined): string =>
  (item?.['change'] as { correlationId?: string } | undefined)?.correlationId ?? '';

/** What the action makes of the attributes that it touches; all others have to stay. */
const touched = (action: Action): Item | undefined => {
  switch (action.does) {
    case 'create':
      return undefined;
    case 'amend': {
      const { amount, note } = action.patch;
      return {
        ...(amount !== undefined && { amount }),
        ...(note !== undefined && { note: note ?? undefined }),
      };
    }
    case 'delete':
    case 'restore':
    case 'read':
      return {};
    default: {
      const { trackingNumber } = action;
      return { status: STATUS_AFTER[action.does], ...(trackingNumber !== undefined && { trackingNumber }) };
    }
  }
};

const unlawful = ({ before, after }: Commit, action: Action): string | undefined => {
  if (!after) return 'a request removed an item';
  if (versionOf(after) !== versionOf(before) + 1) {
    return `version ${versionOf(after)} follows version ${versionOf(before)}`;
  }
  if (action.does === 'create') {
    if (before && before['deleted'] !== true) return 'it was created over a live order';
    return after['status'] === 'PENDING' && after['amount'] === action.amount
      ? undefined
      : 'not as asked for';
  }
  if (!before) return 'there was nothing to change';
  const [was, is] = [textOf(before, 'status'), textOf(after, 'status')];
  if (was !== is && !isLegal(was, is)) return `${was} became ${is}`;
  if ((after['deleted'] === true) !== (action.does === 'delete'))
    return 'deleted, or not, against what was asked';
  const changes = touched(action) ?? {};
  const wrong = KEPT.filter((name) => after[name] !== (name in changes ? changes[name] : before[name]));
  return wrong.length > 0 ? `an update of ${wrong.join(', ')} is lost` : undefined;
};

/** Each request that wrote did to the state before it what it was asked to do, and only that: no update is lost. */
export const noLostUpdate = ({ history, commits }: Facts): Violation[] => {
  const asked = new Map(history.of('asked').map((event): [string, Asked] => [event.attempt, event]));
  const last = new Map<string, KnownCommit>();
  return commits.flatMap((known) => {
    const { commit } = known;
    const { key, by, after } = commit;
    const before = last.get(key);
    last.set(key, known);
    // Edits by hand raise no version: a request cannot see that one came in between.
    if (by !== 'request' || before?.commit.by === 'hand') return [];
    const request = asked.get(authorOf(after));
    const reason = request ? unlawful(commit, request.action) : 'nobody asked for it';
    if (reason === undefined) return [];
    const what = `${key}, ${request?.attempt ?? '?'} (${request?.action.does ?? '?'}): ${reason}`;
    return [{ promise: 'no lost update, legal transitions only', what }];
  });
};
