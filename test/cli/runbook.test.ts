import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answers, startEdges } from '../local/support/running.ts';
import { breakable, orderEvent, run, streamReader, subscription } from './support.ts';

const text = readFileSync(path.join(__dirname, '../../docs/runbooks/redrive.md'), 'utf8');
const commands = [...text.matchAll(/^npm run -s orders -- (.+)$/gm)].map(([, command = '']) => command);

test('given letters everywhere, then every command of the runbook works, in its order, and empties them', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'runbook-'));
  const { state, fault } = breakable();
  const edges = await startEdges([...subscription(), ...streamReader()], {
    fault,
    functions: { 'orders-stream-reader': () => answers({ batchItemFailures: [] }) },
  });
  await edges.bus.putEvents([
    orderEvent('O5001'),
    orderEvent('O5002'),
    orderEvent('O5001', { type: 'OrderShipped' }),
  ]);
  await edges.bus.idle();
  const parked = { id: 'e1', reason: 'gap in the version', payload: { eventID: 'e1' } };
  await edges.objects.put('failures', 'parked/e1.json', Buffer.from(JSON.stringify(parked)));
  state.down = false;

  expect(commands).toHaveLength(11);
  for (const command of commands) {
    const args = command.replace('redrive.json', path.join(folder, 'redrive.json')).split(' ');
    const { code, err } = await run(edges.url, args);
    expect([command, code, err]).toEqual([command, 0, expect.any(String)]);
  }

  expect(edges.queues.depth('order-notifications-dlq').visible).toBe(0);
  expect(edges.objects.list('failures')).toEqual([]);
  await edges.bus.idle();
  // Redriven 3, replayed by the archive 3, of the order 2, of the type 1.
  expect(edges.queues.depth('order-notifications').visible).toBe(9);
  expect(JSON.parse(readFileSync(path.join(folder, 'redrive.json'), 'utf8'))).toMatchObject({
    summary: { redelivered: 1, left: 0 },
  });
  await edges.stop();
  rmSync(folder, { recursive: true });
});
