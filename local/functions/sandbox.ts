import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export type Outcome = { payload: string } | { error: FunctionError };

export interface Job {
  requestId: string;
  /** JSON. */
  payload: string;
  traceId: string;
  /** The copy dies after so many milliseconds, or with its answer unsent where it would have answered before. */
  diesAfter: number | undefined;
}

/** One copy of a function: one job at a time, state kept from one to the next. */
export interface Sandbox {
  /** Resolves when the code is loaded, or with why it cannot be. */
  ready: Promise<FunctionError | undefined>;
  run(job: Job): Promise<Outcome>;
  /** A sandbox whose job crashed or timed out takes no more. */
  readonly ended: boolean;
  end(): Promise<void>;
}

export interface SandboxOptions {
  directory: string;
  handler: string;
  environment: Record<string, string>;
  context: Record<string, unknown>;
  timeoutSeconds: number;
  memoryMb: number;
  /** By how much the copy's time is ahead of the machine's; it reads this as it goes. */
  ahead: Float64Array | undefined;
  print: (text: string) => void;
  /** Called when a job begins; what it gives is called when the job ends. */
  begun?: () => () => void;
}

type Message =
  | { is: 'ready' }
  | { is: 'printed'; text: string }
  | { is: 'unloadable' | 'failed'; error: FunctionError }
  | { is: 'answered'; payload: string };

const initSeconds = 10;

export function startSandbox(options: SandboxOptions): Sandbox {
  const { directory, handler, environment, context, timeoutSeconds, memoryMb, ahead, print, begun } = options;
  const worker = new Worker(fileURLToPath(new URL('./worker.cjs', import.meta.url)), {
    workerData: { directory, handler, context, ahead },
    env: environment,
    // Not the TypeScript loader that this process may run under: it would double the start of each.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    stdout: true,
    stderr: true,
  });
  let ended = false;
  let loaded: (error: FunctionError | undefined) => void;
  let settle: ((outcome: Outcome) => void) | undefined;
  let requestId = '';
  let doomed = false;
  const ready = new Promise<FunctionError | undefined>((resolve) => (loaded = resolve));

  const finish = (outcome: Outcome) => {
    settle?.(outcome);
    settle = undefined;
  };
  const die = (error: FunctionError) => {
    if (ended) return;
    ended = true;
    clearTimeout(initTimer);
    loaded(error);
    finish({ error });
    void worker.terminate();
  };
  const initTimer = setTimeout(() => {
    die({
      errorType: 'Sandbox.Timedout',
      errorMessage: `Init timed out after ${initSeconds.toFixed(2)} seconds`,
    });
  }, initSeconds * 1000);

  worker.on('message', (message: Message) => {
    switch (message.is) {
      case 'printed':
        print(message.text);
        break;
      case 'ready':
        clearTimeout(initTimer);
        loaded(undefined);
        break;
      case 'unloadable':
        die(message.error);
        break;
      case 'answered':
        if (doomed) die(exited(137));
        else finish({ payload: message.payload });
        break;
      case 'failed':
        if (doomed) die(exited(137));
        else finish({ error: message.error });
    }
  });
  worker.on('error', (error) => {
    const memory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    const trace = error.stack?.split('\n') ?? [];
    die(
      memory
        ? {
            errorType: 'Runtime.OutOfMemory',
            errorMessage: `RequestId: ${requestId} Error: Runtime ran out of memory`,
          }
        : { errorType: error.name, errorMessage: error.message, trace },
    );
  });
  const exited = (code: number): FunctionError => ({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`,
  });
  worker.on('exit', (code) => die(exited(code)));

  return {
    ready,
    get ended() {
      return ended;
    },
    run: (job) =>
      new Promise((resolve) => {
        requestId = job.requestId;
        doomed = job.diesAfter !== undefined;
        const timer = setTimeout(() => {
          const words = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
          print(`${new Date().toISOString()} ${requestId} ${words}\n\n`);
          die({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${words}` });
        }, timeoutSeconds * 1000);
        const death =
          job.diesAfter === undefined ? undefined : setTimeout(() => die(exited(137)), job.diesAfter);
        const over = begun?.();
        settle = (outcome) => {
          over?.();
          clearTimeout(timer);
          clearTimeout(death);
          resolve(outcome);
        };
        worker.postMessage({ ...job, deadline: Date.now() + timeoutSeconds * 1000 });
      }),
    end: async () => {
      die({ errorType: 'Runtime.ExitError', errorMessage: 'The local runtime ended the function' });
      await worker.terminate();
    },
  };
}
