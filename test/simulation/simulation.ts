import { chanceOf, seedOf } from './chance.ts';
import { changeStream } from './change-stream.ts';
import type { World } from './disasters.ts';
import { documentsFor } from './documents.ts';
import { eventBus } from './event-bus.ts';
import { faultsOf } from './faults.ts';
import { finalLists } from './final-lists.ts';
import { type History, newHistory } from './history.ts';
import { judge, type Violation } from './judge.ts';
import { network } from './network.ts';
import { ordersTable } from './orders-table.ts';
import { type Parts, PRODUCTION } from './parts.ts';
import { poller } from './poller.ts';
import { readerFunction } from './reader-function.ts';
import { requests } from './requests.ts';
import { twoSubscribers } from './subscribers.ts';
import { Stuck, virtualTime } from './virtual-time.ts';
import { work } from './work.ts';

export interface Setting {
  seed: number;
  /** Requests that clients make, repetitions not counted. */
  ops: number;
  /** These faults strike, and no others. */
  only?: readonly string[];
  /** In place of the production code. */
  planted?: Partial<Parts>;
}

export interface Outcome {
  seed: number;
  violations: readonly Violation[];
  /** The faults that struck. */
  struck: readonly string[];
  history: History;
  /** Changes that were committed. */
  changes: number;
}

const START = Date.parse('2026-11-22T00:00:00Z');
const HOUR_MS = 3_600_000;
const CONFIG = { ordersTable: 'Orders', indexShards: 3, defaultCurrency: 'USD' };
const RETENTION = { orderRetentionDays: 2, deletedRetentionDays: 1 };

/** One run: the clients' requests under faults, then no more faults until all is quiet, then the verdict. */
export const simulate = async ({ seed, ops, only, planted }: Setting): Promise<Outcome> => {
  const parts: Parts = { ...PRODUCTION, ...planted };
  const draw = (name: string) => chanceOf(seedOf(seed, name));
  const time = virtualTime(START);
  const faults = faultsOf(seed, only);
  const history = newHistory();
  const stream = changeStream(time, faults, draw('stream'), history);
  const table = ordersTable(time, faults, stream, history);
  const subscribers = twoSubscribers(time, faults, draw('subscribers'), history);
  const bus = eventBus(time, faults, draw('bus'), history, subscribers);
  const wires = network(time, faults, draw('network'));
  const reader = readerFunction(time, faults, draw('reader'), history, { network: wires, bus, parts });
  const ordersFor = (from: Parameters<typeof documentsFor>[0]) =>
    parts.dynamoDbOrders(documentsFor(from, table, faults, wires), { ...CONFIG, ...RETENTION });
  const clients = requests(time, draw('requests'), history, ordersFor);
  const world: World = {
    table,
    stream,
    reader,
    poller: poller(time, faults, draw('poller'), history, { stream, reader, parts }),
    bus,
    requests: clients,
  };

  const quiet = async (): Promise<void> => {
    faults.heal();
    await world.poller.idle();
    while (bus.open() + subscribers.reduce((sum, { waiting }) => sum + waiting(), 0) > 0) {
      await time.sleep(60_000);
    }
    for (const { report } of subscribers) report();
    await finalLists(ordersFor, table, history, time);
  };

  let stuck: Violation[] = [];
  const { stackTraceLimit } = Error;
  // Simulated errors are many and their stacks dear; who repeats a run with its faults may want to see them.
  if (!only) Error.stackTraceLimit = 0;
  try {
    await time.pass(work(ops, time, faults, draw('workload'), world), 60 * 24 * HOUR_MS);
    await time.pass(quiet(), 10 * 24 * HOUR_MS);
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    stuck = [{ promise: 'all comes to rest', what: error.message }];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  const violations = [...stuck, ...judge(history)];
  return { seed, violations, struck: faults.struck(), history, changes: history.of('commit').length };
};
