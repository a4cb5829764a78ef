'use strict';
// Runs in a worker thread, as AWS's Node.js runtime does in its sandbox; plain JavaScript, since threads have no loader.
const { existsSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const { format } = require('node:util');
const { parentPort, workerData } = require('node:worker_threads');

const { directory, handler, context, ahead } = workerData;
let current;

const machineNow = Date.now;
if (ahead !== undefined) {
  // Over the real one, not beside it: dates that Node itself makes are of the same class.
  Date.now = () => machineNow() + ahead[0];
  Date.prototype.constructor = new Proxy(Date, {
    construct: (real, given, made) =>
      Reflect.construct(real, given.length === 0 ? [real.now()] : given, made),
    apply: (real) => new real(real.now()).toString(),
  });
  globalThis.Date = Date.prototype.constructor;
}

// By message, so that a line is never behind the answer that it precedes.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, encoding, done) => {
    parentPort.postMessage({ is: 'printed', text: String(chunk) });
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
}

const print = (level, text) => {
  const requestId = current === undefined ? 'undefined' : current.requestId;
  process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${text}\n`);
};
const levels = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };
for (const [method, level] of Object.entries(levels))
  console[method] = (...args) => print(level, format(...args));

const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

async function load() {
  const dot = handler.lastIndexOf('.');
  const file = handler.slice(0, dot);
  const found = ['.js', '.mjs', '.cjs']
    .map((end) => `${directory}/${file}${end}`)
    .find((path) => existsSync(path));
  if (found === undefined) {
    throw Object.assign(new Error(`Cannot find module '${file}'`), { name: 'Runtime.ImportModuleError' });
  }
  const module = await import(pathToFileURL(found).href);
  const name = handler.slice(dot + 1);
  const function_ = module[name] ?? module.default?.[name];
  if (typeof function_ === 'function') return function_;
  throw Object.assign(new Error(`${handler} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
}

async function run(function_, { requestId, payload, deadline, traceId }) {
  process.env._X_AMZN_TRACE_ID = traceId;
  const result = await function_(JSON.parse(payload), {
    ...context,
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - machineNow()),
  });
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw Object.assign(new Error('Unable to stringify response body'), { name: 'Runtime.MarshalError' });
  }
}

process.on('unhandledRejection', (reason) => {
  throw Object.assign(reason instanceof Error ? reason : new Error(String(reason)), {
    name: 'Runtime.UnhandledPromiseRejection',
  });
});

load().then(
  (function_) => {
    parentPort.on('message', async (invocation) => {
      current = invocation;
      try {
        parentPort.postMessage({ is: 'answered', payload: await run(function_, invocation) });
      } catch (error) {
        const described = describe(error);
        print(
          'ERROR',
          `Invoke Error \t${JSON.stringify({ ...described, stack: described.trace, trace: undefined })}`,
        );
        parentPort.postMessage({ is: 'failed', error: described });
      }
    });
    parentPort.postMessage({ is: 'ready' });
  },
  (error) => parentPort.postMessage({ is: 'unloadable', error: describe(error) }),
);
