import { EXIT } from './command.ts';
import { orders } from './orders.ts';

// The SDK's note on Node 20, in front of every answer.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const interrupting = new AbortController();
// The first ends what is in hand, the second does not wait for it.
process.on('SIGINT', () => {
  if (interrupting.signal.aborted) process.exit(EXIT.interrupted);
  interrupting.abort();
});

const pause = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
    if (signal?.aborted) done();
  });

const context = { interrupted: interrupting.signal, now: () => Date.now(), pause };
process.exitCode = await orders(process.argv.slice(2), process, context);
