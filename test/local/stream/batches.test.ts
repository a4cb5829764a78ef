import { runner } from '../support/stream.ts';

const write = (run: ReturnType<typeof runner>, count: number, fields: object = {}) => {
  for (let number = 0; number < count; number += 1) run.write(`I${number}`, { fields });
};

test('1.3 BatchSize: it is the most records of an invocation; 100 when the template names none', async () => {
  const run = runner();
  write(run, 250);
  const mapping = run.start();
  await run.clock.advance(100);
  expect(run.calls.map(({ length }) => length)).toEqual([100, 100, 50]);
  await mapping.close();
});

test('1.3 payload: an invocation carries at most 6 MB', async () => {
  const run = runner({ BatchSize: 1_000 });
  write(run, 20, { note: { S: 'x'.repeat(400_000) } });
  const sizes: number[] = [];
  run.state.answer = (_, __, records) => {
    sizes.push(Buffer.byteLength(JSON.stringify({ Records: records })));
    return null;
  };
  const mapping = run.start();
  await run.clock.advance(100);
  expect(run.calls.map(({ length }) => length)).toEqual([15, 5]);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6 * 1024 * 1024);
  await mapping.close();
});

test('1.3 no batching window: a record is delivered at once when a write wakes the mapping', async () => {
  const run = runner();
  const mapping = run.start();
  await run.clock.advance(1_000);
  run.write('A');
  mapping.wake();
  await run.clock.advance(0);
  expect(run.calls).toEqual([[1]]);
  await mapping.close();
});

test('1.3 polling: a record is delivered within 250 ms when nothing wakes the mapping', async () => {
  const run = runner();
  const mapping = run.start();
  await run.clock.advance(1_000);
  run.write('A');
  await run.clock.advance(250);
  expect(run.calls).toEqual([[1]]);
  await mapping.close();
});

describe('MaximumBatchingWindowInSeconds', () => {
  test('1.3 batching window: records are collected until it is over', async () => {
    const run = runner({ MaximumBatchingWindowInSeconds: 5 });
    run.write('A');
    const mapping = run.start();
    await run.clock.advance(3_000);
    run.write('B');
    await run.clock.advance(1_900);
    expect(run.calls).toEqual([]);
    await run.clock.advance(200);
    expect(run.calls).toEqual([[1, 2]]);
    await mapping.close();
  });

  test('1.3 batching window and full batch: a full batch does not wait', async () => {
    const run = runner({ MaximumBatchingWindowInSeconds: 60, BatchSize: 3 });
    write(run, 3);
    const mapping = run.start();
    await run.clock.advance(300);
    expect(run.calls).toEqual([[1, 2, 3]]);
    await mapping.close();
  });

  test('1.3 next window: it begins when the invocation before it has ended', async () => {
    const run = runner({ MaximumBatchingWindowInSeconds: 5 });
    run.state.answer = async () => {
      await run.clock.sleep(20_000);
      return null;
    };
    run.write('A');
    const mapping = run.start();
    await run.clock.advance(6_000);
    run.write('B');
    await run.clock.advance(19_500);
    run.write('C');
    await run.clock.advance(5_000);
    expect(run.calls).toEqual([[1], [2, 3]]);
    await mapping.close();
  });

  test('1.3 batching window and payload: 6 MB do not wait', async () => {
    const run = runner({ MaximumBatchingWindowInSeconds: 60, BatchSize: 1_000 });
    write(run, 20, { note: { S: 'x'.repeat(400_000) } });
    const mapping = run.start();
    await run.clock.advance(300);
    expect(run.calls.map(({ length }) => length)).toEqual([15]);
    await mapping.close();
  });

  test('a batch that fills up during it is delivered then', async () => {
    const run = runner({ MaximumBatchingWindowInSeconds: 60, BatchSize: 3 });
    write(run, 2);
    const mapping = run.start();
    await run.clock.advance(10_000);
    write(run, 1);
    await run.clock.advance(300);
    expect(run.calls).toEqual([[1, 2, 3]]);
    await mapping.close();
  });
});

describe('FilterCriteria', () => {
  const only = (...patterns: object[]) => ({
    FilterCriteria: { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) },
  });

  test('1.3 filtered records: what no filter matches is passed over, and the checkpoint moves past it', async () => {
    const run = runner(only({ dynamodb: { Keys: { orderId: { S: [{ prefix: 'O' }] } } } }));
    for (const item of ['X1', 'O1', 'X2', 'O2', 'X3']) run.write(item);
    const mapping = run.start();
    await run.clock.advance(100);
    expect(run.calls).toEqual([[2, 4]]);
    expect(run.checkpoint()).toBe(5);
    await mapping.close();
  });

  test('1.3 FilterCriteria: one of several filters is enough; they see the whole record', async () => {
    const run = runner(
      only({ eventName: ['INSERT'] }, { dynamodb: { NewImage: { status: { S: ['SHIPPED'] } } } }),
    );
    run.write('A');
    run.write('B', { fields: { status: { S: 'SHIPPED' } } });
    const mapping = run.start();
    await run.clock.advance(100);
    expect(run.calls).toEqual([[2]]);
    await mapping.close();
  });

  test('1.3 filters see text for numbers: numeric finds none, and 300.0 is not 300', async () => {
    const amount = (N: unknown) => ({ dynamodb: { NewImage: { amount: { N } } } });
    const run = runner(only(amount([{ numeric: ['>', 0] }]), amount(['300'])));
    for (const N of ['300', '300.0', '3.0e2']) run.write('A', { fields: { amount: { N } } });
    const mapping = run.start();
    await run.clock.advance(100);
    expect(run.calls).toEqual([[1]]);
    await mapping.close();
  });

  test('1.3 exists looks at leaves: an attribute is there by its type, not by its name alone', async () => {
    const run = runner(only({ dynamodb: { NewImage: { note: { S: [{ exists: true }] } } } }));
    run.write('A');
    run.write('A', { fields: { note: { S: 'n' } } });
    const byName = runner(only({ dynamodb: { NewImage: { note: [{ exists: true }] } } }));
    byName.write('A', { fields: { note: { S: 'n' } } });
    const mappings = [run.start(), byName.start()];
    await run.clock.advance(100);
    await byName.clock.advance(100);
    expect([run.calls, byName.calls]).toEqual([[[2]], []]);
    for (const mapping of mappings) await mapping.close();
  });

  test('1.3 operators of filters: those of rules that mappings lack are refused, naming the mapping', () => {
    const lacking = [
      { wildcard: 'O*' },
      { 'anything-but': { prefix: 'O' } },
      { 'anything-but': { suffix: 'O' } },
    ];
    for (const operator of lacking) {
      const properties = only({ dynamodb: { Keys: { orderId: { S: [operator] } } } });
      expect(() => runner(properties).start()).toThrow(
        /event source mapping Mapping cannot be run: its filter is invalid/,
      );
    }
  });
});
