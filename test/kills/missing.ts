import type { PublishedEvent } from '../../src/adapters/eventbridge/published-event.ts';
import type { Ledger, State } from './ledger.ts';
import { eventName } from './subscriber.ts';

/** What is found when all has come to rest. */
export interface Found {
  /** The version of each order in the table. */
  table: ReadonlyMap<string, { version: number; deleted: boolean }>;
  /** By event name, each `detail` that came. */
  events: ReadonlyMap<string, ReadonlySet<string>>;
  /** The event names that have a line in the history. */
  history: ReadonlySet<string>;
}

/** The names of the events that the table's versions make due. */
export const due = (table: Found['table']): string[] =>
  [...table].flatMap(([order, { version }]) =>
    Array.from({ length: version }, (_, index) => eventName(order, index + 1)),
  );

const differs = ({ order }: State, { metadata, data }: PublishedEvent): boolean =>
  order === 'deleted'
    ? metadata.type !== 'OrderDeleted'
    : Object.entries(data.order).some(
        ([field, value]) => JSON.stringify(order[field]) !== JSON.stringify(value),
      );

/** One line for each thing that clients or subscribers were promised and that is not so. */
export const missing = (ledger: Ledger, { table, events, history }: Found): string[] => {
  const lines: string[] = [];
  for (const [name, state] of ledger.states()) {
    const stored = table.get(name);
    const what = eventName(name, state.version);
    if (!stored || stored.version < state.version) {
      lines.push(
        `${what} was acknowledged, and the table has ${stored ? `version ${stored.version}` : 'none'}`,
      );
    } else if (stored.version === state.version && stored.deleted !== (state.order === 'deleted')) {
      lines.push(
        `${what} was acknowledged, and is ${stored.deleted ? 'deleted' : 'not deleted'} in the table`,
      );
    }
    const [detail] = events.get(what) ?? [];
    if (detail !== undefined && differs(state, JSON.parse(detail) as PublishedEvent)) {
      lines.push(`${what} was acknowledged as ${JSON.stringify(state.order)}, and its event tells ${detail}`);
    }
  }
  for (const name of table.keys()) {
    if (!ledger.latest(name)) lines.push(`${name} is in the table, and no client was told of it`);
  }
  const all = due(table);
  for (const name of all) {
    if (!events.has(name)) lines.push(`${name} is in the table, and its event never came`);
    if (!history.has(name)) lines.push(`${name} is in the table, and the history has no line of it`);
  }
  const committed = new Set(all);
  for (const [name, details] of events) {
    if (!committed.has(name)) lines.push(`an event tells of ${name}, which the table does not have`);
    if (details.size > 1) lines.push(`the event of ${name} came in ${details.size} different forms`);
  }
  return lines;
};
