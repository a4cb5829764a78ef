import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runSeed, type RunSetting, type SeedResult } from './run-seed.ts';

/** Runs one seed at a time. */
export interface Runner {
  run: (seed: number) => Promise<SeedResult>;
  end: () => void;
}

/** What a process is sent. */
export interface Task {
  seed: number;
  setting: RunSetting;
}

const here = (setting: RunSetting): Runner => ({
  run: async (seed) => {
    // Lets Node do what it owes to signals and the terminal: a run leaves it no time.
    await new Promise((resolve) => setImmediate(resolve));
    return await runSeed(seed, setting);
  },
  end: () => undefined,
});

const inAnotherProcess = (setting: RunSetting): Runner => {
  const child = fork(fileURLToPath(new URL('./runner-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  return {
    run: (seed) =>
      new Promise((resolve, reject) => {
        const ended = (code: number | null) => reject(new Error(`Seed ${seed} ended its process: ${code}`));
        child.once('exit', ended);
        child.once('message', (result: SeedResult) => {
          child.off('exit', ended);
          resolve(result);
        });
        child.send({ seed, setting } satisfies Task);
      }),
    end: () => void child.kill(),
  };
};

export const startRunners = (workers: number, setting: RunSetting): Runner[] =>
  workers === 1 ? [here(setting)] : Array.from({ length: workers }, () => inAnotherProcess(setting));

const AHEAD_PER_RUNNER = 8;

/** The results in the order of the seeds, whichever runner was the quicker. */
export async function* inOrder(runners: Runner[], from: number, last: number): AsyncGenerator<SeedResult> {
  const idle = [...runners];
  const waiting: ((runner: Runner) => void)[] = [];
  const run = async (seed: number): Promise<SeedResult> => {
    const runner = idle.pop() ?? (await new Promise<Runner>((resolve) => waiting.push(resolve)));
    try {
      return await runner.run(seed);
    } finally {
      const next = waiting.shift();
      if (next) next(runner);
      else idle.push(runner);
    }
  };
  const ahead: Promise<SeedResult>[] = [];
  try {
    for (let seed = from; ;) {
      while (seed <= last && ahead.length < runners.length * AHEAD_PER_RUNNER) {
        const result = run(seed);
        // It is thrown in its turn, which may never come.
        result.catch(() => undefined);
        ahead.push(result);
        seed += 1;
      }
      const next = ahead.shift();
      if (!next) return;
      yield await next;
    }
  } finally {
    // Who has seen enough wants no more runs.
    waiting.length = 0;
  }
}
