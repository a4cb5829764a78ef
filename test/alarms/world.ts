import type { Alarm } from '../../local/alarms/alarms.ts';
import { keyOf } from '../../local/metrics/store.ts';
import { seed } from '../../local/seed.ts';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { run } from '../cli/support.ts';
import { until } from '../local/support/clock.ts';
import { connect } from '../support/system.ts';

/** How often a scenario looks again, before it is said that nothing comes of it. */
const PATIENCE_MS = 120_000;
const DAY = 24 * 60 * 60 * 1000;
const LONG = { expiresIn: 2 * 24 * 60 * 60 };

/** The template on this machine, with what a scenario does to it: requests, faults, and minutes that pass. */
export async function openWorld() {
  const local: Local = await startLocal({ faultSeed: 7, warn: () => undefined });
  const client = connect(local.url);
  const bearer = await local.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' }, LONG);
  const staff = await local.token({ sub: 'U1001', scope: 'orders/staff' }, LONG);
  const seen = new Set<string>();
  const path = (orderId: string) => `/customers/C101/orders/${orderId}`;

  const note = () => {
    for (const metric of local.metrics.list()) seen.add(keyOf(metric));
  };
  /** Of all of a metric's values in the last day. */
  const count = (namespace: string, name: string, dimensions: Record<string, string> = {}): number => {
    const now = local.clock.now();
    const end = now - (now % 60_000) + 60_000;
    return local.metrics.between({ namespace, name, dimensions }, end - DAY, end)?.sum ?? 0;
  };

  const put = (orderId: string, amount = 100) =>
    client.request('PUT', path(orderId), { bearer, body: { amount } });
  // What only loads the code of the functions is slow, and late: one event, before the others.
  await put('first');
  await local.drain();
  await seed(local);
  await local.drain();

  return {
    local,
    client,
    faults: local.faults,
    staff,
    count,
    /** The metrics that had a value so far, by the keys of the store. */
    seen: () => {
      note();
      return seen;
    },
    put,
    get: (orderId: string) => client.request('GET', path(orderId), { bearer }),
    amend: async (orderId: string, amount: number) => {
      const { headers } = await client.request('GET', path(orderId), { bearer });
      const etag = headers.get('etag') ?? '';
      return client.request('PATCH', path(orderId), {
        bearer,
        body: { amount },
        headers: { 'if-match': etag },
      });
    },
    createOnce: (key: string) =>
      client.request('POST', '/customers/C101/orders', {
        bearer,
        body: { amount: 5 },
        headers: { 'idempotency-key': key },
      }),
    /** As staff, who may all that the order's status allows. */
    move: (orderId: string, command: string) =>
      client.request('POST', `${path(orderId)}/${command}`, { bearer: staff }),
    until: (holds: () => boolean | Promise<boolean>, what: string) => until(holds, what, PATIENCE_MS),
    /** The minute under way ends, and the alarms are judged: a new one begins, however slow this machine is. */
    pass: (time: string | number = 60_000 - (local.clock.now() % 60_000)) => {
      note();
      local.clock.advance(time);
      local.alarms.list();
    },
    command: (...args: string[]) => run(local.url, args, { now: () => local.clock.now() }),
    states: () =>
      new Map(local.alarms.list().map(({ name, state }): [string, Alarm['state']] => [name, state])),
    /** The alarms that rose since then. */
    raisedSince: (transitions: number) =>
      new Set(
        local.alarms
          .history()
          .slice(transitions)
          .filter(({ to }) => to === 'ALARM')
          .map(({ alarm }) => alarm),
      ),
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
