import fc from 'fast-check';
import { OWNER, type Request, STAFF, startApi, STRANGER } from '../../support/api.ts';
import { live } from '../../support/orders.ts';
import { unicodeText } from '../../support/unicode-text.ts';
import { runs } from '../../support/property-times.ts';

const ORDERS = 'GET /customers/{customerId}/orders';
const mine: Request = { routeKey: ORDERS, path: { customerId: 'C101' }, claims: OWNER };
const theirs: Request = { routeKey: ORDERS, path: { customerId: 'C102' }, claims: STRANGER };
const staff = (query: Record<string, string>): Request => ({ routeKey: 'GET /orders', query, claims: STAFF });
const byId: Request = { routeKey: 'GET /orders/{orderId}', path: { orderId: 'O1' }, claims: STAFF };
const date = '2026-11-22';

/** Every list that cursors could be carried to, each another one than all others. */
const LISTS: Record<string, Request> = {
  'my orders': mine,
  'my orders backwards': { ...mine, query: { order: 'desc' } },
  'my pending orders': { ...mine, query: { status: 'PENDING' } },
  'my confirmed orders': { ...mine, query: { status: 'CONFIRMED' } },
  'the orders of another': theirs,
  'all pending': staff({ status: 'PENDING' }),
  'all pending backwards': staff({ status: 'PENDING', order: 'desc' }),
  'of a day': staff({ date }),
  'of another day': staff({ date: '2026-11-23' }),
  'of a morning': staff({ date, to: '12:00' }),
  'of an afternoon': staff({ date, from: '00:00' }),
  'of an order id': byId,
};

let { call, orders, keys }: ReturnType<typeof startApi> = {} as never;
const ask = (list: Request, query: Record<string, string>) =>
  call({ ...list, query: { ...list.query, limit: '1', ...query } });
const cursorOf = async (list: Request): Promise<string | undefined> => {
  const { next } = (await ask(list, {})).body as { next?: string };
  return next === undefined ? undefined : (new URL(next, 'http://x').searchParams.get('cursor') ?? '');
};

beforeEach(async () => {
  ({ call, orders, keys } = startApi());
  for (const customerId of ['C101', 'C102'])
    for (const orderId of ['O1', 'O2', 'O3']) await orders.save(live({ customerId, orderId }), undefined);
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a cursor', () => {
  it('goes on in its own list only, whatever the customer, the route, the filter or the order', async () => {
    const outcomes: string[] = [];
    let tried = 0;
    for (const [from, list] of Object.entries(LISTS)) {
      const cursor = await cursorOf(list);
      if (cursor === undefined) continue;
      for (const [to, other] of Object.entries(LISTS)) {
        tried += 1;
        const { status, body } = await ask(other, { cursor });
        if (status !== 400) outcomes.push(`${from} -> ${to}: ${status}`);
        else expect(body).toMatchObject({ code: 'cursor-invalid' });
      }
    }
    expect(tried).toBe(10 * 12);
    expect(outcomes.every((line) => /^(.+) -> \1: 200$/.test(line))).toBe(true);
    expect(outcomes).toHaveLength(10);
  });

  it('goes on after its key was rotated, and no longer after another rotation', async () => {
    const cursor = (await cursorOf(mine)) ?? '';
    keys.rotate({ id: 'key-2', secret: 'second secret' });
    expect(await ask(mine, { cursor })).toMatchObject({ status: 200, body: { items: [{ orderId: 'O2' }] } });
    keys.rotate({ id: 'key-3', secret: 'third secret' });
    expect(await ask(mine, { cursor })).toMatchObject({ status: 400, body: { code: 'cursor-invalid' } });
  });

  it('given one from last week, then the answer tells the client to start again', async () => {
    const cursor = (await cursorOf(mine)) ?? '';
    jest.useFakeTimers({ now: Date.now() + 7 * 86_400_000, doNotFake: ['setImmediate', 'nextTick'] });
    expect(await ask(mine, { cursor })).toMatchObject({
      status: 400,
      body: {
        code: 'cursor-expired',
        detail: 'Start again without a cursor: one is good for 24 hours.',
        errors: [{ parameter: 'cursor' }],
      },
    });
  });

  it('given ten thousand forged ones, then each is a 400 and nothing else', async () => {
    const real = (await cursorOf(mine)) ?? '';
    const [id = '', issued = '', position = '', signature = ''] = real.split('.');
    const alphabet = fc.constantFrom(
      ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
    );
    const text = fc.string({ unit: alphabet, minLength: 1, maxLength: 60 });
    const place = fc.json().map((json) => Buffer.from(json).toString('base64url'));
    const forged = fc.oneof(
      fc.string({ minLength: 1, maxLength: 80 }),
      unicodeText({ minLength: 1, maxLength: 40 }),
      place,
      fc
        .tuple(
          fc.oneof(fc.constant(id), text),
          fc.oneof(fc.constant(issued), text),
          fc.oneof(fc.constant(position), place),
          fc.oneof(fc.constant(signature), text, fc.string({ unit: alphabet, minLength: 43, maxLength: 43 })),
        )
        .map((parts) => parts.join('.')),
      fc
        .tuple(fc.nat(real.length - 1), alphabet)
        .map(([at, character]) => real.slice(0, at) + character + real.slice(at + 1)),
    );
    await fc.assert(
      fc.asyncProperty(forged, async (cursor) => {
        fc.pre(cursor !== real);
        const { status, body } = await ask(mine, { cursor });
        expect([status, (body as { code: string }).code]).toEqual([400, 'cursor-invalid']);
      }),
      { numRuns: runs(10_000) },
    );
  });
});
