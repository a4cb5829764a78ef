import { chanceOf, seedOf } from './chance.ts';
import { changeStream } from './change-stream.ts';
import { disasters, type World } from './disasters.ts';
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
import { hardToPublish, someAction, someOrder } from './workload.ts';

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
  const strike = disasters(time, faults, world);

  const work = async (): Promise<void> => {
    const chance = draw('workload');
    const open: Promise<void>[] = [];
    for (let op = 0; op < ops; op += 1) {
      await time.sleep(chance.happens(0.3) ? 0 : chance.between(1, 400));
      if (chance.happens(0.01)) await time.sleep(chance.between(1, 120) * 1_000);
      if (chance.happens(0.003)) {
        await time.sleep(chance.between(6, 72) * HOUR_MS);
        table.expire(time.now(), () => chance.happens(0.7));
      }
      strike();
      const key = someOrder(chance);
      const action = someAction(chance, clients.seen(key));
      open.push(clients.make(key, action));
      const hard = faults.strike('F15');
      for (const one of hard?.happens(0.3) ? hardToPublish(hard, clients.seen) : []) {
        open.push(clients.make(one.key, one.action));
      }
      const crowd = faults.strike('F20');
      for (let more = crowd?.between(1, 5) ?? 0; more > 0; more -= 1) {
        open.push(clients.make(key, someAction(chance, clients.seen(key))));
      }
    }
    await Promise.all(open);
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
  try {
    await time.pass(work(), 60 * 24 * HOUR_MS);
    await time.pass(quiet(), 10 * 24 * HOUR_MS);
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    stuck = [{ promise: 'all comes to rest', what: error.message }];
  }
  const violations = [...stuck, ...judge(history)];
  return { seed, violations, struck: faults.struck(), history, changes: history.of('commit').length };
};
