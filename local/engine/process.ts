import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandOf, startOf } from '../processes.ts';
import { Unready } from '../unready.ts';
import { type Address, freeAddress } from './address.ts';
import { requireBinary } from './binary.ts';
import { tidyHistory, type Settled } from './history.ts';

export interface EngineProcess {
  readonly endpoint: string;
  /** Resolves while it runs, or once it runs again; rejects (Unready) when it has been given up. */
  running(): Promise<void>;
  stop(): Promise<void>;
}

const startWithin = 5_000;
const stopWithin = 3_000;
const restarts = { most: 3, within: 60_000 };

/** Starts the embedded engine on a file in the directory, and again when it crashes. */
export async function startProcess(options: {
  directory: string;
  settled: Settled;
  now: number;
  warn: (line: string) => void;
  gaveUp: (error: Error) => void;
  addresses?: () => Promise<Address>;
}): Promise<EngineProcess> {
  const { directory, settled, now, warn, gaveUp, addresses = freeAddress } = options;
  const binary = requireBinary();
  const file = join(directory, 'engine.sqlite');
  const pidFile = join(directory, 'engine.pid');
  await endOrphan(pidFile);
  const beginAnywhere = async (tries = 10): Promise<{ child: ChildProcess; address: Address }> => {
    const address = await addresses();
    try {
      return { child: await begin(binary, file, pidFile, address), address };
    } catch (error) {
      // Somebody else's by now, or on another address of this machine: the engine wants its port on none.
      if (tries > 1 && error instanceof PortTaken) return await beginAnywhere(tries - 1);
      throw error;
    }
  };
  if (!existsSync(file)) await end((await beginAnywhere()).child);
  const tidied = await tidyHistory(file, settled, now).catch((error: unknown) => String(error));
  const { address, ...begun } = await beginAnywhere();
  let { child } = begun;
  if (tidied !== true) {
    const why = tidied === false ? 'its schema is another than expected' : tidied;
    warn(`The engine's stream history got no index (${why}): writes slow down as the history grows.`);
  }
  let stopping = false;
  let up = Promise.resolve();
  const crashes: number[] = [];

  const onExit = (code: number | null, signal: string | null) => {
    if (stopping) return;
    warn(`The DynamoDB engine ended (${signal ?? `code ${String(code)}`}); starting it again.`);
    up = restart();
    up.catch(gaveUp);
  };
  const restart = async () => {
    while (!stopping) {
      crashes.push(Date.now());
      if (crashes.filter((at) => at > Date.now() - restarts.within).length > restarts.most) {
        throw new Unready(`The DynamoDB engine keeps ending; its file is ${file}.`);
      }
      try {
        child = await begin(binary, file, pidFile, address);
        child.once('exit', onExit);
        return;
      } catch (error) {
        warn(error instanceof Error ? error.message : String(error));
      }
    }
  };
  child.once('exit', onExit);
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);

  return {
    endpoint: `http://${address.host}:${address.port}`,
    running: () => up,
    stop: async () => {
      stopping = true;
      await up.catch(() => undefined);
      await end(child);
      process.off('exit', killAtExit);
      rmSync(pidFile, { force: true });
    },
  };
}

/** Ends the engine that a killed runtime left behind, after making sure that it is one. */
export async function endOrphan(pidFile: string): Promise<void> {
  let left: { pid: number; start: string | undefined };
  try {
    left = JSON.parse(readFileSync(pidFile, 'utf8')) as typeof left;
  } catch {
    return;
  }
  const runs = () => left.start !== undefined && startOf(left.pid) === left.start;
  if (runs() && commandOf(left.pid)?.includes('dynoxide') === true) {
    process.kill(left.pid, 'SIGKILL');
    // One that is ending has no command any more, and its files still open.
    for (let waited = 0; runs() && waited < stopWithin; waited += 10) await delay(10);
  }
  rmSync(pidFile, { force: true });
}

class PortTaken extends Unready {}

async function begin(
  binary: string,
  file: string,
  pidFile: string,
  { host, port }: Address,
): Promise<ChildProcess> {
  const child = spawn(binary, ['serve', '--host', host, '--port', String(port), '--db-path', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Of its own process group: Ctrl-C is for the runtime, which lets what is under way end first.
    detached: true,
  });
  const { pid } = child;
  // At once: a runtime that is killed while its engine starts leaves one, too.
  if (pid !== undefined) {
    try {
      writeFileSync(`${pidFile}.next`, JSON.stringify({ pid, start: startOf(pid) }));
      renameSync(`${pidFile}.next`, pidFile);
    } catch (error) {
      // Unknown to the next start it would run on, on a file that the next one opens, too.
      child.kill('SIGKILL');
      throw error;
    }
  }
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      const said = `The DynamoDB engine did not start on ${file}: ${[why, printed.trim()].join(' ').trim()}`;
      reject(
        /port \d+ is already in use/.test(printed)
          ? new PortTaken(`${said} Start again.`)
          : new Unready(
              `${said} Make room on its disk, restore the file from a copy, or choose another --data-dir.`,
            ),
      );
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`no answer within ${startWithin / 1000} s.`);
    }, startWithin);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with code ${String(code)}.`));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-2_000);
      if (!printed.includes('listening on')) return;
      clearTimeout(timer);
      resolve();
    });
  });
  child.removeAllListeners();
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithin);
  await ended;
  clearTimeout(timer);
}
