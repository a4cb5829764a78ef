import fc from 'fast-check';
import type { Direction, OrderHistory, OrderTimeline } from '../../src/application/ports.ts';
import type { HistoryEntry } from '../../src/domain/order-history.ts';
import { historyEntry } from '../support/history.ts';
import { runs } from '../support/property-times.ts';

const key = { customerId: 'C101', orderId: 'O5001' };

/** What every OrderTimeline promises of what its OrderHistory recorded. */
export const orderTimelineContract = (
  fresh: () => Promise<{ history: OrderHistory; timeline: OrderTimeline }>,
): void => {
  const everything = async (timeline: OrderTimeline, limit: number, direction: Direction) => {
    const found: HistoryEntry[] = [];
    let after: string | undefined;
    do {
      const page = await timeline.read(key, { limit, direction, ...(after !== undefined && { after }) });
      expect(page.entries.length).toBeLessThanOrEqual(limit);
      expect(page.entries.length > 0 || found.length === 0).toBe(true);
      found.push(...page.entries);
      after = page.next;
    } while (after !== undefined);
    return found;
  };

  it('given nothing, then there is nothing to tell', async () => {
    const { timeline } = await fresh();
    expect(await timeline.read(key, { limit: 5, direction: 'asc' })).toEqual({ entries: [] });
  });

  it('given an entry, then it is told as it was recorded, and nothing of other orders', async () => {
    const { history, timeline } = await fresh();
    const entry = historyEntry(1, { type: 'OrderCancelled', reason: 'Grüße', changed: {} });
    await history.record(entry);
    await history.record(historyEntry(1, { orderId: 'O500' }));
    await history.record(historyEntry(1, { customerId: 'C102' }));
    expect(await timeline.read(key, { limit: 5, direction: 'asc' })).toEqual({ entries: [entry] });
  });

  it('given an id that was used again, then the later order follows the earlier one', async () => {
    const { history, timeline } = await fresh();
    const later = { createdAt: '2028-01-01T00:00:00.000Z' };
    for (const entry of [historyEntry(1, later), historyEntry(2), historyEntry(1)])
      await history.record(entry);
    expect(await everything(timeline, 2, 'asc')).toEqual([
      historyEntry(1),
      historyEntry(2),
      historyEntry(1, later),
    ]);
  });

  it('given versions that came in any order, then pages of any size tell each once, in order, both ways', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 15 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('asc', 'desc'),
        async (versions, limit, direction) => {
          const { history, timeline } = await fresh();
          for (const version of versions) await history.record(historyEntry(version));
          const sign = direction === 'asc' ? 1 : -1;
          const told = await everything(timeline, limit, direction);
          expect(told.map(({ version }) => version)).toEqual([...versions].sort((a, b) => sign * (a - b)));
        },
      ),
      { numRuns: runs(15) },
    );
  });

  it('given a page, when entries are recorded behind and before it, then the next page neither repeats nor skips', async () => {
    const { history, timeline } = await fresh();
    for (const version of [1, 3, 5]) await history.record(historyEntry(version));
    const { next = '' } = await timeline.read(key, { limit: 2, direction: 'asc' });
    for (const version of [2, 4, 6]) await history.record(historyEntry(version));
    const { entries } = await timeline.read(key, { limit: 9, direction: 'asc', after: next });
    expect(entries.map(({ version }) => version)).toEqual([4, 5, 6]);
  });
};
