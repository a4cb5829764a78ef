import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../local/clock.ts';
import { createFunctions, type LocalFunctions } from '../../../local/functions/functions.ts';
import { createLogGroups } from '../../../local/logs.ts';
import type { Invocation, LogGroups } from '../../../local/parts.ts';
import { functionMeter } from '../../../local/metrics/functions.ts';
import { createMetrics, type Metrics } from '../../../local/metrics/store.ts';
import { until } from '../support/clock.ts';
import { recordedJournal } from '../support/recorded-journal.ts';
import { functionArn, lambda, stackOf } from '../support/stack.ts';

let directory: string;
let functions: LocalFunctions;
let logs: LogGroups;
let metrics: Metrics;
/** For each invocation: the milliseconds after which a fault kills its copy. */
let diesAfter: number | undefined;

const write = (body: string) => writeFileSync(join(directory, 'index.js'), `exports.handler = ${body};\n`);

/** A function `f` whose handler is this expression. */
const running = (body: string, properties: Record<string, unknown> = {}) => {
  write(body);
  const stack = stackOf([lambda('f', { Handler: 'index.handler', Runtime: 'nodejs24.x', ...properties })]);
  logs = createLogGroups({ clock: systemClock, journal: recordedJournal() });
  metrics = createMetrics({ clock: systemClock, warn: () => undefined });
  functions = createFunctions({
    stack,
    codeOf: () => directory,
    awsUrl: 'http://127.0.0.1:1/_aws',
    logsOf: () => ({ ...logs, begin: () => undefined }),
    clock: systemClock,
    diesAfter: () => diesAfter,
    meter: functionMeter(metrics),
  });
};

const answer = async (payload: unknown = {}): Promise<unknown> => {
  const invocation = await functions.invoke('f', payload);
  if (invocation.outcome !== 'answered') throw new Error(JSON.stringify(invocation));
  return invocation.payload;
};
const error = (invocation: Invocation) => (invocation.outcome === 'failed' ? invocation.error : undefined);
const lines = () => logs.read('/aws/lambda/f').map(({ message }) => message);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'functions-'));
  diesAfter = undefined;
});

afterEach(async () => {
  await functions.close();
  rmSync(directory, { recursive: true });
});

test('answers by name and by ARN, and rejects for an unknown function', async () => {
  running('async (event) => ({ got: event.value })');
  expect(await answer({ value: 1 })).toEqual({ got: 1 });
  expect(await functions.invoke(functionArn('f'), { value: 2 })).toMatchObject({ payload: { got: 2 } });
  await expect(functions.invoke('g', {})).rejects.toThrow('Function not found: g');
});

test('nothing returned is null', async () => {
  running('async () => {}');
  expect(await answer()).toBeNull();
});

test("has the template's environment and Lambda's, and nothing of this process", async () => {
  process.env['OF_THE_RUNTIME'] = 'secret';
  running('async () => process.env', { Environment: { Variables: { TABLE: 'Orders' } }, MemorySize: 256 });
  const environment = await answer();
  delete process.env['OF_THE_RUNTIME'];
  expect(environment).toMatchObject({
    TABLE: 'Orders',
    AWS_REGION: 'eu-central-1',
    AWS_LAMBDA_FUNCTION_NAME: 'f',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/f',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1/_aws',
    AWS_ACCESS_KEY_ID: 'LOCAL-f',
    _X_AMZN_TRACE_ID: expect.stringMatching(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
    ) as string,
  });
  expect(environment).not.toHaveProperty('OF_THE_RUNTIME');
});

test('has the context object', async () => {
  running('async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() })', {
    Timeout: 9,
  });
  const invocation = await functions.invoke('f', {});
  const { payload } = invocation as { payload: { remaining: number } };
  expect(payload).toMatchObject({
    awsRequestId: invocation.requestId,
    functionName: 'f',
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn('f'),
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/f',
  });
  expect(payload.remaining).toBeGreaterThan(8_000);
  expect(payload.remaining).toBeLessThanOrEqual(9_000);
});

