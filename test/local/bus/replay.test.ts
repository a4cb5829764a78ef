import type { Fault } from '../../../local/bus/service.ts';
import { fakeClock } from '../support/clock.ts';
import { startEdges, type Running } from '../support/running.ts';
import { archive, bus, busArn, queue, queueArn, rule } from '../support/stack.ts';

const everything = { source: ['orders.service'] };
const start = Date.parse('2026-11-22T10:00:00Z');
const minute = 60_000;
const resources = [
  bus('orders'),
  archive('kept', 'orders', { detail: { keep: [{ exists: true }] } }),
  queue('team'),
  queue('other'),
  rule('to-team', 'orders', everything, [{ Arn: queueArn('team') }]),
  rule('to-other', 'orders', everything, [{ Arn: queueArn('other') }]),
];
const range = { archive: 'kept', bus: 'orders', from: start, to: start + 60 * minute };

let running: Running | undefined;
afterEach(() => running?.stop());
const open = async (...parameters: Parameters<typeof startEdges>) =>
  (running = await startEdges(...parameters));

const entry = (at: number, detail = '{"keep":1}') => ({
  Source: 'orders.service',
  DetailType: 'OrderCreated',
  Detail: detail,
  EventBusName: 'orders',
  Time: at / 1000,
});
interface Envelope {
  id: string;
  time: string;
  'replay-name'?: string;
}
const taken = async (edges: Running, name: string) => {
  const bodies: string[] = [];
  for (;;) {
    const messages = await edges.queues.receive(name, { max: 10 });
    if (messages.length === 0) return bodies;
    bodies.push(...messages.map(({ body }) => body));
    for (const { receiptHandle } of messages) await edges.queues.delete(name, receiptHandle);
  }
};
const events = (bodies: string[]) => bodies.map((body) => JSON.parse(body) as Envelope);
const detailOf = (body: string) => body.slice(body.indexOf('"detail":'));

describe('a replay', () => {
  test('2.4 replay-name: given archived events, then each comes again as it was, but for the name of the replay', async () => {
    const edges = await open(resources, { clock: fakeClock(start) });
    await edges.bus.putEvents([
      entry(start, '{"keep": 1.50, "t": "\\u00e9 \\"resources\\":[,\\"resources\\":"}'),
    ]);
    await edges.bus.idle();
    const [first = ''] = await taken(edges, 'team');

    await edges.bus.replays.start({ ...range, name: 'again' });
    await edges.bus.idle();

    const [second = '', ...more] = await taken(edges, 'team');
    expect(more).toEqual([]);
    expect(detailOf(second)).toBe(detailOf(first));
    expect(JSON.parse(second)).toEqual({ ...(JSON.parse(first) as object), 'replay-name': 'again' });
  });

  test('given a time range, then events from its start and before its end come, and no others', async () => {
    const edges = await open(resources, { clock: fakeClock(start + 10 * minute) });
    const times = [-1_000, 0, 1_000, minute, 2 * minute - 1_000, 2 * minute].map((ms) => start + ms);
    await edges.bus.putEvents(times.map((at) => entry(at)));
    await edges.bus.idle();
    await taken(edges, 'team');

    await edges.bus.replays.start({ ...range, to: start + 2 * minute, name: 'again' });
    await edges.bus.idle();

    expect(
      events(await taken(edges, 'team'))
        .map(({ time }) => Date.parse(time))
        .sort(),
    ).toEqual(times.slice(1, 5));
  });

  test('2.4 chosen rules: given some, then only their targets get the events', async () => {
    const edges = await open(resources, { clock: fakeClock(start) });
    await edges.bus.putEvents([entry(start)]);
    await edges.bus.idle();
    for (const name of ['team', 'other']) await taken(edges, name);

    await edges.bus.replays.start({ ...range, name: 'again', rules: ['to-other'] });
    await edges.bus.idle();

    expect(await taken(edges, 'team')).toEqual([]);
    expect(await taken(edges, 'other')).toHaveLength(1);
  });

  test('given what the archive does not keep, then it does not come again', async () => {
    const edges = await open(resources, { clock: fakeClock(start) });
    await edges.bus.putEvents([entry(start, '{"n":1}')]);
    await edges.bus.idle();
    await taken(edges, 'team');
    await edges.bus.replays.start({ ...range, name: 'again' });
    await edges.bus.idle();
    expect(await taken(edges, 'team')).toEqual([]);
    expect(edges.bus.replays.find('again')).toMatchObject({ state: 'COMPLETED' });
  });

  test('2.4 rules that exclude replays: given one, then its target gets nothing', async () => {
    const firstTimeOnly = { ...everything, 'replay-name': [{ exists: false }] };
    const edges = await open(
      [...resources, queue('mail'), rule('mail', 'orders', firstTimeOnly, [{ Arn: queueArn('mail') }])],
      { clock: fakeClock(start) },
    );
    await edges.bus.putEvents([entry(start)]);
    await edges.bus.idle();
    expect(await taken(edges, 'mail')).toHaveLength(1);
    await edges.bus.replays.start({ ...range, name: 'again' });
    await edges.bus.idle();
    expect(await taken(edges, 'mail')).toEqual([]);
  });

  test('2.4 not archived again: given a replay, then what it delivers is not archived, on another bus neither', async () => {
    const edges = await open(
      [
        ...resources,
        bus('copy'),
        archive('copied', 'copy'),
        rule('out', 'orders', everything, [{ Arn: busArn('copy') }]),
      ],
      { clock: fakeClock(start) },
    );
    await edges.bus.putEvents([entry(start), entry(start)]);
    await edges.bus.idle();
    await edges.bus.replays.start({ ...range, name: 'again' });
    await edges.bus.idle();
    for (const name of ['kept', 'copied']) expect(edges.bus.archived(name)?.events).toHaveLength(2);
  });

  test('2.4 order: given events of several minutes, then minute follows minute, and a minute has no order', async () => {
    const edges = await open(resources, { clock: fakeClock(start + 10 * minute) });
    const times = Array.from({ length: 60 }, (_, n) => start + Math.floor(n / 20) * minute + (n % 20) * 1000);
    for (let at = 0; at < 60; at += 10) {
      // The last minute is archived first.
      await edges.bus.putEvents(times.slice(50 - at, 60 - at).map((time) => entry(time)));
    }
    await edges.bus.idle();
    await taken(edges, 'team');
    await edges.bus.replays.start({ ...range, name: 'again' });
    await edges.bus.idle();
    const replayed = events(await taken(edges, 'team')).map(({ time }) => Date.parse(time));
    const minutes = replayed.map((at) => Math.floor((at - start) / minute));
    expect(minutes).toEqual([...minutes].sort());
    expect(replayed).not.toEqual([...replayed].sort());
    expect([...replayed].sort()).toEqual(times);
  });
});

