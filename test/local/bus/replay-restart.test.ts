import { fakeClock } from '../support/clock.ts';
import { startEdges, type Running } from '../support/running.ts';
import { archive, bus, queue, queueArn, rule } from '../support/stack.ts';

const start = Date.parse('2026-11-22T10:00:00Z');
const kept = [
  bus('orders'),
  queue('team'),
  rule('to-team', 'orders', { source: ['s'] }, [{ Arn: queueArn('team') }]),
];
const resources = [...kept, archive('kept', 'orders')];
const range = { archive: 'kept', bus: 'orders', from: start, to: start + 60_000 };

const bodies = async (edges: Running) => {
  const all: string[] = [];
  for (;;) {
    const messages = await edges.queues.receive('team', { max: 10 });
    if (messages.length === 0) return all;
    all.push(...messages.map(({ body }) => body));
  }
};
const isReplayed = (body: string) => body.includes('"replay-name":"again"');

const archived = async (edges: Running, count: number) => {
  for (let n = 0; n < count; n += 10) {
    const entry = { Source: 's', DetailType: 'T', Detail: '{}', EventBusName: 'orders' };
    await edges.bus.putEvents(Array.from({ length: 10 }, () => entry));
  }
  await edges.bus.idle();
};

/** What a run leaves that archived so many events and replayed them. */
const replayed = async (count: number) => {
  const edges = await startEdges(resources, { clock: fakeClock(start) });
  await archived(edges, count);
  await edges.bus.replays.start({ ...range, name: 'again' });
  await edges.bus.idle();
  await edges.stop();
  return edges.journal;
};

describe('a replay whose run is killed', () => {
  test('given a kill after any append, then the next start brings each event once, and completes', async () => {
    const { lines } = await replayed(120);
    const from = lines.findIndex((line) => line.includes('"type":"replay"'));
    const places = lines.flatMap((line, at) =>
      at > from && line.includes('"part":"replays"') ? [at, at + 1] : [],
    );
    expect(places.length).toBeGreaterThan(6);
    for (const place of places) {
      const next = await startEdges(resources, { found: lines.slice(0, place), clock: fakeClock(start) });
      await next.bus.idle();
      expect((await bodies(next)).filter(isReplayed)).toHaveLength(120);
      expect(next.bus.replays.find('again')).toMatchObject({ state: 'COMPLETED' });
      await next.stop();
    }
  });

  test('given a compacted journal, then a replay is found as it was, ended or half way', async () => {
    const journal = await replayed(120);
    const { lines } = journal;
    const half = lines.findIndex((line) => line.includes('"type":"replayed"')) + 1;
    const first = await startEdges(resources, { found: lines.slice(0, half), clock: fakeClock(start) });
    const found = first.journal.compacted();
    await first.stop();
    const next = await startEdges(resources, { found, clock: fakeClock(start) });
    await next.bus.idle();
    expect(next.bus.replays.find('again')).toMatchObject({ state: 'COMPLETED' });
    expect(next.bus.recent().length).toBeLessThan(250);
    await next.stop();

    const ended = await startEdges(resources, { found: journal.compacted(), clock: fakeClock(start) });
    await ended.bus.idle();
    expect(ended.bus.replays.list()).toMatchObject([{ name: 'again', state: 'COMPLETED' }]);
    expect(ended.journal.appends()).toBe(0);
    await ended.stop();
  });

  test('given a template without its archive, then it fails and says why', async () => {
    const { lines } = await replayed(60);
    const begun = lines.findIndex((line) => line.includes('"type":"replayed"'));
    const next = await startEdges(kept, { found: lines.slice(0, begun), clock: fakeClock(start) });
    await next.bus.idle();
    expect(next.bus.replays.find('again')).toMatchObject({
      state: 'FAILED',
      reason: 'Archive kept does not exist.',
    });
    await next.stop();
  });

  test('given a disk that is gone, then it waits for the next start', async () => {
    const edges = await startEdges(resources, { clock: fakeClock(start) });
    await archived(edges, 500);
    const { lines } = edges.journal;
    await edges.bus.replays.start({ ...range, name: 'again' });
    edges.journal.cut();
    await edges.bus.idle();
    expect(edges.warnings).toContainEqual(expect.stringContaining('replay again waits for the next start'));
    await edges.stop();
    const next = await startEdges(resources, { found: lines, clock: fakeClock(start) });
    await next.bus.idle();
    expect((await bodies(next)).filter(isReplayed)).toHaveLength(500);
    await next.stop();
  });
});
