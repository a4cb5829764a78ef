import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Local, StartOptions } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { writeResults } from '../results.ts';
import { type Figure, figure, quantile } from '../statistics.ts';
import { CONTENT, prepareBacklog, type WriteRate } from './backlog.ts';

const BACKLOG = Number(process.env['BENCH_BACKLOG'] ?? 20_000);
const LIGHT_ORDERS = 300;
const LIGHT_ROUNDS = 3;
const QUEUE = 'order-notifications';

interface Backlog {
  events: number;
  perSecond: number;
  /** Milliseconds of all threads of the runtime's process, its functions among them; the engine is another process. */
  processorMs: number;
  putEventsCalls: number;
  callsPerEvent: number;
}

export interface PipelineFigures {
  writes: WriteRate[];
  backlog: Backlog;
  /** The same while the rule of the order's history is off, whose function writes a line for each event. */
  withoutHistory: Backlog;
  /** Milliseconds from the answer to a create until the subscriber has its event, one order at a time. */
  light: { p50: Figure; p99: Figure };
  runtime: { startMs: number; megabytes: number };
}

const countingCalls = (local: Local) => {
  const { bus } = local.edges;
  const counted = { calls: 0, entries: 0 };
  const putEvents = bus.putEvents.bind(bus);
  bus.putEvents = async (entries) => {
    counted.calls += 1;
    counted.entries += entries.length;
    return await putEvents(entries);
  };
  return counted;
};

/** Seldom enough to cost nothing: the depth of a queue is counted message by message. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 25));

/** Over the middle of the backlog: neither the start of the functions nor the last batches count. */
const drained = async (local: Local, events: number): Promise<Pick<Backlog, 'perSecond' | 'processorMs'>> => {
  const depth = () => local.edges.queues.depth(QUEUE).visible;
  const [first, last] = [events * 0.1, events * 0.9];
  while (depth() < first) await turn();
  const [start, used, from] = [performance.now(), process.cpuUsage(), depth()];
  while (depth() < last) await turn();
  const { user, system } = process.cpuUsage(used);
  const taken = depth() - from;
  return {
    perSecond: (taken * 1000) / (performance.now() - start),
    processorMs: (user + system) / 1000 / taken,
  };
};

const lightLoad = async (local: Local): Promise<{ p50: Figure; p99: Figure }> => {
  const token = await local.token(
    { sub: 'bench', scope: 'orders/customer', customer_id: 'light' },
    { expiresIn: 3600 },
  );
  const receive = () => local.edges.queues.receive(QUEUE, { max: 10, waitSeconds: 20 });
  const rounds: number[][] = [];
  for (let round = 0; round < LIGHT_ROUNDS; round += 1) {
    const latencies: number[] = [];
    for (let n = 0; n < LIGHT_ORDERS; n += 1) {
      const received = receive().then((messages) => ({ messages, at: performance.now() }));
      const answer = await fetch(`${local.url}/customers/light/orders/O${round}-${n}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(CONTENT),
      });
      const answered = performance.now();
      if (answer.status !== 201) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
      const { messages, at } = await received;
      latencies.push(Math.max(0, at - answered));
      for (const { receiptHandle } of messages) await local.edges.queues.delete(QUEUE, receiptHandle);
    }
    rounds.push(latencies);
  }
  const of = (share: number) => figure(rounds.map((latencies) => quantile(latencies, share)));
  return { p50: of(0.5), p99: of(0.99) };
};

const withoutHistory: StartOptions['amend'] = ({ Resources }) => {
  for (const { Type, Properties = {} } of Object.values(Resources)) {
    if (Type === 'AWS::Events::Rule' && JSON.stringify(Properties['Targets']).includes('History')) {
      Properties['State'] = 'DISABLED';
    }
  }
};

/** Starts on a copy of the prepared data, and takes the backlog from the stream to the queue. */
const taken = async (prepared: string, amend?: StartOptions['amend']) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'orders-backlog-'));
  try {
    cpSync(prepared, dataDir, { recursive: true });
    const start = performance.now();
    const local = await startLocal({ dataDir, warn: () => undefined, ...(amend && { amend }) });
    const startMs = performance.now() - start;
    const counted = countingCalls(local);
    const rate = await drained(local, BACKLOG);
    await local.drain();
    const { calls: putEventsCalls, entries: events } = counted;
    const megabytes = process.memoryUsage().rss / 2 ** 20;
    await local.close();
    const backlog = { events, ...rate, putEventsCalls, callsPerEvent: putEventsCalls / events };
    return { backlog, runtime: { startMs, megabytes } };
  } finally {
    rmSync(dataDir, { recursive: true });
  }
};

/** From the stream of the table to the queue of a subscriber, all in one process. */
export const pipeline = async (): Promise<void> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'orders-backlog-'));
  try {
    console.error(`a backlog of ${BACKLOG} orders`);
    const writes = await prepareBacklog(dataDir, BACKLOG);
    const { backlog, runtime } = await taken(dataDir);
    console.error('the same without the history of orders');
    const { backlog: alone } = await taken(dataDir, withoutHistory);
    console.error('one order at a time');
    const fresh = await startLocal({ warn: () => undefined });
    const light = await lightLoad(fresh);
    await fresh.close();
    const figures: PipelineFigures = { writes, backlog, withoutHistory: alone, light, runtime };
    writeResults('pipeline', figures);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
