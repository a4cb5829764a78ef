import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fakeClock } from '../local/support/clock.ts';
import { startEdges, type Running } from '../local/support/running.ts';
import { bus, queue, queueArn, rule } from '../local/support/stack.ts';
import { orderEvent, run, subscription } from './support.ts';

const start = Date.parse('2026-11-22T10:00:00Z');
const hour = 3_600_000;

let running: Running;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'match-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => running.stop());

const published = async (...events: ReturnType<typeof orderEvent>[]) => {
  running = await startEdges(subscription(), { clock: fakeClock(start + hour) });
  if (events.length > 0) await running.bus.putEvents(events);
  await running.bus.idle();
};
const day = () =>
  published(
    orderEvent('O1', { at: start - 30 * hour }),
    orderEvent('O2', { at: start }),
    orderEvent('O2', { at: start + 60_000, type: 'OrderShipped' }),
    orderEvent('O3', { at: start + 120_000, type: 'OrderShipped', customerId: 'C102' }),
    orderEvent('O4', { at: start + 180_000, customerId: 'C102' }),
    orderEvent('O5', { at: start + 240_000, type: 'OrderShipped' }),
  );
const match = (pattern: object | string, ...flags: string[]) => {
  const file = path.join(folder, 'rule.json');
  writeFileSync(file, typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
  return run(running.url, ['events', 'match', '--rule', file, ...flags], { now: () => start + hour });
};
const shipped = { 'detail-type': ['OrderShipped'] };
const ofCustomer = (...ids: string[]) => ({ detail: { data: { order: { customerId: ids } } } });

describe('orders events match', () => {
  test('given events of the past, then how many match, the newest of them, and why the others do not', async () => {
    await day();
    const { code, out, err } = await match({ ...shipped, ...ofCustomer('C101', 'C103') }, '--since', '1d');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      [
        '2 of 5 events since 2026-11-21T11:00:00.000Z match.',
        '',
        '  2026-11-22T10:04:00Z      OrderShipped    C101/O5  version -  -  100 -',
        '  2026-11-22T10:01:00Z      OrderShipped    C101/O2  version -  -  100 -',
        '',
        'The others do not:',
        '     1  detail-type is "OrderCreated" (1), wanted "OrderShipped"',
        '     1  detail.data.order.customerId is "C102" (1), wanted "C101" or "C103"',
        '     1  detail-type is "OrderCreated" (1), wanted "OrderShipped"',
        '        detail.data.order.customerId is "C102" (1), wanted "C101" or "C103"',
        '',
      ].join('\n'),
    );
  });

  test('given --json, then the same as data, the events whole', async () => {
    await day();
    const { json } = await match({ ...shipped, ...ofCustomer('C101') }, '--limit', '1', '--json');
    expect(json()).toMatchObject({
      rule: 'rule',
      unreachable: null,
      since: '2026-11-21T11:00:00.000Z',
      until: '2026-11-22T11:00:00.000Z',
      logGroup: '/aws/events/orders-audit',
      events: 5,
      matched: 2,
      newest: [{ 'detail-type': 'OrderShipped', detail: { data: { order: { orderId: 'O5' } } } }],
      missed: [
        {
          events: 1,
          fields: [
            {
              path: 'detail-type',
              wanted: ['"OrderShipped"'],
              found: [{ value: '"OrderCreated"', events: 1 }],
            },
          ],
        },
        { events: 1, fields: [{ path: 'detail.data.order.customerId' }] },
        { events: 1, fields: [{ path: 'detail-type' }, { path: 'detail.data.order.customerId' }] },
      ],
    });
  });

  test('given more that match than are shown, then the newest are, and it says so', async () => {
    await day();
    const { out } = await match(shipped, '--since', '1d', '--limit', '2');
    expect(out).toContain('3 of 5 events');
    expect(out).toContain('The newest 2:\n  2026-11-22T10:04:00Z');
  });

  test('given a span of times, then only its events count', async () => {
    await day();
    const span = ['--since', '2026-11-22T10:01:00Z', '--until', '2026-11-22T10:03:00Z'];
    expect((await match(shipped, ...span)).out).toContain('2 of 2 events');
    expect((await match(shipped, '--since', '40h')).out).toContain('3 of 6 events');
  });

  test('given the name of a rule, then that of the bus is tried', async () => {
    await day();
    const { out } = await run(
      running.url,
      ['events', 'match', '--rule', 'order-notifications', '--since', '1d'],
      {
        now: () => start + hour,
      },
    );
    expect(out).toMatch(/^5 of 5 events/);
    expect(out).not.toContain('The others');
  });

  test('given no events, then it says so, and how to make some', async () => {
    await published();
    expect(await match(shipped)).toMatchObject({
      code: 0,
      out: 'There are no events since 2026-11-21T11:00:00.000Z.\n',
      err: expect.stringContaining('orders events trigger OrderShipped') as string,
    });
  });

  test('given a rule that no event can ever match, then it says what stands against it', async () => {
    await day();
    const { code, out, err } = await match({ detail: { order: { amount: [{ numeric: ['>', 1] }] } } });
    expect([code, out.split('\n')[0]]).toEqual([0, '0 of 5 events since 2026-11-21T11:00:00.000Z match.']);
    expect(err).toContain('can never match an event of orders: no event of orders has detail.order.amount');
    expect(out).toContain('5  detail.order.amount is absent (5), wanted numeric [">",1]');
  });

  test('given ways of $or, then an event misses by the one that came nearest', async () => {
    await day();
    const far = { ...ofCustomer('C9'), 'detail-type': ['OrderExpired'] };
    const { json } = await match({ $or: [far, { 'detail-type': ['OrderDelivered'] }] }, '--json');
    const { missed } = json() as {
      missed: { events: number; fields: { path: string; wanted: string[] }[] }[];
    };
    expect(missed).toMatchObject([
      { events: 5, fields: [{ path: 'detail-type', wanted: ['"OrderDelivered"'] }] },
    ]);
  });

  test.each([
    ['no JSON', '{', /rule\.json is no event pattern: \$: not JSON/],
    [
      'what EventBridge would refuse',
      '{"source":"x"}',
      /rule\.json is no event pattern: \$\.source: a field takes/,
    ],
  ])('given %s, then it ends with 2, and says where it is wrong', async (_, content, why) => {
    await published();
    expect(await match(content)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(why) as string,
    });
  });

  test.each([
    [['--rule', 'none.json'], 2, 'There is no file none.json.'],
    [['--rule', '/tmp/'], 2, '/tmp/ cannot be read: EISDIR.'],
    [['--rule', 'none'], 1, 'The bus orders has no rule none. A file is named with its ending: none.json.'],
    [[], 2, '--rule is missing.'],
    [
      ['--rule', 'order-notifications', '--since', '1h', '--until', '2h'],
      2,
      '--since must be before --until.',
    ],
    [['--rule', 'order-notifications', '--since', 'monday'], 2, '--since takes a time'],
  ])('given %j, then it ends with %i, and says why', async (flags, code, why) => {
    await published();
    const ran = await run(running.url, ['events', 'match', ...flags]);
    expect(ran).toMatchObject({ code, out: '', err: expect.stringContaining(why) as string });
  });

  test('given a bus whose events no log keeps, then it ends with 1, and says so', async () => {
    running = await startEdges([
      bus('orders'),
      queue('q'),
      rule('all', 'orders', { source: ['orders.service'] }, [{ Arn: queueArn('q') }]),
    ]);
    expect(await match(shipped)).toMatchObject({
      code: 1,
      err: expect.stringContaining('No rule of the bus orders keeps whole events in a log group') as string,
    });
  });
});
