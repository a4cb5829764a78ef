import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { until } from '../local/support/clock.ts';
import { connect } from '../support/system.ts';
import { run } from './support.ts';

/** Against the function as it is deployed: an event is lost where its line of the history is taken away. */
jest.setTimeout(120_000);

const HISTORY = 'OrderHistory';
let local: Local;
let client: ReturnType<typeof connect>;
const details: Record<string, string[]> = {};

beforeAll(async () => {
  local = await startLocal({ warn: () => undefined });
  client = connect(local.url);
});
afterAll(() => local.close());

const put = async (orderId: string): Promise<void> => {
  const bearer = await client.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' });
  const at = `/customers/C101/orders/${orderId}`;
  expect((await client.request('PUT', at, { bearer, body: { amount: 5 } })).status).toBe(201);
};
const cancel = async (orderId: string): Promise<void> => {
  const bearer = await client.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' });
  const at = `/customers/C101/orders/${orderId}/cancel`;
  expect((await client.request('POST', at, { bearer })).status).toBe(200);
};

const lines = async (orderId: string) => {
  const { Items = [] } = await client.documents.send(
    new QueryCommand({
      TableName: HISTORY,
      KeyConditionExpression: 'orderKey = :key',
      ExpressionAttributeValues: { ':key': `C101#${orderId}` },
    }),
  );
  return Items as { orderKey: string; versionKey: string; version: number; eventId: string }[];
};
const lined = (orderId: string, count: number) =>
  until(async () => (await lines(orderId)).length === count, `${orderId} has ${count} lines`, 30_000);
const lose = async (orderId: string, version: number): Promise<void> => {
  for (const { orderKey, versionKey, version: of } of await lines(orderId)) {
    if (of !== version) continue;
    await client.documents.send(new DeleteCommand({ TableName: HISTORY, Key: { orderKey, versionKey } }));
  }
};
/** What the sample team got of the order, as text: each event's detail. */
const got = async (orderId: string): Promise<string[]> => {
  for (const { detail } of await client.receiveNow()) {
    (details[detail.data.order.orderId] ??= []).push(JSON.stringify(detail));
  }
  return details[orderId] ?? [];
};

const day = () => new Date(local.clock.now()).toISOString().slice(0, 10);
const reconcile = (...more: string[]) =>
  run(local.url, ['reconcile', '--from', day(), '--to', day(), '--grace', '0', '--json', ...more]);

test('given a lost event, then it is found, published with the same bytes, and found no more', async () => {
  await put('O1');
  await put('O2');
  await lined('O1', 1);
  await lined('O2', 1);
  await lose('O1', 1);

  const tried = await reconcile('--dry-run');
  expect([tried.code, tried.json()]).toMatchObject([
    3,
    { compared: 2, found: 1, reEmitted: 0, missing: 1, findings: [{ orderId: 'O1', latest: 'missing' }] },
  ]);
  expect(await lines('O1')).toEqual([]);

  const done = await reconcile();
  expect([done.code, done.json()]).toMatchObject([0, { found: 1, reEmitted: 1, missing: 0 }]);
  await lined('O1', 1);
  await until(async () => (await got('O1')).length === 2, 'the team has it twice', 30_000);
  expect(new Set(await got('O1')).size).toBe(1);

  const again = await reconcile();
  expect([again.code, again.json()]).toMatchObject([0, { compared: 2, found: 0 }]);
});

test('given an older version without a line, then it is reported, and the replay that the runbook names fills it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reconcile-'));
  const file = path.join(folder, 'report.json');
  await put('O3');
  await cancel('O3');
  await lined('O3', 2);
  await lose('O3', 1);
  const found = await run(local.url, ['reconcile', '--grace', '0', '--report', file]);
  expect(found.code).toBe(3);
  expect(found.out).toMatch(/C101\/O3 +2 +kept +1$/m);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    items: [{ orderId: 'O3', gaps: [{ from: 1, to: 1 }] }],
    summary: { missing: 1 },
  });
  rmSync(folder, { recursive: true });

  const runbook = readFileSync(path.join(__dirname, '../../docs/runbooks/reconcile.md'), 'utf8');
  const commands = [...runbook.matchAll(/^npm run -s orders -- (.+)$/gm)].map(([, command = '']) => command);
  expect(commands).toHaveLength(3);
  for (const command of commands) {
    const { code, err } = await run(local.url, command.replace('C101/O5001', 'C101/O3').split(' '));
    expect([command, code, err]).toEqual([command, 0, expect.any(String)]);
  }
  await lined('O3', 2);
});

test('given a lost event and nobody who asks, then the hourly rule finds it once the grace is over', async () => {
  await put('O4');
  await lined('O4', 1);
  await lose('O4', 1);
  local.clock.advance('8h');
  await until(
    async () => {
      local.clock.advance('1h');
      await local.drain();
      return (await lines('O4')).length === 1;
    },
    'the line is there again',
    60_000,
  );
});

test('given days in the wrong order, or a grace that is no number, then it says so and asks nobody', async () => {
  expect(await run(local.url, ['reconcile', '--from', 'now', '--to', '2d'])).toMatchObject({ code: 2 });
  expect(await run(local.url, ['reconcile', '--grace', '1.5'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--grace takes whole minutes') as string,
  });
});

test('given Ctrl-C in a dry run, then it says how to go on with the same options, not with a command that publishes', async () => {
  const interrupted = AbortSignal.abort();
  const { code, err } = await run(local.url, ['reconcile', '--from', day(), '--dry-run'], { interrupted });
  expect([code, err]).toEqual([130, `Interrupted. To go on, give the same command with --from ${day()}.\n`]);
  const folder = mkdtempSync(path.join(tmpdir(), 'reconcile-'));
  const reported = ['reconcile', '--from', day(), '--report', path.join(folder, 'report.json')];
  expect((await run(local.url, reported, { interrupted })).err).toBe(
    `Interrupted. To go on, give the same command with --from ${day()} and another --report.\n`,
  );
  rmSync(folder, { recursive: true });
});
