import { runner } from '../support/stream.ts';

const write = (run: ReturnType<typeof runner>, count: number, fields: object = {}) => {
  for (let number = 0; number < count; number += 1) run.write(`I${number}`, { fields });
};

test('BatchSize is the most records of an invocation; 100 when the template names none', async () => {
  const run = runner();
  write(run, 250);
  const mapping = run.start();
  await run.clock.advance(100);
  expect(run.calls.map(({ length }) => length)).toEqual([100, 100, 50]);
  await mapping.close();
});

test('an invocation carries at most 6 MB', async () => {
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

test('without a window a record is delivered at once when a write wakes the mapping', async () => {
  const run = runner();
  const mapping = run.start();
  await run.clock.advance(1_000);
  run.write('A');
  mapping.wake();
  await run.clock.advance(0);
  expect(run.calls).toEqual([[1]]);
  await mapping.close();
});

test('and within 250 ms when nothing wakes it', async () => {
  const run = runner();
  const mapping = run.start();
  await run.clock.advance(1_000);
  run.write('A');
  await run.clock.advance(250);
  expect(run.calls).toEqual([[1]]);
  await mapping.close();
});

describe('MaximumBatchingWindowInSeconds', () => {
  test('records are collected until the window is over', async () => {
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

  test('a full batch does not wait for it', async () => {
    const run = runner({ MaximumBatchingWindowInSeconds: 60, BatchSize: 3 });
    write(run, 3);
    const mapping = run.start();
    await run.clock.advance(300);
    expect(run.calls).toEqual([[1, 2, 3]]);
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

  test('what no filter matches is passed over, and the checkpoint moves past it', async () => {
    const run = runner(only({ dynamodb: { Keys: { orderId: { S: [{ prefix: 'O' }] } } } }));
    for (const item of ['X1', 'O1', 'X2', 'O2', 'X3']) run.write(item);
    const mapping = run.start();
    await run.clock.advance(100);
    expect(run.calls).toEqual([[2, 4]]);
    expect(run.checkpoint()).toBe(5);
    await mapping.close();
  });

  test('one of several filters is enough; they see the whole record', async () => {
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

  test('an invalid filter is refused at start, naming the mapping', () => {
    const wildcard = only({ dynamodb: { Keys: { orderId: { S: [{ wildcard: 'O*' }] } } } });
    expect(() => runner(wildcard).start()).toThrow(
      /event source mapping Mapping cannot be run: its filter is invalid/,
    );
  });
});