test('keeps its state from one invocation to the next', async () => {
  running('(() => { let count = 0; return async () => (count += 1); })()');
  expect([await answer(), await answer(), await answer()]).toEqual([1, 2, 3]);
});

test('what it throws is a failure in the form of Lambda', async () => {
  running("async () => { throw new TypeError('no'); }");
  expect(error(await functions.invoke('f', {}))).toEqual({
    errorType: 'TypeError',
    errorMessage: 'no',
    trace: expect.arrayContaining(['TypeError: no']) as string[],
  });
});

test('1.4 a timeout: the invocation has failed like one that threw, and the next one gets a new copy', async () => {
  running('(event) => event.hang ? new Promise(() => {}) : Promise.resolve("well")', { Timeout: 1 });
  const invocation = await functions.invoke('f', { hang: true });
  expect(error(invocation)).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${invocation.requestId} Error: Task timed out after 1.00 seconds`,
  });
  expect(lines().join()).toContain(`${invocation.requestId} Task timed out after 1.00 seconds`);
  expect(await answer()).toBe('well');
});

test('is ended at its timeout also when it never yields', async () => {
  running('(event) => { if (event.hang) for (;;); return Promise.resolve("well"); }', { Timeout: 1 });
  expect(error(await functions.invoke('f', { hang: true }))?.errorType).toBe('Sandbox.Timedout');
  expect(await answer()).toBe('well');
});

test.each([
  ['waits', 'never', 0],
  ['would have answered before', 'answers', 600_000],
  ['would have thrown before', 'throws', 600_000],
])(
  'given a fault that kills its copy, when it %s, then it fails, and the next one gets a new copy',
  async (_, what, after) => {
    running(
      `async ({ what }) => {
      if (what === 'never') await new Promise(() => {});
      if (what === 'throws') throw new Error('of its own');
      return 'well';
    }`,
    );
    diesAfter = after;
    const invocation = await functions.invoke('f', { what });
    expect(error(invocation)).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${invocation.requestId} Error: Runtime exited with error: exit status 137`,
    });
    diesAfter = undefined;
    expect(await answer()).toBe('well');
  },
);

test.each([
  [
    'an error nobody catches',
    'setTimeout(() => { throw new Error("late"); }); return new Promise(() => {})',
    'Error',
  ],
  [
    'a rejection nobody catches',
    'Promise.reject(new Error("late")); return new Promise(() => {})',
    'Runtime.UnhandledPromiseRejection',
  ],
  ['an exit', 'process.exit(3)', 'Runtime.ExitError'],
  ['too much memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(1.5))', 'Runtime.OutOfMemory'],
])('%s fails the invocation, and the next one gets a new copy', async (_, body, errorType) => {
  running(`(event) => { if (event.well) return Promise.resolve('well'); ${body} }`, { Timeout: 20 });
  expect(error(await functions.invoke('f', {}))?.errorType).toBe(errorType);
  expect(await answer({ well: true })).toBe('well');
});

test.each([
  ['a file that is not there', { Handler: 'other.handler' }, 'Runtime.ImportModuleError'],
  ['an export that is not there', { Handler: 'index.other' }, 'Runtime.HandlerNotFound'],
])('%s fails each invocation', async (_, properties, errorType) => {
  running('async () => 1', properties);
  expect(error(await functions.invoke('f', {}))?.errorType).toBe(errorType);
  expect(error(await functions.invoke('f', {}))?.errorType).toBe(errorType);
});

test('invocations at once run beside each other, in four copies at most', async () => {
  running(
    'async () => { await new Promise((r) => setTimeout(r, 50)); return require("node:worker_threads").threadId; }',
    { Timeout: 30 },
  );
  const threads = await Promise.all(Array.from({ length: 12 }, () => answer()));
  expect(new Set(threads).size).toBeGreaterThan(1);
  expect(new Set(threads).size).toBeLessThanOrEqual(4);
});

