import { type ReconciledPage, reconcileDay } from '../../src/application/reconcile-day.ts';
import { reconcileRound } from '../../src/application/reconcile-round.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';
import { inMemoryHistory, inMemoryPublisher } from '../support/in-memory-ports.ts';
import { inMemoryRounds } from '../support/in-memory-rounds.ts';
import { change, live } from '../support/orders.ts';

const HOUR = 3_600_000;

const start = (orderRetentionDays = 3) => {
  const orders = inMemoryOrders();
  const rounds = inMemoryRounds();
  const publisher = inMemoryPublisher();
  const time = { now: Date.parse('2026-11-23T12:00:00.000Z'), perPage: 0 };
  const clock = () => new Date(time.now).toISOString();
  const days: string[] = [];
  const day = reconcileDay({
    orders,
    history: inMemoryHistory(),
    publisher,
    clock,
    historyRetentionDays: 800,
  });
  const round = reconcileRound({
    reconcileDay: (request) => {
      days.push(request.day);
      time.now += time.perPage;
      return day(request, Infinity);
    },
    rounds,
    clock,
    graceMinutes: 420,
    orderRetentionDays,
  });
  const put = (orderId: string, createdAt: string, changedAt = createdAt) => {
    const record = live({ orderId, createdAt, change: change({ at: changedAt }) });
    orders.records.set(`C101#${orderId}`, {
      ...record,
      stated: { type: 'OrderCreated', previous: {}, version: 1 },
    });
  };
  const told: ReconciledPage[] = [];
  const run = (forMs = HOUR) => round(time.now + forMs, (page) => told.push(page));
  const ids = () => publisher.published.splice(0).map(({ order }) => order.orderId);
  return { orders, rounds, publisher, time, days, put, run, ids, told };
};

describe('a round', () => {
  it('given orders of all days, then it goes back over the days that orders are kept, and is done', async () => {
    const { put, run, rounds, days, ids } = start();
    for (const day of [18, 19, 20, 22, 23]) put(`O${day}`, `2026-11-${day}T04:00:00.000Z`);
    expect(await run()).toMatchObject({ compared: 3, done: true });
    expect(days).toEqual(['2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20']);
    expect(ids()).toEqual(['O23', 'O22', 'O20']);
    expect(rounds.kept.at(-1)).toEqual({ until: '2026-11-23T05:00:00.000Z' });
  });

  it('given a round that is done, then the next begins a day later, and compares only what changed since', async () => {
    const { put, run, days, time, ids } = start();
    put('before', '2026-11-22T04:00:00.000Z');
    await run();
    put('since', '2026-11-21T04:00:00.000Z', '2026-11-23T05:00:00.001Z');
    time.now += 24 * HOUR - 1;
    days.length = 0;
    expect(await run()).toEqual({ compared: 0, findings: [], done: true });
    expect(days).toEqual([]);
    time.now += 1;
    expect(await run()).toMatchObject({ compared: 1 });
    expect(days[0]).toBe('2026-11-24');
    expect(ids()).toEqual(['before', 'since']);
  });

  it('given too little time, then it stops between pages, and the next invocation goes on there', async () => {
    const { put, run, days, time, ids } = start();
    for (let n = 0; n < 150; n += 1) put(`O${n}`, '2026-11-22T04:00:00.000Z');
    time.perPage = 15_000;
    expect(await run(39_000)).toMatchObject({ compared: 100, done: false });
    expect(await run(20_000)).toMatchObject({ compared: 50, done: false });
    expect(await run()).toMatchObject({ compared: 0, done: true });
    expect(days).toEqual(['2026-11-23', '2026-11-22', '2026-11-22', '2026-11-21', '2026-11-20']);
    expect(new Set(ids()).size).toBe(150);
  });

  it('given a page that cannot be kept, then what it found was told before', async () => {
    const { put, run, rounds, told } = start();
    put('O1', '2026-11-23T04:00:00.000Z');
    rounds.keep = () => Promise.reject(new Error('throttled'));
    await expect(run()).rejects.toThrow('throttled');
    expect(told).toMatchObject([{ compared: 1, findings: [{ orderId: 'O1', latest: 're-emitted' }] }]);
  });

  it('given more days than one invocation looks at, then the next one goes on there', async () => {
    const { run, days } = start(45);
    expect(await run()).toMatchObject({ done: false });
    expect(days).toHaveLength(20);
    expect(await run()).toMatchObject({ done: false });
    expect(await run()).toMatchObject({ done: true });
    expect(days).toHaveLength(46);
    expect(new Set(days).size).toBe(46);
  });

  it('given time for one more page, then it is compared; given a moment less, then not', async () => {
    const { put, run } = start(0);
    put('only', '2026-11-23T04:00:00.000Z');
    expect(await run(9_999)).toEqual({ compared: 0, findings: [], done: false });
    expect(await run(10_000)).toMatchObject({ compared: 1, done: true });
  });

  it('given a day of many pages, then it is still one of the days of an invocation', async () => {
    const { put, run, days } = start(1);
    for (let n = 0; n < 2_100; n += 1) put(`O${n}`, '2026-11-23T04:00:00.000Z');
    expect(await run()).toMatchObject({ compared: 2_100, done: true });
    expect(days).toHaveLength(22);
  });

  it('given an event that could not be published, then its page is compared again', async () => {
    const { put, run, publisher, ids } = start();
    put('O1', '2026-11-22T04:00:00.000Z');
    const working = { ...publisher };
    publisher.publish = (events) =>
      Promise.resolve(events.map(() => ({ outcome: 'failed', code: 'AccessDenied', detail: 'no' })));
    expect(await run()).toMatchObject({ done: false, findings: [{ latest: 'failed' }] });
    expect(ids()).toEqual([]);
    Object.assign(publisher, working);
    expect(await run()).toMatchObject({ done: true, findings: [{ latest: 're-emitted' }] });
    expect(ids()).toEqual(['O1']);
  });
});
