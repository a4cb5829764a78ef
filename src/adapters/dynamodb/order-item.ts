import { UnreadableOrder } from '../../application/ports.ts';
import { isAmount } from '../../domain/money.ts';
import {
  type Change,
  CHANGEABLE,
  type Changeable,
  isId,
  type Order,
  ORDER_EVENT_TYPES,
  ORDER_STATUSES,
  type OrderItem,
  type OrderRecord,
  type OrderStatus,
  type Previous,
} from '../../domain/order.ts';
import type { OrdersConfig } from '../config.ts';
import { ORDERS_INDEXES, ORDERS_KEYS } from '../names.ts';
import { within } from './item-size.ts';
import { mutationsIn, mutationTexts } from './mutation-texts.ts';
import { shardOf } from './shards.ts';

/** The stored form of an order: the only place that knows it. */
export type Item = Record<string, unknown>;

type Retention = Pick<OrdersConfig, 'indexShards' | 'orderRetentionDays' | 'deletedRetentionDays'>;

const DAY_SECONDS = 86_400;
const { byStatus, byDay, byOrderId } = ORDERS_INDEXES;

export const statusPartition = (status: OrderStatus, shard: number): string => `${status}#${shard}`;
export const dayPartition = (day: string, shard: number): string => `${day}#${shard}`;
const dayOf = (time: string): string => time.slice(0, 10);

/** The order itself, without what the table needs beside it. */
export const orderAttributes = ({ change, ...facts }: Order): Item => {
  const { at, ...context } = change;
  return { ...facts, updatedAt: at, change: context };
};

/** A deleted order keeps its attributes but loses the index keys: the indexes forget it. */
export const toItem = (record: OrderRecord, config: Retention): Item => {
  const { order, deleted, stated, mutations } = record;
  const shard = shardOf(order.orderId, config.indexShards);
  const days = deleted ? config.deletedRetentionDays : config.orderRetentionDays;
  return within({
    ...orderAttributes(order),
    ...(stated && { stated }),
    ...(mutations && { mutations: mutationTexts(mutations) }),
    ...(deleted
      ? { deleted }
      : {
          [byStatus.partition]: statusPartition(order.status, shard),
          [byDay.partition]: dayPartition(dayOf(order.createdAt), shard),
          [byOrderId.partition]: order.orderId,
        }),
    [ORDERS_KEYS.ttl]: Math.floor(Date.parse(order.change.at) / 1000) + days * DAY_SECONDS,
  });
};

const fail = (attribute: string): never => {
  throw new UnreadableOrder(`attribute ${attribute} of the item is not what an order has there`);
};

/** In UTC, and as ISO 4217 has them: what the API and the events promise, whoever wrote the item. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const CURRENCY = /^[A-Z]{3}$/;
const isTime = (value: string): boolean =>
  TIME.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  // A day that the month does not have is read as one of the next.
  new Date(value).toISOString().startsWith(value.slice(0, 19));

const textOf = (item: Item, attribute: string): string => {
  const value = item[attribute];
  return typeof value === 'string' ? value : fail(attribute);
};
const optionalText = <K extends string>(item: Item, attribute: K): Partial<Record<K, string>> =>
  item[attribute] === undefined ? {} : ({ [attribute]: textOf(item, attribute) } as Record<K, string>);
const wholeOf = (value: unknown, attribute: string): number =>
  typeof value === 'number' && isAmount(value) ? value : fail(attribute);
const timeOf = (item: Item, attribute: string, otherwise: string): string => {
  const value = item[attribute] === undefined ? otherwise : textOf(item, attribute);
  return isTime(value) ? value : fail(attribute);
};
const currencyOf = (item: Item, otherwise: string): string => {
  const value = item['currency'] === undefined ? otherwise : textOf(item, 'currency');
  return CURRENCY.test(value) ? value : fail('currency');
};
const idOf = (item: Item, attribute: string): string => {
  const value = textOf(item, attribute);
  return isId(value) ? value : fail(attribute);
};
const object = (value: unknown, attribute: string): Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : fail(attribute);

const itemsOf = (value: unknown): OrderItem[] =>
  Array.isArray(value)
    ? value.map((entry) => {
        const { sku, quantity, unitAmount } = object(entry, 'items');
        return {
          sku: typeof sku === 'string' ? sku : fail('items'),
          quantity: wholeOf(quantity, 'items'),
          unitAmount: wholeOf(unitAmount, 'items'),
        };
      })
    : fail('items');

const statusOf = (value: unknown): OrderStatus =>
  ORDER_STATUSES.find((status) => status === (value ?? 'PENDING')) ?? fail('status');

const changeOf = (item: Item): Change => {
  const context = object(item['change'] ?? {}, 'change');
  return {
    at: timeOf(item, 'updatedAt', EPOCH),
    actor: context['actor'] === undefined ? 'system:unknown' : textOf(context, 'actor'),
    correlationId: context['correlationId'] === undefined ? 'unknown' : textOf(context, 'correlationId'),
    ...optionalText(context, 'causationId'),
    ...optionalText(context, 'traceparent'),
    ...optionalText(context, 'reason'),
  };
};

const EPOCH = new Date(0).toISOString();

const word = (value: unknown): string => (typeof value === 'string' ? value : fail('stated'));
const orNull =
  <T>(read: (value: unknown) => T) =>
  (value: unknown): T | null =>
    value === null ? null : read(value);

const REPLACED: { [Field in Changeable]: (value: unknown) => Previous[Field] } = {
  status: statusOf,
  amount: (value) => wholeOf(value, 'stated'),
  currency: word,
  items: orNull(itemsOf),
  note: orNull(word),
  trackingNumber: orNull(word),
};

const previousOf = (value: Item): Previous =>
  Object.fromEntries(
    CHANGEABLE.filter((field) => value[field] !== undefined).map((field) => [
      field,
      REPLACED[field](value[field]),
    ]),
  );

const statedOf = (value: unknown): NonNullable<OrderRecord['stated']> => {
  const { type, previous, version } = object(value, 'stated');
  return {
    type: ORDER_EVENT_TYPES.find((name) => name === type) ?? fail('stated'),
    previous: previousOf(object(previous, 'stated')),
    version: wholeOf(version ?? 0, 'stated'),
  };
};

/** An item made by hand lacks what our writes add: it reads as version 0 of a pending order from the epoch. */
export const fromItem = (item: Item, defaultCurrency: string): OrderRecord => ({
  deleted: item['deleted'] === true,
  ...(item['stated'] === undefined ? {} : { stated: statedOf(item['stated']) }),
  ...(item['mutations'] === undefined
    ? {}
    : { mutations: mutationsIn(item['mutations']) ?? fail('mutations') }),
  order: {
    customerId: idOf(item, 'customerId'),
    orderId: idOf(item, 'orderId'),
    amount: wholeOf(item['amount'], 'amount'),
    currency: currencyOf(item, defaultCurrency),
    status: statusOf(item['status']),
    ...(item['items'] === undefined ? {} : { items: itemsOf(item['items']) }),
    ...optionalText(item, 'note'),
    ...optionalText(item, 'trackingNumber'),
    createdAt: timeOf(item, 'createdAt', EPOCH),
    version: wholeOf(item['version'] ?? 0, 'version'),
    ...(item['firstVersion'] === undefined
      ? {}
      : { firstVersion: wholeOf(item['firstVersion'], 'firstVersion') }),
    ...optionalText(item, 'createHash'),
    change: changeOf(item),
  },
});
