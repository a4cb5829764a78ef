import { setTimeout as delay } from 'node:timers/promises';
import { audit } from '../kills/audit.ts';
import { type Found, missing } from '../kills/missing.ts';
import type { Ledger } from '../kills/ledger.ts';
import type { Subscriber } from '../kills/subscriber.ts';
import type { connect } from '../support/system.ts';
import { type Console, switchOver } from './switches.ts';

interface Place {
  name: string;
  kind: string;
  waiting: number;
}

interface Redrive {
  id: string;
  state: string;
  redelivered: number;
}

const ROUNDS = 15;
const QUIET_MS = 3_000;
const RETRY_MS = 50;

const waitingIn = async (from: Console): Promise<Place[]> =>
  ((await from.get('/failures')) as Place[]).filter(({ kind, waiting }) => kind !== 'queue' && waiting > 0);

const redrive = async (by: Console, { name }: Place): Promise<number> => {
  let now = (await by.post(`/failures/${encodeURIComponent(name)}/redrive`, {})) as Redrive;
  while (now.state !== 'done') {
    await delay(RETRY_MS);
    now = (await by.get(`/redrives/${now.id}`)) as Redrive;
  }
  return now.redelivered;
};

export interface Settled {
  found: Found;
  broken: string[];
  redriven: number;
}

/** Faults off, everything redriven that could not be delivered, pauses before retries passed over; then counts. */
export const settle = async (
  by: Console,
  {
    client,
    ledger,
    subscriber,
  }: { client: ReturnType<typeof connect>; ledger: Ledger; subscriber: Subscriber },
): Promise<Settled> => {
  await switchOver(by);
  let redriven = 0;
  for (let round = 1; ; round += 1) {
    // Retries of functions wait for minutes.
    await by.post('/clock', { advance: '5m' });
    for (const place of await waitingIn(by)) redriven += await redrive(by, place);
    const found = await audit(client, subscriber, QUIET_MS);
    const left = (await waitingIn(by)).map(({ name, waiting }) => `${waiting} wait in ${name}`);
    const broken = [...missing(ledger, found), ...left];
    if (broken.length === 0 || round === ROUNDS) return { found, broken, redriven };
  }
};
