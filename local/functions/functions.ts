import { randomBytes, randomUUID } from 'node:crypto';
import type { FunctionMeter } from '../metrics/functions.ts';
import type { Clock, Functions, Invocation, Resource, Stack } from '../parts.ts';
import type { FunctionLogs } from '../permitted.ts';
import { createPool, type Pool } from './pool.ts';
import { startSandbox, type Outcome } from './sandbox.ts';
import { environmentOf, settingsOf, type FunctionSettings } from './settings.ts';

export interface LocalFunctions extends Functions {
  /** Starts a copy of each ahead of its first invocation, in the template's order; resolves when all are ready. */
  warm(): Promise<void>;
}

interface Running {
  settings: FunctionSettings;
  pool: Pool;
}

// Lambda's limits of synchronous invocations, in bytes.
const maxRequest = 6 * 1024 * 1024;
const maxResponse = 6_291_556;
const copiesAtMost = 4;

/** The template's functions, each in threads of its own. */
export function createFunctions(options: {
  stack: Stack;
  codeOf: (function_: Resource) => string;
  awsUrl: string;
  /** Where a function's lines go. */
  logsOf: (functionName: string) => FunctionLogs;
  clock: Clock;
  /** By how much the functions' time is ahead of the machine's, in milliseconds. */
  ahead?: Float64Array;
  /** After how many milliseconds the copy that runs it dies; undefined for not at all. Asked for each invocation. */
  diesAfter?: (name: string) => number | undefined;
  meter?: FunctionMeter;
}): LocalFunctions {
  const { stack, codeOf, awsUrl, logsOf, clock, ahead, diesAfter = () => undefined, meter } = options;
  const functions = new Map<string, Running>();
  for (const resource of stack.ofType('AWS::Lambda::Function')) {
    const settings = settingsOf(resource);
    const directory = codeOf(resource);
    const most = Math.min(settings.reservedConcurrency ?? copiesAtMost, copiesAtMost);
    const logs = logsOf(settings.name);
    functions.set(settings.name, {
      settings,
      pool: createPool(() => sandbox(settings, directory, logs), most),
    });
  }

  const sandbox = (settings: FunctionSettings, directory: string, logs: FunctionLogs) => {
    const { name, arn, handler, timeoutSeconds, memoryMb, logGroup } = settings;
    const date = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${date}/[$LATEST]${randomBytes(16).toString('hex')}`;
    return startSandbox({
      directory,
      handler,
      timeoutSeconds,
      memoryMb,
      ahead,
      environment: environmentOf(settings, stack, { awsUrl, directory, logStream }),
      context: {
        functionName: name,
        functionVersion: '$LATEST',
        invokedFunctionArn: arn,
        memoryLimitInMB: String(memoryMb),
        logGroupName: logGroup,
        logStreamName: logStream,
      },
      print: (text) => {
        for (const line of text.split('\n')) if (line !== '') logs.write(logGroup, logStream, line);
      },
      begun: () => {
        logs.begin(logGroup, logStream);
        const at = clock.now();
        return () => meter?.ran(name, at, clock.now() - at);
      },
    });
  };

  const named = (function_: string): Running => {
    const name = function_.replace(/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/, '').replace(/:\$LATEST$/, '');
    const found = functions.get(name);
    if (!found) throw new Error(`Function not found: ${function_}`);
    return found;
  };

  return {
    invoke: async (function_, payload) => {
      const { settings, pool } = named(function_);
      const requestId = randomUUID();
      const { reservedConcurrency = Infinity } = settings;
      if (pool.inFlight >= reservedConcurrency) {
        meter?.throttled(settings.name);
        return { outcome: 'unreached', requestId, reason: 'TooManyRequestsException: Rate Exceeded.' };
      }
      const text = JSON.stringify(payload ?? null);
      if (Buffer.byteLength(text) > maxRequest) {
        const reason = `RequestTooLargeException: Request must be smaller than ${maxRequest} bytes for the InvokeFunction operation`;
        return { outcome: 'unreached', requestId, reason };
      }
      const at = clock.now();
      const concurrent = pool.inFlight + 1;
      const job = { requestId, payload: text, traceId: traceId(clock), diesAfter: diesAfter(settings.name) };
      const invocation = invocationOf(requestId, await pool.run(job));
      meter?.invoked(settings.name, { at, failed: invocation.outcome === 'failed', concurrent });
      return invocation;
    },
    names: () => [...functions.keys()],
    reload: () => {
      for (const { pool } of functions.values()) pool.renew();
    },
    warm: async () => {
      // One after the other, so that the first is not held up by all.
      for (const { pool } of functions.values()) await pool.warm();
    },
    close: async () => {
      await Promise.all([...functions.values()].map(({ pool }) => pool.close()));
    },
  };
}

function invocationOf(requestId: string, outcome: Outcome): Invocation {
  if ('error' in outcome) return { outcome: 'failed', requestId, error: outcome.error };
  if (Buffer.byteLength(outcome.payload) > maxResponse) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxResponse} bytes).`;
    return {
      outcome: 'failed',
      requestId,
      error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage },
    };
  }
  return { outcome: 'answered', requestId, payload: JSON.parse(outcome.payload) };
}

function traceId(clock: Clock): string {
  const seconds = Math.floor(clock.now() / 1000).toString(16);
  const hex = randomBytes(20).toString('hex');
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${hex.slice(24)};Sampled=0`;
}
