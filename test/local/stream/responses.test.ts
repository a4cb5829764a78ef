import { failures, runner } from '../support/stream.ts';

// reliability.md 1.4: what each answer means for a batch of three, and what is delivered next.
const once = (answer: unknown, properties: Record<string, unknown> = {}) => {
  const run = runner(properties);
  run.state.answer = (sequences, attempt) =>
    attempt > 1
      ? null
      : typeof answer === 'function'
        ? (answer as (s: string[]) => unknown)(sequences)
        : answer;
  for (const item of ['A', 'B', 'C']) run.write(item);
  return run;
};

const delivered = async (run: ReturnType<typeof once>) => {
  const mapping = run.start();
  await run.clock.advance(5_000);
  await mapping.close();
  return run.calls;
};

describe('complete success: nothing is delivered again', () => {
  test.each([
    ['null', null],
    ['an empty object', {}],
    ['an empty string', ''],
    ['no failures', { batchItemFailures: [] }],
    ['null for the failures', { batchItemFailures: null }],
    ['a misspelled name at the top', { failedItems: [{ itemIdentifier: '1' }] }],
  ])('%s', async (_, answer) => {
    const run = once(answer);
    expect(await delivered(run)).toEqual([[1, 2, 3]]);
    expect(run.checkpoint()).toBe(3);
  });
});

describe('complete failure: the whole batch is delivered again', () => {
  test.each([
    ['an empty identifier', failures('')],
    ['a null identifier', failures(null)],
    ['a wrong name of the identifier', { batchItemFailures: [{ identifier: '1' }] }],
    ['an identifier that is not in the batch', failures('123')],
    ['a good identifier and a bad one', (s: string[]) => failures(s[1], 'bad')],
    ['failures that are no list', { batchItemFailures: 'all' }],
    [
      'a thrown error',
      () => {
        throw new Error('down');
      },
    ],
  ])('%s', async (_, answer) => {
    expect(await delivered(once(answer))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });
});

describe('partial: from the lowest failed record on', () => {
  test('what is before it is done and not delivered again', async () => {
    const run = once((s: string[]) => failures(s[1]));
    expect(await delivered(run)).toEqual([
      [1, 2, 3],
      [2, 3],
    ]);
  });

  test.each([
    [2, 1],
    [1, 2],
  ])(
    'the lowest counts in whatever order (%i, %i), and what is after it is delivered again',
    async (...order) => {
      const run = once((s: string[]) => failures(...order.map((index) => s[index])));
      expect(await delivered(run)).toEqual([
        [1, 2, 3],
        [2, 3],
      ]);
    },
  );

  test('the checkpoint is the record before it, also while the rest fails', async () => {
    const run = runner();
    for (const item of ['A', 'B', 'C']) run.write(item);
    run.state.answer = (sequences) => failures(sequences.at(-1));
    const mapping = run.start();
    await run.clock.advance(1_000);
    expect(run.checkpoint()).toBe(2);
    await mapping.close();
  });
});

test('without ReportBatchItemFailures the answer is not looked at', async () => {
  const run = once((s: string[]) => failures(s[0]), { FunctionResponseTypes: [] });
  expect(await delivered(run)).toEqual([[1, 2, 3]]);
});
