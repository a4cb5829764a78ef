import { setTimeout as delay } from 'node:timers/promises';
import { chanceOf, seedOf } from '../simulation/chance.ts';
import { audit, givenUp } from './audit.ts';
import { loadOn } from './load.ts';
import { due, missing } from './missing.ts';
import { emptyReport, type Report, TURNS } from './report.ts';
import { runtimeOn } from './runtime.ts';

const MOST_CHANGES_BETWEEN = 60;
const MOST_MS_BETWEEN = 30;
const STALLED_MS = 60_000;

/** Kills and restarts the system on the directory, under load; then counts. */
export const campaign = async (
  { kills, seed, directory }: { kills: number; seed: number; directory: string },
  progress: (report: Report) => void = () => undefined,
): Promise<Report> => {
  const chance = chanceOf(seedOf(seed, 'kills'));
  const report = emptyReport(seed);
  const { broken } = report;
  const runtime = runtimeOn(directory);
  const { ledger, subscriber, reached, begin } = loadOn(runtime, {
    seed,
    broken: (what) => void broken.push(what),
  });
  const counted = (): Report =>
    Object.assign(report, {
      orders: ledger.orders(),
      changes: ledger.changes(),
      events: subscriber.received.size,
      messages: subscriber.messages(),
    });

  const moment = async (): Promise<void> => {
    const wanted = ledger.changes() + chance.between(1, MOST_CHANGES_BETWEEN);
    const start = Date.now();
    while (ledger.changes() < wanted) {
      runtime.check();
      if (Date.now() - start > STALLED_MS) {
        throw new Error(`Not ${wanted} but ${ledger.changes()} changes in ${STALLED_MS / 1000} s.`);
      }
      await delay(1);
    }
    await delay(chance.between(0, MOST_MS_BETWEEN));
  };

  process.once('exit', runtime.end);
  try {
    let unload: (() => Promise<void>) | undefined;
    for (let kill = 0; kill < kills; kill += 1) {
      const turn = TURNS[kill % TURNS.length] ?? 'engine';
      if (turn === 'start') await runtime.killStarting(chance.fraction());
      else {
        unload ??= (await begin()).end;
        await moment();
        if (turn === 'engine') await runtime.killEngine();
        else {
          await runtime.kill();
          await unload();
          unload = undefined;
        }
      }
      report.kills[turn] += 1;
      progress(counted());
    }
    await unload?.();
    await runtime.kill();
    const { client } = await reached();
    const found = await audit(client, subscriber);
    broken.push(...missing(ledger, found));
    for (const key of await givenUp(client)) broken.push(`${key} was given up`);
    return Object.assign(counted(), {
      versions: due(found.table).length,
      historyLines: found.history.size,
    });
  } finally {
    runtime.end();
    process.off('exit', runtime.end);
  }
};
