import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './processes.ts';
import { Unready } from './unready.ts';

interface Holder {
  pid: number;
  start: string | undefined;
}

const fileOf = (directory: string) => join(directory, 'lock');

/** The live process that holds the directory; undefined when nobody does. */
export function holderOf(directory: string): number | undefined {
  let holder: Holder;
  try {
    holder = JSON.parse(readFileSync(fileOf(directory), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
  const start = startOf(holder.pid);
  return start !== undefined && start === holder.start ? holder.pid : undefined;
}

/** Takes the directory for this process; the answer gives it back. */
export function lock(directory: string): () => void {
  const file = fileOf(directory);
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, start: startOf(process.pid) } satisfies Holder));
  try {
    for (let attempt = 1; ; attempt += 1) {
      if (linked(own, file)) break;
      const holder = holderOf(directory);
      if (holder !== undefined || attempt === 3) {
        throw new Unready(
          `The data directory ${directory} is in use by process ${String(holder ?? 'unknown')}: end it, or choose another --data-dir.`,
        );
      }
      // A lock left by a dead process is moved away, not deleted: of two starts only one succeeds in moving it.
      moveAway(file, `${own}.stale`);
    }
  } finally {
    rmSync(own, { force: true });
    rmSync(`${own}.stale`, { force: true });
  }
  return () => rmSync(file, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function moveAway(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
