import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { type Bundle, bundleOf } from '../bundling.ts';
import type { Contestant, Operation, Subject } from './contestants.ts';
import type { Measured, Round } from './worker.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Where bundles and the worker go: plain JavaScript, with no loader between. */
export const workshop = () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'orders-bench-'));
  const worker = path.join(folder, 'worker.mjs');
  buildSync({ entryPoints: [WORKER], outfile: worker, bundle: true, platform: 'node', format: 'esm' });
  return {
    folder,
    worker,
    bundle: ({ name, entry, plain }: Contestant): Bundle =>
      bundleOf(entry, path.join(folder, `${name.replace(/\W+/g, '-')}.cjs`), plain),
  };
};

export interface Contender {
  contestant: Contestant;
  run: (operation: Operation, subjects: readonly Subject[]) => Promise<Measured>;
  end: () => void;
}

/** One contestant in a process of its own, so that its processor time is its own. */
export const startContender = async (
  contestant: Contestant,
  { worker, bundle }: { worker: string; bundle: string },
  env: Record<string, string>,
): Promise<Contender> => {
  const nowhere = openSync(devNull, 'w');
  const child: ChildProcess = fork(worker, [bundle, contestant.name], {
    env,
    execArgv: [],
    stdio: ['ignore', nowhere, 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${contestant.name} ended with ${String(code)}`);
  });
  ended.catch(() => undefined);
  const heard = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), ended]))[0];
  await heard();
  return {
    contestant,
    run: async (operation, subjects) => {
      const round: Round = { operation, subjects };
      child.send(round);
      const measured = (await heard()) as Measured;
      if (measured.error === undefined) return measured;
      throw new Error(`${contestant.name}, ${operation}: ${measured.error}`);
    },
    end: () => child.kill(),
  };
};
