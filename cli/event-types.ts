import { ORDER_EVENT_TYPES } from 'order-events';
import { UsageError } from './command.ts';
import { nearest } from './terminal/nearest.ts';

/** One of the events of orders; what is none is most often a slip of the finger. */
export function knownType(asked: string): string {
  const types: readonly string[] = ORDER_EVENT_TYPES;
  if (types.includes(asked)) return asked;
  const near = nearest(asked, types);
  throw new UsageError(
    `There is no event "${asked}". ${near ? `Did you mean ${near}?` : `There are: ${types.join(', ')}.`}`,
  );
}
