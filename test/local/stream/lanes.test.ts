import { runner, unreached } from '../support/stream.ts';

const itemOf = (record: { dynamodb: { Keys: Record<string, unknown> } } | undefined) =>
  (record?.dynamodb.Keys['orderId'] as { S: string } | undefined)?.S ?? '';

test('1.3 ParallelizationFactor: changes of one item are delivered in their order, one batch at a time, whatever the parallelization', async () => {
  const run = runner({ ParallelizationFactor: 10, BatchSize: 1 });
  const order: string[] = [];
  const open = new Set<string>();
  run.state.answer = async (_, attempt, records) => {
    const item = itemOf(records[0]);
    expect(open.has(item)).toBe(false);
    open.add(item);
    await run.clock.sleep(attempt % 7);
    open.delete(item);
    order.push(`${item} ${records[0]?.dynamodb.SequenceNumber ?? ''}`);
    return null;
  };
  for (let number = 0; number < 60; number += 1) run.write(`I${number % 6}`);
  const mapping = run.start();
  await run.clock.advance(5_000);
  expect(order).toHaveLength(60);
  for (const item of ['I0', 'I1', 'I2', 'I3', 'I4', 'I5']) {
    const ofItem = order.filter((each) => each.startsWith(item));
    expect(ofItem).toEqual([...ofItem].sort());
  }
  expect(run.state.mostAtOnce).toBeGreaterThan(1);
  await mapping.close();
});

test('1.3 no parallelization: one batch runs at a time', async () => {
  const run = runner({ BatchSize: 2 });
  for (let number = 0; number < 10; number += 1) run.write(`I${number}`);
  run.state.answer = async () => {
    await run.clock.sleep(10);
    return null;
  };
  const mapping = run.start();
  await run.clock.advance(1_000);
  expect(run.state.mostAtOnce).toBe(1);
  expect(run.calls).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
    [9, 10],
  ]);
  await mapping.close();
});

test('1.7 lanes: a stuck item does not hold up the others, and the checkpoint stays before it', async () => {
  const run = runner({ ParallelizationFactor: 10 });
  run.state.answer = (_, __, records) => {
    if (records.some((record) => itemOf(record) === 'bad')) throw new Error('poison');
    return null;
  };
  run.write('good-0');
  run.write('bad');
  for (let number = 1; number < 40; number += 1) run.write(`good-${number}`);
  const mapping = run.start();
  await run.clock.advance(1_000);
  const delivered = new Set(run.calls.filter((call) => !call.includes(2)).flat());
  // The lane of the bad item holds some of the others.
  expect(delivered.size).toBeGreaterThan(30);
  expect(run.checkpoint()).toBe(1);
  await mapping.close();
});

test('1.7 order within a lane: nothing runs before what is in front of it is settled', async () => {
  const run = runner({ BatchSize: 1 });
  run.write('A');
  run.write('B');
  run.state.answer = (_, attempt) => (attempt < 3 ? unreached : null);
  const mapping = run.start();
  await run.clock.advance(10_000);
  expect(run.calls).toEqual([[1], [1], [1], [2]]);
  await mapping.close();
});
