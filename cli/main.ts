import { EXIT } from './command.ts';
import { orders } from './orders.ts';

// The SDK's note on Node 20, in front of every answer.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

// Who reads no further, as `head` does, has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

const interrupting = new AbortController();
let interruptedAt = Infinity;
process.on('SIGINT', () => {
  // The terminal and npm may both pass on the same Ctrl-C; a second one does not wait for what is in hand.
  if (Date.now() - interruptedAt > 1_000) process.exit(EXIT.interrupted);
  interruptedAt = Math.min(interruptedAt, Date.now());
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
