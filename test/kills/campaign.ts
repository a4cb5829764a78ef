import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { setTimeout as delay } from 'node:timers/promises';
import { chanceOf, seedOf } from '../simulation/chance.ts';
import { connect } from '../support/system.ts';
import { audit, givenUp } from './audit.ts';
import { newLedger } from './ledger.ts';
import { due, missing } from './missing.ts';
import { emptyReport, type Report, TURNS } from './report.ts';
import { runtimeOn } from './runtime.ts';
import { newSubscriber } from './subscriber.ts';
import { type Api, newWriter } from './writer.ts';

const WRITERS = 8;
const MOST_CHANGES_BETWEEN = 60;
const MOST_MS_BETWEEN = 30;
const STALLED_MS = 60_000;

/** Kills and restarts the system on the directory, under load; then counts. */
export const campaign = async (
  { kills, seed, directory }: { kills: number; seed: number; directory: string },
  progress: (report: Report) => void = () => undefined,
): Promise<Report> => {
  const chance = chanceOf(seedOf(seed, 'kills'));
  const ledger = newLedger();
  const subscriber = newSubscriber();
  const report = emptyReport(seed);
  const { broken } = report;
  const runtime = runtimeOn(directory);
  const parts = { ledger, broken: (what: string) => void broken.push(what) };
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    newWriter(`C${index}`, { ...parts, chance: chanceOf(seedOf(seed, 'writer', index)) }),
  );
  const counted = (): Report =>
    Object.assign(report, {
      orders: ledger.orders(),
      changes: ledger.changes(),
      events: subscriber.received.size,
      messages: subscriber.messages(),
    });

  const reached = async () => {
    const client = connect(await runtime.start());
    await client.documents.send(
      new PutCommand({ TableName: 'Users', Item: { userId: 'U1', role: 'Director', active: true } }),
    );
    const bearer = await client.token({ sub: 'U1', scope: 'orders/staff' });
    const api: Api = { request: client.request, bearer };
    await Promise.all(writers.map(({ readBack }) => readBack(api)));
    return { client, api };
  };

  const load = async () => {
    const { client, api } = await reached();
    const over = new AbortController();
    const taking = async () => {
      while (!over.signal.aborted) await subscriber.take(client, 'order-notifications', 1);
    };
    const all = [...writers.map(({ work }) => work(api, over.signal)), taking().catch(() => undefined)];
    return async () => {
      over.abort();
      await Promise.all(all);
    };
  };

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
        unload ??= await load();
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
