import { InvalidPatternError, validate } from 'event-pattern';
import { EVENT_SOURCE } from '../names.ts';
import type { OrderEventType } from '../types.ts';
import type { Amendable, OneOrMore, OrderFilter } from './filters.ts';

/** An event pattern as EventBridge takes it: plain JSON, for a rule, a subscription or a file. */
export interface OrderEventPattern {
  readonly source?: readonly string[];
  readonly 'detail-type'?: readonly string[];
  readonly 'replay-name'?: readonly unknown[];
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly $or?: readonly OrderEventPattern[];
}

const LARGEST = 5e9;

export const listOf = <Value>(given: OneOrMore<Value>): readonly Value[] =>
  Array.isArray(given) ? (given as readonly Value[]) : [given as Value];

export const field = (name: string, given: OneOrMore<string> | undefined) =>
  given === undefined ? {} : { [name]: listOf(given) };

const amount = (atLeast: number | undefined, below: number | undefined) => {
  for (const bound of [atLeast, below]) {
    if (bound !== undefined && !(Number.isInteger(bound) && bound >= 0 && bound <= LARGEST)) {
      throw new RangeError(`an amount to compare with is a whole number from 0 to 5e9, not ${bound}`);
    }
  }
  const bounds = [
    ...(atLeast === undefined ? [] : ['>=', atLeast]),
    ...(below === undefined ? [] : ['<', below]),
  ];
  return bounds.length === 0 ? {} : { amount: [{ numeric: bounds }] };
};

const isEmpty = (fields: object): boolean => Object.keys(fields).length === 0;
const within = (name: string, fields: object) => (isEmpty(fields) ? {} : { [name]: fields });

/** `exists` is of leaves: previous items are there as null, or as a list of objects that have leaves. */
const WAS_CHANGED: Record<Amendable, readonly object[]> = {
  amount: [{ amount: [{ exists: true }] }],
  items: [{ items: [{ exists: true }] }, { items: { sku: [{ exists: true }] } }],
  note: [{ note: [{ exists: true }] }],
};

export const changed = (fields: OneOrMore<Amendable>) => {
  const names = listOf(fields);
  const stray = names.find((name) => !Object.hasOwn(WAS_CHANGED, name));
  if (stray !== undefined) throw new TypeError(`an amendment never changes ${stray}`);
  const alternatives = names.flatMap((name) => WAS_CHANGED[name]);
  const [only] = alternatives;
  return alternatives.length === 1 && only ? only : { $or: alternatives };
};

export const checked = (pattern: OrderEventPattern): OrderEventPattern => {
  const [problem] = validate(pattern);
  if (problem) throw new InvalidPatternError(problem.path, problem.reason);
  return pattern;
};

export const patternOf = (
  types: readonly OrderEventType[] | undefined,
  filter: OrderFilter,
  previous: object = {},
): OrderEventPattern => {
  const { customerId, orderId, currency, amountAtLeast, amountBelow, sku, ...others } = filter;
  const { actor, replays, source = EVENT_SOURCE, ...unknown } = others;
  const [stray] = Object.keys(unknown);
  if (stray !== undefined)
    throw new TypeError(`there is no filter ${stray}: the pattern would match too much`);
  const order = {
    ...field('customerId', customerId),
    ...field('orderId', orderId),
    ...field('currency', currency),
    ...amount(amountAtLeast, amountBelow),
    ...within('items', field('sku', sku)),
  };
  const data = { ...within('order', order), ...within('previous', previous) };
  return checked({
    source: listOf(source),
    ...(types && { 'detail-type': types }),
    ...(replays && { 'replay-name': [{ exists: replays === 'only' }] }),
    ...within('detail', { ...within('metadata', field('actor', actor)), ...within('data', data) }),
  });
};
