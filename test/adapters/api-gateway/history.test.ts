import { OWNER, type Request, STAFF, startApi, STRANGER } from '../../support/api.ts';
import { deleted, live } from '../../support/orders.ts';
import { historyEntry } from '../../support/history.ts';

const path = { customerId: 'C101', orderId: 'O5001' };
const ask = (fields: Partial<Request> = {}): Request => ({
  routeKey: 'GET /customers/{customerId}/orders/{orderId}/history',
  path,
  claims: OWNER,
  ...fields,
});

let { call, orders, history }: ReturnType<typeof startApi> = {} as never;
beforeEach(async () => {
  ({ call, orders, history } = startApi());
  await orders.save(live(), undefined);
  for (const version of [1, 2, 3])
    await history.record(historyEntry(version, { ...(version === 3 && { reason: 'too dear' }) }));
});

const versions = ({ body }: { body: { items: { version: number }[] } }) =>
  body.items.map(({ version }) => version);

describe('the history of an order', () => {
  it('given the owner or staff, then what happened, who did it, when, why and what changed, and nothing else', async () => {
    for (const claims of [OWNER, STAFF]) {
      const { status, body } = await call(ask({ claims }));
      expect([status, body]).toEqual([
        200,
        {
          items: [1, 2, 3].map((version) => ({
            version,
            event: 'OrderAmended',
            occurredAt: '2026-11-22T10:00:00.000Z',
            actor: 'U1001',
            ...(version === 3 && { reason: 'too dear' }),
            changed: { amount: { from: null, to: version }, items: { from: [{ sku: 'A' }], to: null } },
          })),
          mayLag: true,
          self: '/customers/C101/orders/O5001/history',
        },
      ]);
    }
  });

  it('given a limit and an order, then it comes in pages, linked in body and header', async () => {
    const first = await call(ask({ query: { limit: '2', order: 'desc' } }));
    expect(versions(first)).toEqual([3, 2]);
    const { next } = first.body as { next: string };
    expect(first.headers['link']).toContain(`<${next}>; rel="next"`);
    const query = Object.fromEntries(new URL(next, 'http://x').searchParams);
    const last = await call(ask({ query }));
    expect(versions(last)).toEqual([1]);
    expect(last.body).not.toHaveProperty('next');
    expect(await call(ask({ query: { ...query, order: 'asc' } }))).toMatchObject({
      status: 400,
      body: { code: 'cursor-invalid' },
    });
  });

  it('given a cursor of another order, then 400', async () => {
    await orders.save(live({ orderId: 'O5002' }), undefined);
    const { next } = (await call(ask({ query: { limit: '1' } }))).body as { next: string };
    const query = Object.fromEntries(new URL(next, 'http://x').searchParams);
    const other = ask({ path: { ...path, orderId: 'O5002' }, query });
    expect(await call(other)).toMatchObject({ status: 400, body: { code: 'cursor-invalid' } });
  });

  it('given an order that is not there, foreign or deleted, then 404, for staff too', async () => {
    const missing = { status: 404, body: { code: 'order-not-found' } };
    expect(await call(ask({ path: { ...path, orderId: 'none' } }))).toMatchObject(missing);
    expect(await call(ask({ claims: STRANGER }))).toMatchObject(missing);
    await orders.save(deleted({ version: 2 }), 1);
    expect(await call(ask())).toMatchObject(missing);
    expect(await call(ask({ claims: STAFF }))).toMatchObject(missing);
    await orders.save(live({ version: 3 }), 2);
    expect(versions(await call(ask()))).toEqual([1, 2, 3]);
  });

  it.each<Record<string, string>>([
    { status: 'PENDING' },
    { consistent: 'true' },
    { limit: '0' },
    { order: 'up' },
  ])('given the query %j, then 400', async (query) => {
    expect(await call(ask({ query }))).toMatchObject({
      status: 400,
      body: { code: 'query-invalid' },
    });
  });
});
