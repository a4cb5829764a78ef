import { type Item, textOf } from '../item.ts';
import type { Facts, KnownEvent, Violation } from './facts.ts';

const FIELDS = [
  'customerId',
  'orderId',
  'amount',
  'currency',
  'status',
  'items',
  'note',
  'trackingNumber',
  'createdAt',
  'updatedAt',
  'version',
];

const asTold = (item: Item, version: number, occurredAt: string): Item => ({
  currency: 'USD',
  status: 'PENDING',
  createdAt: '1970-01-01T00:00:00.000Z',
  ...item,
  version,
  updatedAt: occurredAt,
});

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

const untrue = ({ event, contract, of }: KnownEvent): string | undefined => {
  if (!contract) return 'it does not follow the contract';
  if (of?.expected.is !== 'event') return 'no change that was committed leads to it';
  const { metadata, data } = contract;
  const { type, sequence, state, previous } = of.expected;
  if (event.type !== type) return `its detail-type is ${event.type}`;
  const told = asTold(state, sequence, metadata.occurredAt);
  const strange = Object.keys(data.order).filter((name) => !FIELDS.includes(name));
  if (strange.length > 0) return `it tells ${strange.join(', ')}`;
  const wrong = FIELDS.filter((name) => !same(data.order[name], told[name]));
  if (wrong.length > 0) return `it is wrong about ${wrong.join(', ')}`;
  if (!Object.keys(previous).every((name) => same(previous[name], data.previous[name]))) {
    return 'it is wrong about what was before';
  }
  if (of.commit.by === 'request' && metadata.occurredAt !== textOf(of.commit.after, 'updatedAt')) {
    return `it occurred at ${metadata.occurredAt}`;
  }
  return undefined;
};

/** Each event tells of one committed change, as it was committed. */
export const nothingInvented = ({ events }: Facts): Violation[] => {
  const judged = new Set<string>();
  return events.flatMap((known) => {
    const { detail, type } = known.event;
    if (judged.has(`${type} ${detail}`)) return [];
    judged.add(`${type} ${detail}`);
    const reason = untrue(known);
    if (reason === undefined) return [];
    return [
      { promise: 'no event without a committed change', what: `${type} ${detail.slice(0, 300)}: ${reason}` },
    ];
  });
};

/** All publications of one change are the same to the byte. */
export const duplicatesAreEqual = ({ events }: Facts): Violation[] => {
  const first = new Map<string, KnownEvent>();
  return events.flatMap((known) => {
    const { contract, event } = known;
    if (!contract) return [];
    const { groupId, sequence } = contract.metadata;
    const name = `${groupId} ${textOf(contract.data.order, 'createdAt')} ${sequence}`;
    const before = first.get(name);
    if (!before) {
      first.set(name, known);
      return [];
    }
    const { detail, time, type, source } = before.event;
    const equal =
      detail === event.detail && time === event.time && type === event.type && source === event.source;
    return equal ? [] : [{ promise: 'duplicates are equal to the byte', what: name }];
  });
};
