import { failures, runner } from '../support/stream.ts';

// What each answer means for a batch of three, and what is delivered next: docs/local-aws.md, 1.4.
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

describe('complete success', () => {
  test.each([
    ['null', null],
    ['an empty object', {}],
    ['an empty string', ''],
    ['no failures', { batchItemFailures: [] }],
    ['null for the failures', { batchItemFailures: null }],
    ['a misspelled name at the top', { failedItems: [{ itemIdentifier: '1' }] }],
  ])('1.4 %s: nothing is delivered again', async (_, answer) => {
    const run = once(answer);
    expect(await delivered(run)).toEqual([[1, 2, 3]]);
    expect(run.checkpoint()).toBe(3);
  });
});

describe('complete failure', () => {
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
  ])('1.4 %s: the whole batch is delivered again', async (_, answer) => {
    expect(await delivered(once(answer))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });
});

describe('partial: from the lowest failed record on', () => {
  test('1.4 partial failure: what is before the record is done and not delivered again', async () => {
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
    '1.4 several failures: the lowest counts in whatever order (%i, %i), and what is after it is delivered again',
    async (...order) => {
      const run = once((s: string[]) => failures(...order.map((index) => s[index])));
      expect(await delivered(run)).toEqual([
        [1, 2, 3],
        [2, 3],
      ]);
    },
  );

  test('1.4 checkpoint of a partial failure: it is the record before, also while the rest fails', async () => {
    const run = runner();
    for (const item of ['A', 'B', 'C']) run.write(item);
    run.state.answer = (sequences) => failures(sequences.at(-1));
    const mapping = run.start();
    await run.clock.advance(1_000);
    expect(run.checkpoint()).toBe(2);
    await mapping.close();
  });
});

test('1.4 ReportBatchItemFailures not enabled: the answer is not looked at', async () => {
  const run = once((s: string[]) => failures(s[0]), { FunctionResponseTypes: [] });
  expect(await delivered(run)).toEqual([[1, 2, 3]]);
});
