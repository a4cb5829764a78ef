import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { chanceOf, seedOf } from '../simulation/chance.ts';
import { connect } from '../support/system.ts';
import { newLedger } from './ledger.ts';
import type { Runtime } from './runtime.ts';
import { newSubscriber } from './subscriber.ts';
import { type Api, newWriter } from './writer.ts';

interface LoadParts {
  seed: number;
  broken: (what: string) => void;
  /** Between the writers and the system. */
  through?: (request: Api['request']) => Api['request'];
}

const WRITERS = 8;

/** Eight writers, and a subscriber that empties its queue. */
export const loadOn = (runtime: Runtime, { seed, broken, through = (request) => request }: LoadParts) => {
  const ledger = newLedger();
  const subscriber = newSubscriber();
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    newWriter(`C${index}`, { ledger, broken, chance: chanceOf(seedOf(seed, 'writer', index)) }),
  );

  /** Starts the system; the writers read back what they were told before. */
  const reached = async () => {
    const url = await runtime.start();
    const client = connect(url);
    await client.documents.send(
      new PutCommand({ TableName: 'Users', Item: { userId: 'U1', role: 'Director', active: true } }),
    );
    const bearer = await client.token({ sub: 'U1', scope: 'orders/staff' });
    const api: Api = { request: through(client.request), bearer };
    await Promise.all(writers.map(({ readBack }) => readBack(api)));
    return { url, client, api };
  };

  /** The same, and goes on until `end` is called. */
  const begin = async () => {
    const { url, client, api } = await reached();
    const over = new AbortController();
    const taking = async () => {
      while (!over.signal.aborted) await subscriber.take(client, 'order-notifications', 1);
    };
    const all = [...writers.map(({ work }) => work(api, over.signal)), taking().catch(() => undefined)];
    const end = async () => {
      over.abort();
      await Promise.all(all);
    };
    return { url, end };
  };

  return { ledger, subscriber, reached, begin };
};
