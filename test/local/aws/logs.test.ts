import { systemClock } from '../../../local/clock.ts';
import { startEdges } from '../support/running.ts';

describe('given more lines than the limit of what is asked of the logs', () => {
  const group = { logGroupName: 'g' };
  let running: Awaited<ReturnType<typeof startEdges>>;
  beforeEach(async () => {
    running = await startEdges([], { clock: { ...systemClock, now: () => 1_000 } });
    for (const line of ['ERROR 1', 'ERROR 2', 'ERROR 3']) running.logs.write('g', 'rare', line);
    for (let n = 0; n < 30; n += 1) running.logs.write('g', 'usual', `INFO ${n}`);
  });
  afterEach(() => running.stop());
  const call = async (operation: string, input: object) => {
    const response = await fetch(`${running.url}/_aws/`, {
      method: 'POST',
      headers: { 'x-amz-target': `Logs_20140328.${operation}` },
      body: JSON.stringify({ ...group, ...input }),
    });
    const { events = [], ...rest } = (await response.json()) as {
      events?: { message: string }[];
      nextToken?: string;
      nextForwardToken?: string;
      nextBackwardToken?: string;
      __type?: string;
    };
    return { ...rest, messages: events.map(({ message }) => message) };
  };

  test('when the matches are older than the newest of that number, then they are found', async () => {
    const errors = ['ERROR 1', 'ERROR 2', 'ERROR 3'];
    expect(await call('FilterLogEvents', { filterPattern: 'ERROR', limit: 20 })).toEqual({
      messages: errors,
      searchedLogStreams: [],
    });
    const byStream = await call('FilterLogEvents', { logStreamNames: ['rare'], limit: 20 });
    expect(byStream.messages).toEqual(errors);
    expect((await call('GetLogEvents', { logStreamName: 'rare', limit: 20 })).messages).toEqual(errors);
  });

  test('when pages are asked for, then the earliest come first and none twice, though of one millisecond', async () => {
    const first = await call('FilterLogEvents', { filterPattern: 'ERROR', limit: 2 });
    expect(first.messages).toEqual(['ERROR 1', 'ERROR 2']);
    running.logs.write('g', 'rare', 'ERROR 4');
    const rest = { filterPattern: 'ERROR', limit: 2, nextToken: first.nextToken };
    const second = await call('FilterLogEvents', rest);
    expect(second.messages).toEqual(['ERROR 3', 'ERROR 4']);
    expect(second.nextToken).toBeUndefined();
  });

  test('when the lines before a token are gone meanwhile, then none of those that came since is left out', async () => {
    const after = { filterPattern: 'ERROR', limit: 2, nextToken: '900/3' };
    expect((await call('FilterLogEvents', after)).messages).toEqual(['ERROR 1', 'ERROR 2']);
  });

  test('when a stream is read to and fro, then from its newest lines, and its tokens go on from there', async () => {
    const of = { logStreamName: 'rare', limit: 2 };
    const newest = await call('GetLogEvents', of);
    expect(newest.messages).toEqual(['ERROR 2', 'ERROR 3']);
    const before = await call('GetLogEvents', { ...of, nextToken: newest.nextBackwardToken });
    expect(before.messages).toEqual(['ERROR 1']);
    expect((await call('GetLogEvents', { ...of, startFromHead: true })).messages).toEqual([
      'ERROR 1',
      'ERROR 2',
    ]);
    const end = await call('GetLogEvents', { ...of, nextToken: newest.nextForwardToken });
    expect(end).toMatchObject({ messages: [], nextForwardToken: newest.nextForwardToken });
    running.logs.write('g', 'rare', 'ERROR 4');
    const later = await call('GetLogEvents', { ...of, nextToken: end.nextForwardToken });
    expect(later.messages).toEqual(['ERROR 4']);
  });

  test.each([{ limit: 0 }, { limit: 10_001 }, { limit: 1.5 }, { nextToken: 'x' }])(
    'when %j is asked, then it is refused',
    async (input) => {
      expect((await call('FilterLogEvents', input)).__type).toBe('InvalidParameterException');
    },
  );
});
