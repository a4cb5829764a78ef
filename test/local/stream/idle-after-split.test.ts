import { recordedJournal } from '../support/recorded-journal.ts';
import { runner } from '../support/stream.ts';

test('given a shard that was done with before the start, then idle does not wait for it', async () => {
  const run = runner();
  run.write('A');
  run.split('shard-1', ['shard-2']);
  const first = run.start();
  await run.clock.advance(1_000);
  await first.close();
  run.write('A', { shard: 'shard-2' });
  const second = run.start(recordedJournal(run.journal.lines));
  let idle = false;
  void second.idle().then(() => (idle = true));
  await run.clock.advance(1_000);
  expect(idle).toBe(true);
  await second.close();
});

test('given a source that takes its time, then idle means that the children of a closed shard are read, too', async () => {
  const run = runner();
  run.write('A');
  run.split('shard-1', ['shard-2']);
  run.write('A', { shard: 'shard-2' });
  const first = run.start();
  await run.clock.advance(1_000);
  await first.close();
  run.write('A', { shard: 'shard-2' });
  run.slow(1);
  const second = run.start(recordedJournal(run.journal.lines));
  const read = second.idle().then(() => run.calls.flat());
  await run.clock.advance(1_000);
  expect(await read).toEqual([1, 2, 3]);
  await second.close();
});
