import type {
  EventPublisher,
  FailureStore,
  ParkedRecord,
  OrderHistory,
  Rounds,
} from '../../src/application/ports.ts';
import type { OrderEvent } from '../../src/domain/order-events.ts';
import { historyEntry } from '../support/history.ts';
import { change, order } from '../support/orders.ts';

/** What every FailureStore promises; `kept` reads what it holds, by id. */
export const failureStoreContract = (
  fresh: () => Promise<{ failures: FailureStore; kept: () => Promise<ParkedRecord[]> }>,
): void => {
  it('given a record, then it is kept whole; given it again, then once', async () => {
    const { failures, kept } = await fresh();
    const record = { id: 'e/1 #ü', reason: 'no image', payload: { deep: [{ text: 'Grüße 🎉' }] } };
    await failures.park({ ...record, reason: 'first time' });
    await failures.park(record);
    await failures.park({ ...record, id: 'e2' });
    expect((await kept()).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([record, { ...record, id: 'e2' }]);
  });
};

/** What every OrderHistory promises. */
export const orderHistoryContract = (fresh: () => Promise<OrderHistory>): void => {
  const key = { customerId: 'C101', orderId: 'O5001' };
  const createdAt = '2026-11-22T10:00:00.000Z';

  it('given entries in any order, some of them twice, then each version is there once', async () => {
    const history = await fresh();
    for (const version of [3, 1, 3, 12, 1]) await history.record(historyEntry(version));
    expect([...(await history.versions(key, createdAt, createdAt))].sort((a, b) => a - b)).toEqual([
      1, 3, 12,
    ]);
  });

  it('given a time, then versions from before it are left out, as are those that have expired', async () => {
    const history = await fresh();
    const later = '2026-11-23T10:00:00.000Z';
    await history.record(historyEntry(1));
    await history.record(historyEntry(2, { at: later }));
    expect([...(await history.versions(key, createdAt, later))]).toEqual([2]);
  });

  it('given another order, or the same id used again later, then its versions are its own', async () => {
    const history = await fresh();
    const later = '2028-01-01T00:00:00.000Z';
    await history.record(historyEntry(1));
    await history.record(historyEntry(2, { createdAt: later }));
    await history.record(historyEntry(3, { orderId: 'O5002' }));
    expect([...(await history.versions(key, createdAt, createdAt))]).toEqual([1]);
    expect([...(await history.versions(key, later, createdAt))]).toEqual([2]);
    expect([...(await history.versions({ ...key, customerId: 'C102' }, createdAt, createdAt))]).toEqual([]);
  });
};

/** What every Rounds promises. */
export const roundsContract = (fresh: () => Promise<Rounds>): void => {
  it('given rounds, then the last one kept is there, whole, and none before the first', async () => {
    const rounds = await fresh();
    expect(await rounds.last()).toBeUndefined();
    const round = { after: '2026-11-20T03:00:00.000Z', until: '2026-11-21T03:00:00.000Z' };
    await rounds.keep({ ...round, next: { day: '2026-11-20', position: 'p' } });
    expect(await rounds.last()).toEqual({ ...round, next: { day: '2026-11-20', position: 'p' } });
    await rounds.keep(round);
    expect(await rounds.last()).toEqual(round);
  });
};

/** What every EventPublisher promises; `arrived` tells what came out on the other side, as text. */
export const eventPublisherContract = (
  fresh: () => Promise<{
    publisher: EventPublisher;
    tooMuch: Partial<OrderEvent['order']>;
    arrived: () => Promise<string[]>;
  }>,
): void => {
  const event = (orderId: string, sequence = 1, fields: Partial<OrderEvent['order']> = {}): OrderEvent => ({
    type: sequence === 1 ? 'OrderCreated' : 'OrderAmended',
    sequence,
    order: order({ orderId, version: sequence, ...fields }),
    previous: {},
    change: change(),
  });
  const soon = () => Date.now() + 20_000;

  it('given no events, then there is no answer to give', async () => {
    expect(await (await fresh()).publisher.publish([], soon())).toEqual([]);
  });

  it('given events of many orders, then each is published and arrives', async () => {
    const { publisher, arrived } = await fresh();
    const events = Array.from({ length: 23 }, (_, n) => event(`O${n % 7}`, 1 + Math.floor(n / 7)));
    expect(await publisher.publish(events, soon())).toEqual(Array(23).fill({ outcome: 'published' }));
    expect(await arrived()).toHaveLength(23);
  });

  it('given the same event twice, then what arrives is the same to the byte', async () => {
    const { publisher, arrived } = await fresh();
    await publisher.publish([event('O1')], soon());
    await publisher.publish([event('O1')], soon());
    const both = await arrived();
    expect(both).toHaveLength(2);
    expect(new Set(both).size).toBe(1);
  });

  it('given an event that can never pass, then it alone is refused', async () => {
    const { publisher, tooMuch, arrived } = await fresh();
    const result = await publisher.publish([event('O1', 1, tooMuch), event('O1', 2), event('O2')], soon());
    expect(result).toMatchObject([
      { outcome: 'refused' },
      { outcome: 'published' },
      { outcome: 'published' },
    ]);
    expect(await arrived()).toHaveLength(2);
  });

  it('given a deadline that has passed, then nothing arrives and each has failed', async () => {
    const { publisher, arrived } = await fresh();
    expect(await publisher.publish([event('O1'), event('O1', 2)], Date.now() - 1)).toMatchObject([
      { outcome: 'failed' },
      { outcome: 'failed' },
    ]);
    expect(await arrived()).toEqual([]);
  });
};
