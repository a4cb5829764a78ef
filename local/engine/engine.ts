import type { Clock, Engine, Journal, Stack } from '../parts.ts';
import { streamLabel } from '../template/names.ts';
import { Unready } from '../unready.ts';
import { createClient, type Answer, type Client } from './client.ts';
import { createDialect } from './dialect.ts';
import { createExpiry, type Expiry } from './expiry.ts';
import type { OpenedEngine } from './opening.ts';
import { toEngineSequence } from './records.ts';
import { ensureTable, Refused, tablesOf } from './tables.ts';

export interface LocalEngine extends Engine {
  /** After `journal.load()`, before anybody reads or writes. */
  resume(): Promise<void>;
  /** Names the stream as the engine does: another after the engine's file was replaced. */
  streamId(table: string): Promise<string | undefined>;
  /** Every reader of the table's stream is done up to this record: it may be trimmed a day after it was written. */
  settledUpTo(table: string, sequence: string): void;
  /** Deletes expired items now; gives the number. */
  sweep(): Promise<number>;
}

/** Speaks to the opened engine in DynamoDB's forms, with the template's tables made. */
export async function createEngine(options: {
  opened: OpenedEngine;
  stack: Stack;
  clock: Clock;
  journal: Journal;
  warn: (line: string) => void;
  sweepEvery?: number;
  /** For a clock that is not the machine's: what it said when the machine's said this. */
  clockAt?: (machineMs: number) => number;
}): Promise<LocalEngine> {
  const { opened, stack, clock, journal, warn, sweepEvery = 5_000, clockAt = (ms: number) => ms } = options;
  const client = createClient(opened.endpoint);
  const listeners: ((table: string) => void)[] = [];
  const streams = new Map<string, string>();
  const stopping = new AbortController();

  const reach = async (target: string, body: string): Promise<Answer> => {
    try {
      await opened.running();
      const answer = await client.call(target, body);
      if (answer.status === 500 && answer.body.includes('disk is full')) opened.full?.();
      return answer;
    } catch (error) {
      // As DynamoDB answers when it fails: the caller cannot know whether the write was done, and may retry.
      const message = error instanceof Error ? error.message : String(error);
      return {
        status: 500,
        body: JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message }),
      };
    }
  };

  const ask = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const { status, body } = await reach(`DynamoDB_20120810.${operation}`, JSON.stringify(input));
    const answer = JSON.parse(body) as Record<string, unknown>;
    if (status === 200) return answer;
    const { __type = '', message = '', Message = message } = answer as Partial<Record<string, string>>;
    throw new Refused(__type.replace(/^.*#/, ''), Message);
  };

  const streamOf = async (table: string): Promise<string | undefined> => {
    const known = streams.get(table);
    if (known !== undefined) return known;
    const answer = await ask('DescribeTable', { TableName: table }).catch(() => undefined);
    const { LatestStreamArn } = (answer?.['Table'] ?? {}) as { LatestStreamArn?: string };
    if (LatestStreamArn !== undefined) streams.set(table, LatestStreamArn);
    return LatestStreamArn;
  };

  const tables = tablesOf(stack);
  await reachable(client, opened.endpoint);
  await Promise.all(tables.map((table) => ensureTable(ask, table)));
  const expiry: Expiry = createExpiry({ ask, tables, clock, journal });
  const { region, accountId } = stack;
  const dialect = createDialect({
    ask: reach,
    place: { region, accountId, streamLabel },
    streamOf,
    expired: (table, record) => expiry.caused(table, record),
    before: () => expiry.settled(),
    clockAt,
  });

  const sweep = async (pause?: (pageMs: number) => Promise<void>): Promise<number> => {
    const count = await expiry.sweep(pause);
    if (count > 0) for (const { name } of tables) for (const listener of listeners) listener(name);
    return count;
  };
  // Of a large table a sweep takes long: it gets a fiftieth of the time at most, and not at one stretch.
  const rest = async (pageMs: number) => {
    await clock.sleep(pageMs * 50, stopping.signal);
    stopping.signal.throwIfAborted();
  };
  const sweepOften = async () => {
    while (!stopping.signal.aborted) {
      await sweep(rest).catch((error: unknown) => {
        if (!stopping.signal.aborted) warn(`Expired items could not be deleted: ${String(error)}`);
      });
      await clock.sleep(sweepEvery, stopping.signal);
    }
  };
  let sweeping: Promise<void> = Promise.resolve();

  return {
    call: async (target, body) => {
      const answer = await dialect.call(target, body);
      if (answer.status === 200)
        for (const table of written(target, body)) for (const each of listeners) each(table);
      // A table that is made anew has a new stream.
      if (target.endsWith('Table')) streams.clear();
      return answer;
    },
    onWrite: (listener) => {
      listeners.push(listener);
    },
    resume: async () => {
      await expiry.recover();
      sweeping = sweepOften();
    },
    streamId: streamOf,
    settledUpTo: (table, sequence) => {
      opened.settled[table] = toEngineSequence(sequence);
    },
    sweep,
    close: async () => {
      stopping.abort();
      await sweeping;
      client.close();
      await opened.stop();
    },
  };
}

async function reachable({ call }: Client, endpoint: string): Promise<void> {
  const { status, body } = await call('DynamoDB_20120810.ListTables', '{}').catch((error: unknown) => ({
    status: 0,
    body: error instanceof Error ? error.message : String(error),
  }));
  if (status !== 200) throw new Unready(`No DynamoDB answers at ${endpoint} (${body.slice(0, 200)}).`);
}

/** The tables that a call writes to. */
function written(target: string, body: string): Iterable<string> {
  const operation = target.slice(target.indexOf('.') + 1);
  if (
    !/^(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems|Execute.*|Batch.*Statement)$/.test(
      operation,
    )
  ) {
    return [];
  }
  const { TableName, RequestItems, TransactItems } = JSON.parse(body) as {
    TableName?: string;
    RequestItems?: Record<string, unknown>;
    TransactItems?: Record<string, { TableName?: string }>[];
  };
  const names = [
    TableName,
    ...Object.keys(RequestItems ?? {}),
    ...(TransactItems ?? []).flatMap((item) => Object.values(item).map((action) => action.TableName)),
  ];
  return new Set(names.filter((name) => name !== undefined).map((name) => name.replace(/^.*:table\//, '')));
}
