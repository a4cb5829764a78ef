import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ORDERS_INDEXES, ORDERS_KEYS } from '../../src/adapters/names.ts';
import { holds } from './expressions.ts';
import type { Faults } from './faults.ts';
import { type Item, keyOf, textOf } from './item.ts';
import { type Network, ServiceError } from './network.ts';
import type { OrdersTable } from './orders-table.ts';
import type { Process } from './process.ts';

const KEYS = new Map<string | undefined, { partition: string; sort: string }>([
  [undefined, ORDERS_KEYS],
  ...Object.values(ORDERS_INDEXES).map((index): [string, typeof index] => [index.name, index]),
]);

const query = (table: OrdersTable, input: QueryCommandInput) => {
  const { IndexName, KeyConditionExpression = '', FilterExpression, Limit = Infinity } = input;
  const { partition, sort } = KEYS.get(IndexName) ?? ORDERS_KEYS;
  const sign = input.ScanIndexForward === false ? -1 : 1;
  const placeOf = (item: Item): string => `${textOf(item, sort)}\0${keyOf(item)}`;
  const start = input.ExclusiveStartKey && placeOf(input.ExclusiveStartKey);
  const rows = (IndexName === undefined ? table.items() : table.indexed())
    .filter((item) => holds(KeyConditionExpression, item, input))
    .map((item) => ({ item, place: placeOf(item) }))
    .filter(({ place }) => start === undefined || (sign > 0 ? place > start : place < start))
    .sort((a, b) => (a.place < b.place ? -sign : sign));
  // As DynamoDB has it: the limit counts before the filter, and a full page always names a next one.
  const page = rows.slice(0, Limit).map(({ item }) => item);
  const last = page.length === Limit ? page.at(-1) : undefined;
  return {
    Items: FilterExpression ? page.filter((item) => holds(FilterExpression, item, input)) : page,
    ...(last && {
      LastEvaluatedKey: Object.fromEntries(
        [partition, sort, ORDERS_KEYS.partition, ORDERS_KEYS.sort].map((name) => [name, last[name]]),
      ),
    }),
  };
};

const serve = (table: OrdersTable, faults: Faults, command: unknown): unknown => {
  if (command instanceof GetCommand) {
    const item = table.get(keyOf(command.input.Key ?? {}));
    return item ? { Item: item } : {};
  }
  if (command instanceof PutCommand) {
    const { Item: item = {}, ReturnValuesOnConditionCheckFailure, ...condition } = command.input;
    if (ReturnValuesOnConditionCheckFailure !== 'ALL_OLD')
      throw new Error('ALL_OLD is all that is simulated');
    if (faults.strike('F13')?.happens(0.1)) {
      throw new ServiceError('ThrottlingException', { httpStatusCode: 400 });
    }
    table.put(item, condition);
    return {};
  }
  if (command instanceof QueryCommand) return query(table, command.input);
  throw new Error('The simulation does not know this command');
};

/** A document client whose `send` carries out the commands that the repository knows. */
export const documentsFor = (
  from: Process,
  table: OrdersTable,
  faults: Faults,
  network: Network,
): DynamoDBDocumentClient =>
  ({
    send: (command: unknown) => network.request('orders', from, () => serve(table, faults, command)),
  }) as unknown as DynamoDBDocumentClient;
