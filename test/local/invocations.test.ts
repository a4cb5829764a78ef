import type { Invocation, Permissions } from '../../local/parts.ts';
import { fakeClock } from './support/clock.ts';
import { permissionsBut } from './support/permissions.ts';
import { answers, fails, startEdges, type Running } from './support/running.ts';
import { bucket, lambda, queue, queueArn } from './support/stack.ts';

let running: Running | undefined;
afterEach(() => running?.stop());

const minute = 60_000;

async function startWith(
  behaviour: () => Invocation,
  more: Parameters<typeof startEdges>[0],
  properties = {},
  permissions?: Permissions,
) {
  const clock = fakeClock();
  const edges = await startEdges([lambda('fn', properties), ...more], {
    clock,
    ...(permissions && { permissions }),
    functions: { fn: behaviour },
  });
  running = edges;
  const invoke = async (payload: unknown) => {
    const entry = edges.invocations.accepting('fn', payload);
    if (entry) await edges.journal.append(entry);
    await edges.invocations.idle();
  };
  return { edges, clock, invoke };
}

const config = (properties: object) => ({
  type: 'AWS::Lambda::EventInvokeConfig',
  name: 'config',
  properties: { FunctionName: 'fn', Qualifier: '$LATEST', ...properties },
});

describe('an asynchronous invocation', () => {
  test('that fails is made again after one and after two minutes, and then given up', async () => {
    const { edges, clock, invoke } = await startWith(() => fails(), []);
    await invoke({ n: 1 });
    expect(edges.calls).toHaveLength(1);
    await clock.advance(minute);
    expect(edges.calls).toHaveLength(2);
    await clock.advance(2 * minute - 1);
    expect(edges.calls).toHaveLength(2);
    await clock.advance(1);
    expect(edges.calls).toHaveLength(3);
    await clock.advance(60 * minute);
    expect(edges.calls).toHaveLength(3);
    expect(edges.warnings).toEqual([expect.stringContaining('dropped after 3 attempts')]);
    expect(edges.journal.compacted()).toEqual([]);
  });

  test('that is not entered uses up no retry, only its age', async () => {
    let busy = true;
    const { edges, clock, invoke } = await startWith(
      () => (busy ? { outcome: 'unreached', requestId: 'r', reason: 'throttled' } : answers(1)),
      [config({ MaximumRetryAttempts: 0 })],
    );
    await invoke({});
    await clock.advance(10_000);
    busy = false;
    await clock.advance(1_000);
    expect(edges.warnings).toEqual([]);
    expect(edges.journal.compacted()).toEqual([]);
  });

  test('given up goes to the function’s dead-letter queue and its destination', async () => {
    const { edges, invoke } = await startWith(
      () => fails('no'),
      [
        queue('dlq'),
        queue('failed'),
        config({
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: queueArn('failed') } },
        }),
      ],
      { DeadLetterConfig: { TargetArn: queueArn('dlq') } },
    );
    await invoke({ n: 1 });
    const [letter] = await edges.queues.receive('dlq', { max: 1 });
    expect(letter).toMatchObject({ body: '{"n":1}', attributes: { ErrorCode: '200', ErrorMessage: 'no' } });
    const [record] = await edges.queues.receive('failed', { max: 1 });
    expect(JSON.parse(record?.body ?? '')).toMatchObject({
      version: '1.0',
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      requestPayload: { n: 1 },
      responsePayload: { errorType: 'Error', errorMessage: 'no' },
    });
  });

  test('given up goes to a bucket where the template says so', async () => {
    const { edges, invoke } = await startWith(
      () => fails(),
      [
        bucket('failures'),
        config({
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } },
        }),
      ],
    );
    await invoke({});
    expect(edges.objects.list('failures').map(({ key }) => key)).toEqual([
      expect.stringMatching(/^aws\/lambda\/async\/fn\/2026\/11\/22\/2026-11-22T10\.00\.00-/),
    ]);
  });

  test('6.2 asynchronous failures: a place that the role may not write to gets none, and the warning says why', async () => {
    const failuresTo = (Destination: string) =>
      config({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination } } });
    for (const [destination, action, place] of [
      [queueArn('failed'), 'sqs:SendMessage', queue('failed')],
      ['arn:aws:s3:::failures', 's3:PutObject', bucket('failures')],
    ] as const) {
      const { permissions } = permissionsBut(new RegExp(action));
      const more = [place, failuresTo(destination)];
      const { edges, invoke } = await startWith(() => fails(), more, {}, permissions);
      await invoke({ n: 1 });
      expect(edges.warnings).toEqual([
        expect.stringContaining(`dropped after 1 attempts: may not: fn ${action} on ${destination}`),
      ]);
      expect(edges.journal.compacted()).toEqual([]);
      await edges.stop();
    }
  });

  test('that a crash cut off is made by the next run', async () => {
    const first = await startEdges([lambda('fn')], { functions: { fn: () => fails() }, clock: fakeClock() });
    await first.journal.append(first.invocations.accepting('fn', { n: 1 })!);
    await first.invocations.idle();
    await first.stop();
    for (const found of [first.journal.lines, first.journal.compacted()]) {
      const clock = fakeClock();
      const next = await startEdges([lambda('fn')], { functions: { fn: () => answers(1) }, clock, found });
      await clock.advance(minute);
      await next.invocations.idle();
      expect(next.calls).toEqual([{ name: 'fn', payload: { n: 1 } }]);
      expect(next.journal.compacted()).toEqual([]);
      await next.stop();
    }
  });
});