describe('the state of a replay', () => {
  test('given a target that is down, then the replay holds before memory fills, and goes on', async () => {
    const clock = fakeClock(start);
    let isDown = true;
    const fault: Fault = (target) =>
      isDown && target.arn === queueArn('other')
        ? { code: 'SDK_CLIENT_ERROR', message: 'down', retryable: true }
        : undefined;
    const edges = await open(resources, { clock, fault });
    for (let n = 0; n < 110; n += 1)
      await edges.bus.putEvents(Array.from({ length: 10 }, () => entry(start)));
    await edges.bus.replays.start({ ...range, name: 'again' });
    await edges.bus.idle();
    expect(edges.bus.replays.find('again')).toMatchObject({ state: 'STARTING' });
    isDown = false;
    await clock.advance(5_000);
    await edges.bus.idle();
    expect(edges.bus.replays.find('again')).toMatchObject({ state: 'COMPLETED' });
    expect(edges.queues.depth('other').visible).toBe(2_200);
  });

  test('given a cancelled replay, then it gives no further event and stays cancelled', async () => {
    const edges = await open(resources, { clock: fakeClock(start) });
    for (let n = 0; n < 30; n += 1) await edges.bus.putEvents(Array.from({ length: 10 }, () => entry(start)));
    await edges.bus.idle();
    await edges.bus.replays.start({ ...range, name: 'again' });
    await edges.bus.replays.cancel('again');
    await edges.bus.idle();
    expect(edges.queues.depth('team').visible).toBeLessThan(600);
    expect(edges.bus.replays.find('again')).toMatchObject({ state: 'CANCELLED', endedAt: start });
  });

  test('2.4 ninety days: given replays that ended so long ago, then they are forgotten', async () => {
    const clock = fakeClock(start);
    const edges = await open(resources, { clock });
    await edges.bus.replays.start({ ...range, name: 'old' });
    await edges.bus.idle();
    await clock.advance(91 * 24 * 60 * minute);
    await edges.bus.replays.start({ ...range, name: 'new' });
    expect(edges.bus.replays.list().map(({ name }) => name)).toEqual(['new']);
  });
});
