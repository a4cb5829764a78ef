import { ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { setTimeout as delay } from 'node:timers/promises';
import type { connect } from '../support/system.ts';
import { due, type Found } from './missing.ts';
import { eventName, type Subscriber } from './subscriber.ts';

type Client = ReturnType<typeof connect>;

const QUEUES = ['order-notifications', 'order-notifications-dlq', 'orders-history-dlq'];
const STALLED_MS = 30_000;
const RETRY_MS = 100;

const items = async ({ documents }: Client, TableName: string): Promise<Record<string, unknown>[]> => {
  const all: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan({ client: documents }, { TableName })) all.push(...Items);
  return all;
};

const tableOf = async (client: Client): Promise<Found['table']> =>
  new Map(
    (await items(client, 'Orders')).map((item) => [
      `${String(item['customerId'])}#${String(item['orderId'])}`,
      { version: Number(item['version']), deleted: item['deleted'] === true },
    ]),
  );

const historyOf = async (client: Client): Promise<Found['history']> =>
  new Set(
    (await items(client, 'OrderHistory')).map((item) =>
      eventName(String(item['orderKey']), Number(item['version'])),
    ),
  );

/** Objects that hold records which were given up: a kill is no reason to give up anything. */
export const givenUp = async ({ s3 }: Client): Promise<string[]> => {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand());
  const lists = await Promise.all(
    Buckets.map(async ({ Name = '' }) => await s3.send(new ListObjectsV2Command({ Bucket: Name }))),
  );
  return lists.flatMap(({ Contents = [] }) => Contents.map(({ Key = '' }) => Key));
};

/** Waits until nothing is missing, or nothing more comes. */
export const audit = async (
  client: Client,
  subscriber: Subscriber,
  stalledMs = STALLED_MS,
): Promise<Found> => {
  const table = await tableOf(client);
  const wanted = due(table);
  const { received: events } = subscriber;
  let history: Found['history'] = new Set();
  let seen = -1;
  for (let since = Date.now(); Date.now() - since < stalledMs;) {
    await delay(RETRY_MS);
    let taken = 0;
    for (const queue of QUEUES) {
      for (let some = -1; some !== 0; taken += some) some = await subscriber.take(client, queue);
    }
    if (taken > 0) since = Date.now();
    else {
      history = await historyOf(client);
      if (history.size + events.size > seen) since = Date.now();
      seen = history.size + events.size;
      if (wanted.every((name) => events.has(name) && history.has(name))) break;
    }
  }
  return { table, events, history };
};
