import { setTimeout as delay } from 'node:timers/promises';
import { loadOn } from '../kills/load.ts';
import { due } from '../kills/missing.ts';
import { runtimeOn } from '../kills/runtime.ts';
import { residentMb } from './memory.ts';
import { paced } from './pace.ts';
import { settle } from './settle.ts';
import { consoleOf, SLOTS, struck, switchOver } from './switches.ts';

export interface Options {
  durationMs: number;
  perSecond: number;
  restarts: number;
  seed: number;
  directory: string;
  slotMs?: number;
}

export interface Sample {
  minutes: number;
  fault: string;
  restarts: number;
  changes: number;
  events: number;
  /** Resident, of the runtime and of its engine. */
  runtimeMb: number;
  engineMb: number;
}

export interface Report {
  orders: number;
  changes: number;
  versions: number;
  events: number;
  messages: number;
  historyLines: number;
  restarts: number;
  redriven: number;
  struck: Record<string, number>;
  samples: Sample[];
  broken: string[];
}

const TICK_MS = 250;

/** A steady load on the running system, each fault in turn, restarts in between; then counts. */
export const campaign = async (
  { durationMs, perSecond, restarts, seed, directory, slotMs = 20_000 }: Options,
  sampled: (sample: Sample) => void = () => undefined,
): Promise<Report> => {
  const broken: string[] = [];
  const runtime = runtimeOn(directory);
  const { ledger, subscriber, reached, begin } = loadOn(runtime, {
    seed,
    broken: (what) => void broken.push(what),
    through: paced(perSecond),
  });
  const times: Record<string, number> = {};
  const samples: Sample[] = [];
  const start = Date.now();
  const passed = () => Date.now() - start;
  let restarted = 0;

  const sample = (fault: string): void => {
    const [runtimeMb = 0, engineMb = 0] = runtime.pids().map(residentMb);
    const minutes = passed() / 60_000;
    const counts = { changes: ledger.changes(), events: subscriber.received.size };
    samples.push({ minutes, fault, restarts: restarted, ...counts, runtimeMb, engineMb });
    sampled(samples.at(-1) as Sample);
  };

  const stop = async (url: string): Promise<void> => {
    for (const [name, number] of await struck(consoleOf(url))) times[name] = (times[name] ?? 0) + number;
    const code = await runtime.stop();
    if (code !== 0) broken.push(`the runtime ended with ${code} when it was stopped`);
  };

  process.once('exit', runtime.end);
  try {
    let slot = 0;
    for (; restarted <= restarts; restarted += 1) {
      const { url, end } = await begin();
      // From here: what a start takes is no time under load.
      const life = passed() + durationMs / (restarts + 1);
      while (passed() < life) {
        const now = SLOTS[slot % SLOTS.length] as (typeof SLOTS)[number];
        await switchOver(consoleOf(url), now);
        for (const until = Math.min(passed() + slotMs, life); passed() < until;) {
          runtime.check();
          await delay(TICK_MS);
        }
        sample(now.fault);
        slot += 1;
      }
      // Under load, as Ctrl-C comes.
      await stop(url);
      await end();
    }
    restarted -= 1;
    const { url, client } = await reached();
    const { found, broken: lost, redriven } = await settle(consoleOf(url), { client, ledger, subscriber });
    broken.push(...lost);
    sample('none');
    await stop(url);
    return {
      orders: ledger.orders(),
      changes: ledger.changes(),
      versions: due(found.table).length,
      events: subscriber.received.size,
      messages: subscriber.messages(),
      historyLines: found.history.size,
      restarts: restarted,
      redriven,
      struck: times,
      samples,
      broken,
    };
  } finally {
    runtime.end();
    process.off('exit', runtime.end);
  }
};
