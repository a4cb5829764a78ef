import fc from 'fast-check';
import { reconcileDay, type DayRequest } from '../../src/application/reconcile-day.ts';
import { toPublished } from '../../src/adapters/eventbridge/published-event.ts';
import type { Order, OrderRecord } from '../../src/domain/order.ts';
import { amend, create, restore, transition } from '../../src/domain/order-decisions.ts';
import { lastEvent, type OrderEvent, stating } from '../../src/domain/order-events.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';
import { inMemoryHistory, inMemoryPublisher } from '../support/in-memory-ports.ts';
import { change, live, order } from '../support/orders.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const request: DayRequest = { day: '2026-11-22', until: '2026-11-23T05:00:00.000Z' };

const start = ({ now = NOW, refuse = 'refuse me' } = {}) => {
  const orders = inMemoryOrders();
  const history = inMemoryHistory();
  const publisher = inMemoryPublisher(refuse);
  const reconcile = reconcileDay({ orders, history, publisher, clock: () => now, historyRetentionDays: 800 });
  const keep = ({ customerId, orderId, createdAt }: Order, version: number, at = change().at) =>
    history.record({
      ...{ customerId, orderId, createdAt, version, at, eventId: `e${version}`, type: 'OrderAmended' },
      ...{ actor: 'U1', correlationId: 'c', changed: {} },
    });
  const put = (record: OrderRecord) => orders.records.set(`C101#${record.order.orderId}`, record);
  const page = (fields: Partial<DayRequest> = {}, deadline = Date.now() + 20_000) =>
    reconcile({ ...request, ...fields }, deadline);
  return { orders, history, publisher, keep, put, page };
};

/** As our writes leave it: with what the last change stated. */
const stated = (fields: Partial<Order> = {}): OrderRecord => {
  const record = live(fields);
  const type = record.order.version === 1 ? 'OrderCreated' : 'OrderAmended';
  return { ...record, stated: { type, previous: {}, version: record.order.version } };
};

const found = ({ findings }: { findings: { orderId: string; gaps: object[]; latest: string }[] }) =>
  findings.map(({ orderId, gaps, latest }) => ({ orderId, gaps, latest }));

