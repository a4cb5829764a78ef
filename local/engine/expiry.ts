import type { Clock, Journal, Journaled } from '../parts.ts';
import { ordered, type AttributeValue, type Image, type WireRecord } from './records.ts';
import { Refused, type TableDefinition } from './tables.ts';

export interface Expiry {
  /** Whether the REMOVE record is an expiry and not a person's delete. */
  caused(table: string, record: WireRecord): boolean;
  /** Resolves when no delete is between its intent and its outcome. */
  settled(): Promise<void>;
  /** Ends what a crash left between intent and outcome; before anybody reads or writes. */
  recover(): Promise<void>;
  /** Deletes what has expired by the clock; gives the number. `pause` is awaited after each page. */
  sweep(pause?: (pageMs: number) => Promise<void>): Promise<number>;
}

type Ask = (operation: string, input: object) => Promise<Record<string, unknown>>;

interface Intent {
  table: string;
  /** Of the key attributes. */
  key: Image;
  /** The TTL attribute's number, as text. */
  expiry: string;
}

type Entry =
  { is: 'intent'; intents: Intent[]; at: number } | { is: 'outcome'; kept: string[]; deleted: string[] };

const expiryPart = 'expiry';
// Longer than a record can be read.
const rememberFor = 25 * 60 * 60 * 1000;
// DynamoDB takes older values for mistakes and leaves the items alone.
const fiveYears = 5 * 365 * 24 * 60 * 60;
const batchSize = 25;

const idOf = (table: string, key: Image, expiry: string) =>
  `${table} ${JSON.stringify(ordered(key))} ${expiry}`;

/**
 * Items past their TTL attribute. The engine never expires any, and marks no record: the intent to delete is
 * journaled first, so that the record is known for an expiry at each reading, after a crash too.
 */
export function createExpiry(options: {
  ask: Ask;
  tables: readonly TableDefinition[];
  clock: Clock;
  journal: Journal;
}): Expiry {
  const { ask, tables, clock, journal } = options;
  const marks = new Map<string, { intent: Intent; at: number; open: boolean }>();
  let under: Promise<unknown> = Promise.resolve();

  const state: Journaled = {
    apply: (given) => {
      const entry = given as Entry;
      if (entry.is === 'intent') {
        for (const intent of entry.intents) {
          const { table, key, expiry } = intent;
          marks.set(idOf(table, key, expiry), { intent, at: entry.at, open: true });
        }
        forget(entry.at);
      } else {
        for (const id of entry.kept) marks.delete(id);
        for (const id of entry.deleted) {
          const mark = marks.get(id);
          if (mark) mark.open = false;
        }
      }
    },
    snapshot: () =>
      [...marks.entries()].flatMap(([id, { intent, at, open }]): Entry[] => [
        { is: 'intent', intents: [intent], at },
        ...(open ? [] : [{ is: 'outcome' as const, kept: [], deleted: [id] }]),
      ]),
  };
  journal.register(expiryPart, state);

  // Insertion order is order of time.
  const forget = (now: number) => {
    for (const [id, { at, open }] of marks) {
      if (at > now - rememberFor) break;
      if (!open) marks.delete(id);
    }
  };

  const remove = async (intents: Intent[]): Promise<number> => {
    const outcomes = await Promise.all(intents.map((intent) => deleted(intent)));
    const ids = intents.map(({ table, key, expiry }) => idOf(table, key, expiry));
    const entry: Entry = {
      is: 'outcome',
      deleted: ids.filter((_, index) => outcomes[index]),
      kept: ids.filter((_, index) => !outcomes[index]),
    };
    await journal.append({ part: expiryPart, entry });
    return entry.deleted.length;
  };

  const deleted = async ({ table, key, expiry }: Intent): Promise<boolean> => {
    const ttl = tables.find(({ name }) => name === table)?.ttlAttribute;
    if (ttl === undefined) return false;
    try {
      await ask('DeleteItem', {
        TableName: table,
        Key: key,
        // Not when it was prolonged or deleted since it was found.
        ConditionExpression: '#ttl = :expiry',
        ExpressionAttributeNames: { '#ttl': ttl },
        ExpressionAttributeValues: { ':expiry': { N: expiry } },
      });
      return true;
    } catch (error) {
      if (error instanceof Refused && error.type === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  };

  const sweepTable = async (
    { name, keys, ttlAttribute }: TableDefinition,
    pause: (pageMs: number) => Promise<void>,
  ): Promise<number> => {
    if (ttlAttribute === undefined) return 0;
    let count = 0;
    let from: unknown;
    do {
      const now = Math.floor(clock.now() / 1000);
      const begun = performance.now();
      const page = await ask('Scan', {
        TableName: name,
        FilterExpression: 'attribute_type(#ttl, :number) AND #ttl < :now AND #ttl > :oldest',
        ProjectionExpression: ['#ttl', ...keys.map((_, index) => `#key${index}`)].join(', '),
        ExpressionAttributeNames: {
          '#ttl': ttlAttribute,
          ...Object.fromEntries(keys.map(({ AttributeName }, index) => [`#key${index}`, AttributeName])),
        },
        ExpressionAttributeValues: {
          ':number': { S: 'N' },
          ':now': { N: String(now) },
          ':oldest': { N: String(now - fiveYears) },
        },
        ...(from !== undefined && { ExclusiveStartKey: from }),
      });
      const intents = ((page['Items'] ?? []) as Image[]).map((item) => ({
        table: name,
        key: Object.fromEntries(
          keys.map(({ AttributeName }) => [AttributeName, item[AttributeName] as AttributeValue]),
        ),
        expiry: String(item[ttlAttribute]?.['N']),
      }));
      for (let start = 0; start < intents.length; start += batchSize) {
        const batch = intents.slice(start, start + batchSize);
        await journal.append({
          part: expiryPart,
          entry: { is: 'intent', intents: batch, at: clock.now() } satisfies Entry,
        });
        const removing = remove(batch);
        under = removing.catch(() => undefined);
        count += await removing;
      }
      from = page['LastEvaluatedKey'];
      await pause(performance.now() - begun);
    } while (from !== undefined);
    return count;
  };

  return {
    caused: (table, { dynamodb: { Keys, OldImage } }) => {
      const ttl = tables.find(({ name }) => name === table)?.ttlAttribute;
      const expiry = ttl === undefined ? undefined : OldImage?.[ttl]?.['N'];
      return typeof expiry === 'string' && marks.has(idOf(table, Keys, expiry));
    },
    settled: async () => {
      await under;
    },
    recover: async () => {
      const open = [...marks.values()].filter((mark) => mark.open);
      // What is gone already went by the intent, so its mark stays.
      await Promise.all(open.map(({ intent }) => deleted(intent)));
      const ids = open.map(({ intent: { table, key, expiry } }) => idOf(table, key, expiry));
      if (ids.length > 0) {
        await journal.append({
          part: expiryPart,
          entry: { is: 'outcome', kept: [], deleted: ids } satisfies Entry,
        });
      }
    },
    sweep: async (pause = () => Promise.resolve()) => {
      let count = 0;
      for (const table of tables) count += await sweepTable(table, pause);
      return count;
    },
  };
}
