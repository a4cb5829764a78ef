import { recordedJournal } from '../support/recorded-journal.ts';
import { runner } from '../support/stream.ts';

test('1.7 resume: a new start goes on after the checkpoint', async () => {
  const run = runner();
  run.write('A');
  const first = run.start();
  await run.clock.advance(100);
  await first.close();
  run.write('B');
  const second = run.start(recordedJournal(run.journal.lines));
  await run.clock.advance(300);
  await second.close();
  expect(run.calls).toEqual([[1], [2]]);
});

test('1.7 crash before the checkpoint: records whose invocation it cut short are delivered again', async () => {
  const run = runner();
  run.write('A');
  run.write('B');
  run.state.answer = () => new Promise(() => undefined);
  run.start();
  await run.clock.advance(100);
  // The process is gone: nothing settles what it had begun.
  run.state.answer = () => null;
  const second = run.start(recordedJournal(run.journal.lines));
  await run.clock.advance(300);
  await second.close();
  expect(run.calls).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test('1.3 at least once: a crash before the checkpoint is on disk delivers twice, never not at all', async () => {
  const run = runner();
  run.write('A');
  run.journal.cut();
  const first = run.start();
  await run.clock.advance(100);
  expect(run.calls).toEqual([[1]]);
  const second = run.start(recordedJournal(run.journal.lines));
  await run.clock.advance(300);
  expect(run.calls).toEqual([[1], [1]]);
  await Promise.all([first.close(), second.close()]);
});

test('1.7 checkpoint of lanes: it is before the lowest unsettled record, also after a compaction', async () => {
  const run = runner({ ParallelizationFactor: 10, BatchSize: 1 });
  for (let number = 1; number <= 30; number += 1) run.write(`I${number}`);
  run.state.answer = (_, __, records) =>
    records[0]?.eventID === 'event-5' ? new Promise(() => undefined) : null;
  run.start();
  await run.clock.advance(100);
  expect(run.checkpoint()).toBe(4);
  const before = run.calls.flat().length;
  run.state.answer = () => null;
  const second = run.start(recordedJournal(run.journal.compacted()));
  await run.clock.advance(300);
  const again = run.calls.slice(before).flat();
  expect([...again].sort((a, b) => a - b)).toEqual(Array.from({ length: 26 }, (_, index) => index + 5));
  await second.close();
});

describe('shards', () => {
  test('1.7 lineage: a child begins only when its parent is done', async () => {
    const run = runner();
    run.write('A');
    run.split('shard-1', ['shard-2', 'shard-3']);
    run.write('A', { shard: 'shard-2' });
    run.write('B', { shard: 'shard-3' });
    run.state.answer = (_, attempt) => {
      if (attempt < 3) throw new Error('down');
      return null;
    };
    const mapping = run.start();
    await run.clock.advance(10_000);
    expect(run.calls.slice(0, 3)).toEqual([[1], [1], [1]]);
    expect(run.calls.slice(3).flat().sort()).toEqual([2, 3]);
    await mapping.close();
  });

  test('a shard that was read to its end is not read again', async () => {
    const run = runner();
    run.write('A');
    run.split('shard-1', ['shard-2']);
    const first = run.start();
    await run.clock.advance(1_000);
    await first.close();
    run.write('A', { shard: 'shard-2' });
    const second = run.start(recordedJournal(run.journal.lines));
    await run.clock.advance(1_000);
    await second.close();
    expect(run.calls).toEqual([[1], [2]]);
    expect(run.opened).toEqual(['shard-1', 'shard-2', 'shard-2']);
  });
});

test('1.3 StartingPosition TRIM_HORIZON: what was there before the first start is delivered', async () => {
  const run = runner({ StartingPosition: 'TRIM_HORIZON' });
  run.write('A');
  await run.clock.advance(3_600_000);
  const mapping = run.start();
  await run.clock.advance(300);
  await mapping.close();
  expect(run.calls).toEqual([[1]]);
});

test('1.3 StartingPosition LATEST: what was there before the first start is passed over', async () => {
  const run = runner({ StartingPosition: 'LATEST' });
  run.write('A');
  const mapping = run.start();
  await run.clock.advance(100);
  run.write('B');
  await run.clock.advance(300);
  await mapping.close();
  expect(run.calls).toEqual([[2]]);
});

describe.each([
  ['an empty shard', 0],
  ['a shard with records', 2],
])('StartingPosition LATEST: given %s that was read once without a new record', (_, before) => {
  const begun = async () => {
    const run = runner({ StartingPosition: 'LATEST' });
    for (let n = 0; n < before; n += 1) run.write('old');
    const mapping = run.start();
    await run.clock.advance(300);
    return { run, mapping };
  };

  test('when a record is written while it cannot be read, then it is delivered', async () => {
    const { run, mapping } = await begun();
    run.fail(1);
    await run.clock.advance(300);
    run.write('new');
    await run.clock.advance(2_000);
    await mapping.close();
    expect(run.calls).toEqual([[before + 1]]);
    expect(run.warnings).toHaveLength(1);
  });

  test('when a record is written before the next start, then it is delivered', async () => {
    const { run, mapping } = await begun();
    await mapping.close();
    run.write('new');
    for (const found of [run.journal.lines, run.journal.compacted()]) {
      run.calls.length = 0;
      const second = run.start(recordedJournal(found));
      await run.clock.advance(300);
      await second.close();
      expect(run.calls).toEqual([[before + 1]]);
    }
  });
});

test('idle resolves when what was written before is settled and on disk', async () => {
  const run = runner();
  const mapping = run.start();
  await run.clock.advance(100);
  run.write('A');
  await mapping.idle();
  expect(run.calls).toEqual([[1]]);
  expect(run.checkpoint()).toBe(1);
  await mapping.close();
});

test('idle does not resolve while a batch waits for its retry', async () => {
  const run = runner();
  run.write('A');
  run.state.answer = (_, attempt) => {
    if (attempt < 3) throw new Error('down');
    return null;
  };
  const mapping = run.start();
  let idle = false;
  const waiting = mapping.idle().then(() => (idle = true));
  await run.clock.advance(600);
  expect(idle).toBe(false);
  await run.clock.advance(5_000);
  await waiting;
  expect(run.calls).toHaveLength(3);
  await mapping.close();
});