describe('an order and its history', () => {
  it('given every version, then there is nothing to say of it', async () => {
    const { put, keep, page } = start();
    put(stated({ version: 2 }));
    for (const version of [1, 2]) await keep(order(), version);
    expect(await page()).toEqual({ read: 1, compared: 1, recent: 0, findings: [] });
  });

  it('given the latest version missing, then it is published; given a dry run, then not', async () => {
    const { put, keep, page, publisher } = start();
    put(stated({ version: 2 }));
    await keep(order(), 1);
    const finding = { orderId: 'O5001', gaps: [] };
    expect(found(await page({ dryRun: true }))).toEqual([{ ...finding, latest: 'missing' }]);
    expect(publisher.published).toEqual([]);
    expect(found(await page())).toEqual([{ ...finding, latest: 're-emitted' }]);
    expect(publisher.published).toMatchObject([{ type: 'OrderAmended', sequence: 2 }]);
  });

  it('given older versions missing, then they are named, and nothing is published', async () => {
    const { put, keep, page, publisher } = start();
    put(stated({ version: 7 }));
    for (const version of [2, 5, 7]) await keep(order(), version);
    const gaps = [
      { from: 1, to: 1 },
      { from: 3, to: 4 },
      { from: 6, to: 6 },
    ];
    expect(found(await page())).toEqual([{ orderId: 'O5001', gaps, latest: 'kept' }]);
    expect(publisher.published).toEqual([]);
  });

  it('given a version that somebody raised by hand, then no event is made up for it', async () => {
    const { put, keep, page, publisher } = start();
    put({ ...stated({ version: 2 }), order: order({ version: 9_000_000_000 }) });
    for (const version of [1, 2]) await keep(order(), version);
    const gaps = [{ from: 3, to: 8_999_999_999 }];
    expect(found(await page())).toEqual([{ orderId: 'O5001', gaps, latest: 'unstated' }]);
    expect(publisher.published).toEqual([]);
  });

  it('given an item made by hand, that we have changed since, then it begins with our first version', async () => {
    const { put, page } = start();
    const epoch = '1970-01-01T00:00:00.000Z';
    put(stated({ version: 1, createdAt: epoch, change: change({ at: request.until }) }));
    expect(found(await page({ day: '1970-01-01' }))).toEqual([
      { orderId: 'O5001', gaps: [], latest: 're-emitted' },
    ]);
  });

  it('given an order that changes while it is looked at, then it is left for the next time', async () => {
    const { orders, put, page, publisher } = start();
    put(stated({ version: 2 }));
    orders.find = () => {
      const changed = stated({ version: 3, change: change({ at: NOW }) });
      put(changed);
      return Promise.resolve(changed);
    };
    expect(await page()).toMatchObject({ read: 1, compared: 0, recent: 1, findings: [] });
    expect(publisher.published).toEqual([]);
  });

  it('given an order that is made anew while it is looked at, then it is left for the next time', async () => {
    const { orders, put, page, publisher } = start();
    put(stated());
    orders.find = () => Promise.resolve(stated({ createdAt: NOW }));
    expect(await page()).toMatchObject({ compared: 0, recent: 1, findings: [] });
    orders.find = () => Promise.resolve(undefined);
    expect(await page()).toMatchObject({ compared: 0, recent: 1, findings: [] });
    expect(publisher.published).toEqual([]);
  });

  it('given its orders, then they are read in their order, each as last written', async () => {
    const { orders, put, page } = start();
    put(stated());
    const kept = { ...orders };
    const asked: unknown[] = [];
    orders.list = (selection, request) => {
      asked.push(selection, request);
      return kept.list(selection, request);
    };
    orders.find = (key, consistent) => {
      asked.push(consistent);
      return kept.find(key, consistent);
    };
    expect(await page()).not.toHaveProperty('next');
    expect(asked).toStrictEqual([{ by: 'date', date: '2026-11-22' }, { limit: 100, direction: 'asc' }, true]);
  });

  it('given events that are refused or not taken, then each is said, with why', async () => {
    const { put, page } = start({ refuse: 'too large' });
    put(stated({ note: 'too large' }));
    expect(await page()).toMatchObject({ findings: [{ latest: 'refused', reason: 'Refused: ' }] });
    expect(await page({}, 0)).toMatchObject({ findings: [{ latest: 'failed', reason: 'OutOfTime: ' }] });
  });
});

describe('what is compared', () => {
  it('given a change within the time that its event may take, then not yet', async () => {
    const { put, page } = start();
    put(stated({ change: change({ at: '2026-11-23T05:00:00.001Z' }) }));
    expect(await page()).toEqual({ read: 1, compared: 0, recent: 1, findings: [] });
  });

  it('given a time to begin after, then what changed later, and not what changed at it', async () => {
    const { put, page } = start();
    put(stated());
    expect(await page({ after: change().at })).toMatchObject({ read: 1, compared: 0, findings: [] });
    expect(await page({ after: '2026-11-22T09:59:59.999Z' })).toMatchObject({ compared: 1 });
  });

  it('given more orders than a page holds, then where it ends, the next begins', async () => {
    const { put, page } = start();
    for (let n = 0; n < 150; n += 1) put(stated({ orderId: `O${n}` }));
    const first = await page({ dryRun: true });
    expect(first).toMatchObject({ read: 100, compared: 100 });
    expect(await page({ dryRun: true, position: first.next ?? '' })).toMatchObject({
      read: 50,
      compared: 50,
    });
  });
});

