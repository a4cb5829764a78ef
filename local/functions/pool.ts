import type { FunctionError, Job, Outcome, Sandbox } from './sandbox.ts';

export interface Pool {
  run(job: Job): Promise<Outcome>;
  /** Jobs that run or wait. */
  readonly inFlight: number;
  /** Starts a sandbox ahead of the first job; resolves when it is ready, or cannot be. */
  warm(): Promise<void>;
  /** New jobs get sandboxes started from now on. */
  renew(): void;
  close(): Promise<void>;
}

interface Waiting {
  job: Job;
  resolve: (outcome: Outcome) => void;
}

/** As many sandboxes as jobs at once, up to `most`; further jobs wait for one. */
export function createPool(start: () => Sandbox, most: number): Pool {
  const sandboxes = new Set<Sandbox>();
  let idle: Sandbox[] = [];
  let stale = new WeakSet<Sandbox>();
  const waiting: Waiting[] = [];
  let starting = 0;
  let inFlight = 0;
  let closed = false;

  const add = async (): Promise<void> => {
    starting += 1;
    const sandbox = start();
    sandboxes.add(sandbox);
    const error = await sandbox.ready;
    starting -= 1;
    if (error) unloadable(sandbox, error);
    else next(sandbox);
  };

  const unloadable = (sandbox: Sandbox, error: FunctionError) => {
    sandboxes.delete(sandbox);
    waiting.shift()?.resolve({ error });
    grow();
  };

  const grow = () => {
    while (!closed && waiting.length > starting && sandboxes.size < most) void add();
  };

  const next = (sandbox: Sandbox) => {
    if (sandbox.ended || stale.has(sandbox) || closed) {
      sandboxes.delete(sandbox);
      void sandbox.end();
      grow();
      return;
    }
    const first = waiting.shift();
    if (!first) {
      idle.push(sandbox);
      return;
    }
    void sandbox.run(first.job).then((outcome) => {
      first.resolve(outcome);
      next(sandbox);
    });
  };

  return {
    get inFlight() {
      return inFlight;
    },
    run: async (job) => {
      inFlight += 1;
      try {
        return await new Promise<Outcome>((resolve) => {
          waiting.push({ job, resolve });
          const free = idle.pop();
          if (free) next(free);
          else grow();
        });
      } finally {
        inFlight -= 1;
      }
    },
    warm: async () => {
      if (!closed && sandboxes.size === 0 && most > 0) await add();
    },
    renew: () => {
      stale = new WeakSet(sandboxes);
      const unused = idle;
      idle = [];
      for (const sandbox of unused) next(sandbox);
    },
    close: async () => {
      closed = true;
      const error = { errorType: 'Runtime.ExitError', errorMessage: 'The local runtime is closing' };
      for (const { resolve } of waiting.splice(0)) resolve({ error });
      await Promise.all([...sandboxes].map((sandbox) => sandbox.end()));
    },
  };
}
