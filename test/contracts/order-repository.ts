import fc from 'fast-check';
import type { OrderRepository, OrderSelection, PageRequest } from '../../src/application/ports.ts';
import type { Order, OrderRecord } from '../../src/domain/order.ts';
import { deleted, live, whole } from '../support/orders.ts';
import { runs } from '../support/property-times.ts';

/** What every OrderRepository promises; `fresh` gives an empty one. */
export const orderRepositoryContract = (fresh: () => Promise<OrderRepository>): void => {
  let orders: OrderRepository;
  const key = { customerId: 'C101', orderId: 'O5001' };
  const put = async (fields: Partial<Order>) => {
    expect(await orders.save(live(fields), undefined)).toEqual({ saved: true });
  };

  const everything = async (selection: OrderSelection, page: Pick<PageRequest, 'limit' | 'direction'>) => {
    const found: Order[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 200; pages += 1) {
      const result = await orders.list(selection, { ...page, ...(after !== undefined && { after }) });
      expect(result.orders.length).toBeLessThanOrEqual(page.limit);
      found.push(...result.orders);
      after = result.next;
      if (after === undefined) return found;
    }
    throw new Error('the list does not end');
  };
  const ids = async (selection: OrderSelection, direction: 'asc' | 'desc' = 'asc', limit = 2) =>
    (await everything(selection, { limit, direction })).map(
      ({ customerId, orderId }) => `${customerId}/${orderId}`,
    );

  beforeEach(async () => {
    orders = await fresh();
  });

  describe('find and save', () => {
    it('given nothing, then nothing is found', async () => {
      expect(await orders.find(key, true)).toBeUndefined();
    });

    it('given a saved order, then it comes back as it was, live or deleted', async () => {
      const record: OrderRecord = {
        deleted: false,
        mutations: [{ version: 1, id: 'first.one' }],
        stated: { type: 'OrderShipped', previous: { status: 'CONFIRMED', note: null }, version: 3 },
        order: whole,
      };
      await orders.save(record, undefined);
      expect(await orders.find(key, true)).toEqual(record);
      const gone = { deleted: true, order: { ...record.order, version: 4 } };
      await orders.save(gone, 3);
      expect(await orders.find(key, true)).toEqual(gone);
    });

    it('given something there, when saved as new, then nothing is written and it says what is there', async () => {
      await put({});
      expect(await orders.save(live({ amount: 1 }), undefined)).toEqual({ saved: false, current: live() });
      expect(await orders.find(key, true)).toEqual(live());
    });

    it('given another version than expected, or none, then nothing is written', async () => {
      expect(await orders.save(live({ version: 2 }), 1)).toEqual({ saved: false });
      await put({});
      expect(await orders.save(live({ version: 3 }), 2)).toEqual({ saved: false, current: live() });
      expect(await orders.save(live({ version: 2, amount: 5 }), 1)).toEqual({ saved: true });
      expect(await orders.find(key, true)).toEqual(live({ version: 2, amount: 5 }));
    });

    it('given twenty writers of one version, then one wins', async () => {
      await put({});
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, n) => orders.save(live({ version: 2, amount: n }), 1)),
      );
      expect(results.filter(({ saved }) => saved)).toHaveLength(1);
    });
  });

  describe('list', () => {
    it('given orders of two customers, then each has its own, in order of id, both ways', async () => {
      await put({});
      await put({ orderId: 'O5002', status: 'SHIPPED' });
      await put({ customerId: 'C102', orderId: 'O9001' });
      const mine: OrderSelection = { by: 'customer', customerId: 'C101' };
      expect(await ids(mine)).toEqual(['C101/O5001', 'C101/O5002']);
      expect(await ids(mine, 'desc')).toEqual(['C101/O5002', 'C101/O5001']);
      expect(await ids({ ...mine, status: 'SHIPPED', consistent: true })).toEqual(['C101/O5002']);
      expect(await ids({ by: 'status', status: 'PENDING' })).toEqual(['C101/O5001', 'C102/O9001']);
    });

    it('given an order that changed its status, then it is listed under the new one only', async () => {
      await put({});
      await orders.save(live({ status: 'CONFIRMED', version: 2 }), 1);
      expect(await ids({ by: 'status', status: 'PENDING' })).toEqual([]);
      expect(await ids({ by: 'status', status: 'CONFIRMED' })).toEqual(['C101/O5001']);
    });

    it('given a deleted order, then no list shows it; given its restoration, then all do', async () => {
      await put({});
      const everywhere: OrderSelection[] = [
        { by: 'customer', customerId: 'C101' },
        { by: 'status', status: 'PENDING' },
        { by: 'date', date: '2026-11-22' },
        { by: 'orderId', orderId: 'O5001' },
      ];
      await orders.save(deleted({ version: 2 }), 1);
      for (const selection of everywhere) expect(await ids(selection)).toEqual([]);
      await orders.save(live({ version: 3 }), 2);
      for (const selection of everywhere) expect(await ids(selection)).toEqual(['C101/O5001']);
    });

    it('given many deleted orders before the live ones, then the live ones are reached', async () => {
      for (let n = 0; n < 30; n += 1)
        await orders.save(deleted({ orderId: `O1${String(n).padStart(2, '0')}` }), undefined);
      await put({ orderId: 'O200' });
      expect(await ids({ by: 'customer', customerId: 'C101' }, 'asc', 1)).toEqual(['C101/O200']);
    });

    it('given one order id of two customers, then both are listed by it', async () => {
      await put({});
      await put({ customerId: 'C102' });
      expect(await ids({ by: 'orderId', orderId: 'O5001' }, 'asc', 1)).toEqual(['C101/O5001', 'C102/O5001']);
      expect(await ids({ by: 'orderId', orderId: 'O5001' }, 'desc', 1)).toEqual(['C102/O5001', 'C101/O5001']);
    });

    it('given orders of a day, then they come by creation time, within the bounds, both ways', async () => {
      const at = (hour: number) => `2026-11-22T${String(hour).padStart(2, '0')}:00:00.000Z`;
      for (const hour of [3, 1, 2, 5, 4]) await put({ orderId: `O${hour}`, createdAt: at(hour) });
      await put({ orderId: 'other-day', createdAt: '2026-11-23T00:00:00.000Z' });
      const day: OrderSelection = { by: 'date', date: '2026-11-22' };
      const hours = async (...args: Parameters<typeof ids>) =>
        (await ids(...args)).map((id) => id.slice(-1)).join('');
      expect(await hours(day)).toBe('12345');
      expect(await hours(day, 'desc')).toBe('54321');
      for (const limit of [1, 2, 10]) {
        expect(await hours({ ...day, from: at(2) }, 'asc', limit)).toBe('2345');
        expect(await hours({ ...day, from: at(2) }, 'desc', limit)).toBe('5432');
        expect(await hours({ ...day, to: at(4) }, 'asc', limit)).toBe('1234');
        expect(await hours({ ...day, to: at(4) }, 'desc', limit)).toBe('4321');
        expect(await hours({ ...day, from: at(2), to: at(4) }, 'asc', limit)).toBe('234');
        expect(await hours({ ...day, from: at(2), to: at(4) }, 'desc', limit)).toBe('432');
      }
    });

    it('given bounds that leave nothing over, then the list is empty', async () => {
      await put({});
      const [from, to] = ['2026-11-22T12:00:00.000Z', '2026-11-22T09:00:00.000Z'];
      expect(await ids({ by: 'date', date: '2026-11-22', from, to })).toEqual([]);
    });

    it('given any orders, then pages of any size give each exactly once, in order', async () => {
      const time = (n: number) => new Date(Date.UTC(2026, 10, 22, 8) + n).toISOString();
      const made = fc.uniqueArray(
        fc.record({
          customerId: fc.constantFrom('A', 'B'),
          orderId: fc.stringMatching(/^O[0-9a-c]{1,2}$/),
          at: fc.nat(4),
        }),
        { maxLength: 25, selector: ({ customerId, orderId }) => `${customerId}/${orderId}` },
      );
      await fc.assert(
        fc.asyncProperty(
          made,
          fc.integer({ min: 1, max: 9 }),
          fc.constantFrom('asc', 'desc'),
          async (all, limit, direction) => {
            orders = await fresh();
            await Promise.all(
              all.map(({ at, ...ofOrder }) =>
                orders.save(live({ ...ofOrder, createdAt: time(at) }), undefined),
              ),
            );
            const sign = direction === 'asc' ? 1 : -1;
            const check = async (selection: OrderSelection, sortOf: (found: Order) => string) => {
              const found = await everything(selection, { limit, direction });
              const keys = found.map(sortOf);
              expect(keys).toEqual([...keys].sort((a, b) => (a === b ? 0 : a < b ? -sign : sign)));
              const names = found.map(({ customerId, orderId }) => `${customerId}/${orderId}`);
              expect(new Set(names).size).toBe(names.length);
              expect(names.length).toBe(all.length);
            };
            await check({ by: 'status', status: 'PENDING' }, ({ orderId }) => orderId);
            await check({ by: 'date', date: '2026-11-22' }, ({ createdAt }) => createdAt);
          },
        ),
        { numRuns: runs(15) },
      );
    });

    it('given orders made, changed and deleted between pages, then what stays is listed once, in order', async () => {
      const time = (n: number) => new Date(Date.UTC(2026, 10, 22, 8) + n).toISOString();
      const any = fc.record({
        customerId: fc.constantFrom('A', 'B'),
        orderId: fc.stringMatching(/^O[0-9a-c]{1,2}$/),
        at: fc.nat(9),
      });
      const nameOf = ({ customerId, orderId }: { customerId: string; orderId: string }) =>
        `${customerId}/${orderId}`;
      const lists = fc.constantFrom<[OrderSelection, (found: Order) => string]>(
        [{ by: 'customer', customerId: 'A' }, ({ orderId }) => orderId],
        [{ by: 'customer', customerId: 'A', status: 'PENDING' }, ({ orderId }) => orderId],
        [{ by: 'status', status: 'PENDING' }, ({ orderId }) => orderId],
        [{ by: 'date', date: '2026-11-22' }, ({ createdAt }) => createdAt],
        [{ by: 'date', date: '2026-11-22', from: time(2), to: time(7) }, ({ createdAt }) => createdAt],
      );
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(any, { maxLength: 20, selector: nameOf }),
          fc.array(fc.tuple(any, fc.constantFrom('create', 'amend', 'confirm', 'delete')), { maxLength: 20 }),
          lists,
          fc.integer({ min: 1, max: 4 }),
          fc.constantFrom('asc', 'desc'),
          async (before, meanwhile, [selection, sortOf], limit, direction) => {
            orders = await fresh();
            const records = new Map<string, OrderRecord>();
            const save = async (record: OrderRecord): Promise<void> => {
              const known = records.get(nameOf(record.order));
              await orders.save(record, known?.order.version);
              records.set(nameOf(record.order), record);
            };
            for (const { at, ...id } of before) await save(live({ ...id, createdAt: time(at) }));
            const staying = new Set((await everything(selection, { limit: 9, direction })).map(nameOf));

            const change = async ([{ at, ...id }, what]: (typeof meanwhile)[number]): Promise<void> => {
              const known = records.get(nameOf(id));
              if (!known) {
                await save(live({ ...id, createdAt: time(at) }));
                return;
              }
              if (what === 'create' || known.deleted) return;
              if (what !== 'amend') staying.delete(nameOf(id));
              const version = known.order.version + 1;
              if (what === 'delete') {
                await save({ deleted: true, order: { ...known.order, version } });
                return;
              }
              const changed = what === 'amend' ? { amount: version } : { status: 'CONFIRMED' as const };
              await save({ deleted: false, order: { ...known.order, ...changed, version } });
            };

            const found: Order[] = [];
            const due = [...meanwhile];
            let after: string | undefined;
            do {
              const page = await orders.list(selection, { limit, direction, ...(after && { after }) });
              found.push(...page.orders);
              after = page.next;
              for (const each of due.splice(0, 3)) await change(each);
            } while (after !== undefined);

            const names = found.map(nameOf);
            expect(new Set(names).size).toBe(names.length);
            expect([...staying].filter((name) => !names.includes(name))).toEqual([]);
            const keys = found.map(sortOf);
            const sign = direction === 'asc' ? 1 : -1;
            expect(keys).toEqual([...keys].sort((a, b) => (a === b ? 0 : a < b ? -sign : sign)));
          },
        ),
        { numRuns: runs(40) },
      );
    });

    it('given a page, when orders are made behind and before it, then the next page neither repeats nor skips', async () => {
      for (const n of [1, 3, 5, 7]) await put({ orderId: `O${n}` });
      const selection: OrderSelection = { by: 'status', status: 'PENDING' };
      const first = await orders.list(selection, { limit: 2, direction: 'asc' });
      if (first.next === undefined) throw new Error('no next page');
      await put({ orderId: 'O2' });
      await put({ orderId: 'O4' });
      await orders.save(deleted({ orderId: 'O3', version: 2 }), 1);
      const next = await orders.list(selection, { limit: 9, direction: 'asc', after: first.next });
      expect(next.orders.map(({ orderId }) => orderId)).toEqual(['O4', 'O5', 'O7']);
    });
  });
};