describe('history that has expired', () => {
  const old = order({ createdAt: '2024-01-01T00:00:00.000Z', version: 4, change: change({ at: NOW }) });
  const day = { day: '2024-01-01', until: NOW };

  it('given an order older than history is kept, then only what lies between kept versions is missing', async () => {
    const { put, keep, page } = start();
    put(stated(old));
    await keep(old, 1, '2024-01-01T00:00:00.000Z');
    for (const version of [2, 4]) await keep(old, version);
    expect(found(await page(day))).toEqual([
      { orderId: 'O5001', gaps: [{ from: 3, to: 3 }], latest: 'kept' },
    ]);
  });

  it('given a change as old as history is kept, less a day, then its event is looked for; any older, not', async () => {
    const { put, page } = start();
    const kept = Date.parse(NOW) - 799 * 86_400_000;
    put(stated({ ...old, change: change({ at: new Date(kept).toISOString() }) }));
    expect(found(await page(day))).toMatchObject([{ latest: 're-emitted' }]);
    put(stated({ ...old, change: change({ at: new Date(kept - 1).toISOString() }) }));
    expect(await page(day)).toMatchObject({ compared: 1, findings: [] });
  });

  it('given no history, then the latest version is missing if its change is young enough to have some', async () => {
    const { put, page } = start();
    put(stated(old));
    expect(found(await page(day))).toEqual([{ orderId: 'O5001', gaps: [], latest: 're-emitted' }]);
    put(stated({ ...old, change: change({ at: '2024-02-01T00:00:00.000Z' }) }));
    expect(await page(day)).toMatchObject({ compared: 1, findings: [] });
  });
});

describe('whatever happened to orders, and whatever their history lacks', () => {
  const verbs = ['create', 'amend', 'confirm', 'ship', 'deliver', 'cancel', 'delete', 'restore'] as const;
  const next = (
    record: OrderRecord | undefined,
    verb: (typeof verbs)[number],
    n: number,
    orderId: string,
  ) => {
    const now = change({ at: new Date(Date.parse(change().at) + n).toISOString() });
    if (verb === 'create') {
      const made = create({ customerId: 'C101', orderId, currency: 'USD', amount: n, change: now }, record);
      return made.ok ? { deleted: false, order: made.value } : undefined;
    }
    if (!record) return undefined;
    if (verb === 'restore') return restore(record, now);
    if (record.deleted) return undefined;
    if (verb === 'delete')
      return { deleted: true, order: { ...record.order, version: record.order.version + 1, change: now } };
    const moved =
      verb === 'amend' ? amend(record.order, { amount: n }, now) : transition(record.order, verb, now);
    return moved.ok && moved.value !== record.order ? { deleted: false, order: moved.value } : undefined;
  };

  it('then the report names exactly what is missing, and the latest is published again, the same to the byte', async () => {
    const step = fc.record({ verb: fc.constantFrom(...verbs), lost: fc.boolean() });
    const lives = fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(lives, async (all) => {
        const { put, keep, page, publisher } = start();
        const expected: Record<string, { missing: number[]; event: OrderEvent | undefined }> = {};
        for (const [at, steps] of all.entries()) {
          const orderId = `O${at}`;
          let record: OrderRecord | undefined;
          let missing: number[] = [];
          for (const [n, { verb, lost }] of steps.entries()) {
            const after = next(record, verb, n + 1, orderId);
            if (!after || after === record) continue;
            record = stating(record, after);
            if (verb === 'create') missing = [];
            if (lost) missing.push(record.order.version);
            else await keep(record.order, record.order.version, record.order.change.at);
            put(record);
          }
          if (record && !record.deleted && missing.length > 0) {
            const isLatest = missing.includes(record.order.version);
            expected[orderId] = { missing, event: isLatest ? lastEvent(record) : undefined };
          }
        }
        const { findings } = await page();
        const named = findings.map(({ orderId, gaps, latest, version }) => {
          const older = gaps.flatMap(({ from, to }) =>
            Array.from({ length: to - from + 1 }, (_, n) => from + n),
          );
          return [orderId, latest === 'kept' ? older : [...older, version]];
        });
        expect(Object.fromEntries(named)).toEqual(
          Object.fromEntries(Object.entries(expected).map(([orderId, { missing }]) => [orderId, missing])),
        );
        const bytes = (events: (OrderEvent | undefined)[]) =>
          events.flatMap((event) => (event ? [JSON.stringify(toPublished(event))] : [])).sort();
        expect(bytes(publisher.published)).toEqual(bytes(Object.values(expected).map(({ event }) => event)));
      }),
    );
  });
});