test('over its reserved concurrency it is not reached', async () => {
  running('() => new Promise((r) => setTimeout(r, 100, "done"))', { ReservedConcurrentExecutions: 1 });
  const first = functions.invoke('f', {});
  expect(await functions.invoke('f', {})).toMatchObject({
    outcome: 'unreached',
    reason: 'TooManyRequestsException: Rate Exceeded.',
  });
  expect(await first).toMatchObject({ outcome: 'answered', payload: 'done' });
});

test('more than 6 MB is neither taken nor given back', async () => {
  running('async (event) => "x".repeat(event.size)');
  expect(await functions.invoke('f', 'x'.repeat(6 * 1024 * 1024))).toMatchObject({
    outcome: 'unreached',
    reason: expect.stringContaining('RequestTooLargeException') as string,
  });
  expect(error(await functions.invoke('f', { size: 6_300_000 }))?.errorType).toBe(
    'Function.ResponseSizeTooLarge',
  );
  expect(await answer({ size: 6_200_000 })).toHaveLength(6_200_000);
});

test('what it prints is in its log group before its answer, in one stream per copy', async () => {
  running(
    'async (event, { awsRequestId }) => { console.log("one", { two: 2 }); process.stdout.write("raw\\n"); console.error("bad"); }',
  );
  const { requestId } = await functions.invoke('f', {});
  expect(lines()).toEqual([
    expect.stringMatching(new RegExp(`^\\d{4}-.*Z\t${requestId}\tINFO\tone \\{ two: 2 \\}$`)),
    'raw',
    expect.stringMatching(new RegExp(`\t${requestId}\tERROR\tbad$`)),
  ]);
  expect(logs.read('/aws/lambda/f')[0]?.stream).toMatch(/^\d{4}\/\d{2}\/\d{2}\/\[\$LATEST\][0-9a-f]{32}$/);
});

test('logs go to the group that the template names', async () => {
  running('async () => console.log("here")', { LoggingConfig: { LogGroup: '/own' } });
  await answer();
  expect(logs.read('/own')).toHaveLength(1);
});

test('reload: what runs ends on the old code, what comes next runs the new', async () => {
  running(
    'async (event) => { if (event.wait) { console.log("begun"); await new Promise((r) => setTimeout(r, 50)); } return "old"; }',
  );
  const before = functions.invoke('f', { wait: true });
  await until(() => lines().length > 0, 'it has begun');
  write('async () => "new"');
  functions.reload();
  expect(await before).toMatchObject({ payload: 'old' });
  expect(await answer()).toBe('new');
});

test('a function that computes does not block this process', async () => {
  running('async () => { const end = Date.now() + 300; while (Date.now() < end); }');
  await functions.warm();
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 5);
  await answer();
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
});

test('counts invocations, errors, throttles and how long they ran, for the function, as it was invoked, and for all', async () => {
  running(
    'async ({ bad }) => { if (bad) throw new Error("bad"); await new Promise((done) => setTimeout(done, 30)); }',
    {
      ReservedConcurrentExecutions: 1,
    },
  );
  const first = functions.invoke('f', {});
  expect((await functions.invoke('f', {})).outcome).toBe('unreached');
  await first;
  await functions.invoke('f', { bad: true });
  const of = (name: string, dimensions: Record<string, string> = { FunctionName: 'f' }) => {
    const { sum, count, max } =
      metrics.between(
        { namespace: 'AWS/Lambda', name, dimensions },
        thisMinute() - 60_000,
        thisMinute() + 60_000,
      ) ?? {};
    return { sum, count, max };
  };
  expect(of('Invocations')).toMatchObject({ sum: 2, count: 2 });
  expect(of('Errors')).toMatchObject({ sum: 1, count: 2 });
  expect(of('Throttles')).toMatchObject({ sum: 1, count: 3 });
  expect(of('ConcurrentExecutions')).toMatchObject({ max: 1, count: 2 });
  expect(of('Duration').count).toBe(2);
  expect(of('Duration').max).toBeGreaterThan(20);
  expect(of('Errors', { FunctionName: 'f', Resource: 'f' })).toMatchObject({ sum: 1 });
  expect(of('Errors', {})).toMatchObject({ sum: 1 });
});

const thisMinute = () => systemClock.now() - (systemClock.now() % 60_000);
