import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../support/system.ts';

/** The local system on one directory and one port: a process group of its own, and its engine in another. */
export interface Runtime {
  /** Its address, once it is ready. */
  start: () => Promise<string>;
  /** As Ctrl-C does; gives its exit code. */
  stop: () => Promise<number | null>;
  /** The whole group. */
  kill: () => Promise<void>;
  killEngine: () => Promise<void>;
  /** Starts it and kills it after this share of the time that its last start took. */
  killStarting: (share: number) => Promise<void>;
  /** Of the runtime, and of its engine. */
  pids: () => number[];
  /** Throws when it has ended by itself. */
  check: () => void;
  /** Whatever still runs. */
  end: () => void;
}

const KEPT_OF_STDERR = 4_000;
const RETRY_MS = 5;

export const runtimeOn = (directory: string): Runtime => {
  let port = '0';
  let child: ChildProcess | undefined;
  let printed = { out: '', err: '' };
  let ended = '';
  let startedWithin = 0;

  const spawned = (): ChildProcess => {
    const given = ['--port', port, '--data-dir', directory, '--quiet'];
    const started = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts', ...given], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    printed = { out: '', err: '' };
    started.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()));
    started.stderr.on('data', (chunk: Buffer) => {
      printed.err = (printed.err + chunk.toString()).slice(-KEPT_OF_STDERR);
    });
    started.once('exit', (code) => {
      if (child === started) ended = `The runtime ended by itself with ${code}: ${printed.err}`;
    });
    child = started;
    return started;
  };

  const kill = async (): Promise<void> => {
    const killed = child;
    if (killed?.pid === undefined) return;
    child = undefined;
    const exited = once(killed, 'exit');
    process.kill(-killed.pid, 'SIGKILL');
    await exited;
  };

  const engine = (): number | undefined => {
    try {
      return (JSON.parse(readFileSync(path.join(directory, 'engine.pid'), 'utf8')) as { pid: number }).pid;
    } catch {
      return undefined;
    }
  };

  const struck = (pid: number | undefined): boolean => {
    try {
      return pid !== undefined && process.kill(pid, 'SIGKILL');
    } catch {
      return false;
    }
  };

  const check = () => {
    if (ended) throw new Error(ended);
  };

  return {
    start: async () => {
      const begun = performance.now();
      spawned();
      for (;;) {
        const url = /^ready (http:\/\/127\.0\.0\.1:(\d+))$/m.exec(printed.out);
        check();
        if (url) {
          port = url[2] ?? port;
          startedWithin = performance.now() - begun;
          return url[1] ?? '';
        }
        await delay(RETRY_MS);
      }
    },
    stop: async () => {
      const stopped = child;
      if (stopped?.pid === undefined) return null;
      child = undefined;
      const exited = once(stopped, 'exit');
      stopped.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      return code;
    },
    kill,
    killEngine: async () => {
      while (!struck(engine())) {
        check();
        await delay(RETRY_MS);
      }
    },
    killStarting: async (share) => {
      spawned();
      await delay(share * startedWithin);
      check();
      await kill();
    },
    pids: () => [child?.pid, engine()].filter((pid) => pid !== undefined),
    check,
    end: () => {
      const left = child?.pid;
      child = undefined;
      if (left !== undefined) process.kill(-left, 'SIGKILL');
      struck(engine());
    },
  };
};
