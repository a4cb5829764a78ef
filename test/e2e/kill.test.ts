import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, startSystem } from '../support/system.ts';

jest.setTimeout(120_000);

const KILLS = 3;
const WRITERS = 8;
const ORDERS_BEFORE_A_KILL = 60;

describe('a system that is killed under load', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'orders-kill-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('given kill -9 again and again, then every acknowledged order is there, and its event reaches the queue', async () => {
    const acknowledged = new Set<string>();
    const received = new Map<string, Set<string>>();
    let port = '0';
    for (let kill = 0; kill < KILLS; kill += 1) {
      const system = await startSystem('--port', port, '--data-dir', directory, '--quiet');
      port = new URL(system.url).port;
      const client = connect(system.url);
      const bearer = await client.token({ sub: 'C101', scope: 'orders/customer', customerId: 'C101' });
      let made = 0;
      const write = async (writer: number) => {
        for (let n = 0; ; n += 1) {
          const orderId = `K${kill}-${writer}-${n}`;
          const at = `/customers/C101/orders/${orderId}`;
          const answer = await client
            .request('PUT', at, { bearer, body: { amount: n } })
            .catch(() => undefined);
          if (answer === undefined) return;
          expect(answer.status).toBe(201);
          acknowledged.add(orderId);
          made += 1;
          if (made === ORDERS_BEFORE_A_KILL) void system.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
      expect(await system.exited).toBeNull();
    }

    const system = await startSystem('--port', port, '--data-dir', directory, '--quiet');
    const client = connect(system.url);
    const bearer = await client.token({ sub: 'C101', scope: 'orders/customer', customerId: 'C101' });
    for (const orderId of acknowledged) {
      const { status } = await client.request('GET', `/customers/C101/orders/${orderId}`, { bearer });
      expect([orderId, status]).toEqual([orderId, 200]);
    }
    await client.receiveUntil((all) => {
      for (const { detail } of all) {
        const { orderId } = detail.data.order;
        received.set(orderId, (received.get(orderId) ?? new Set()).add(JSON.stringify(detail)));
      }
      return [...acknowledged].every((orderId) => received.has(orderId));
    });
    expect(acknowledged.size).toBeGreaterThanOrEqual(KILLS * ORDERS_BEFORE_A_KILL);
    // However often an event came, it was the same to the byte.
    expect([...received.values()].filter((details) => details.size !== 1)).toEqual([]);
    await system.kill('SIGTERM');
  });
});
