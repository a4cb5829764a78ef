import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './processes.ts';
import { Unready } from './unready.ts';

interface Lock {
  file: string;
  pid: number;
  isLive: boolean;
}

// The name says the holder: no other process ever has it, so that a dead one's can be removed at any time.
const nameOf = (pid: number, start: string | undefined) => `lock.${pid}.${encodeURIComponent(start ?? '')}`;

function locksIn(directory: string): Lock[] {
  return namesIn(directory).flatMap((name) => {
    const pid = Number(/^lock\.(\d+)\./.exec(name)?.[1]);
    if (Number.isNaN(pid)) return [];
    const start = startOf(pid);
    return [{ file: join(directory, name), pid, isLive: start !== undefined && name === nameOf(pid, start) }];
  });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    // Another start may just have removed it.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

/** The live process that holds the directory; undefined when nobody does. */
export const holderOf = (directory: string): number | undefined =>
  locksIn(directory).find(({ isLive }) => isLive)?.pid;

/** Whether somebody held it, and did not give it back. */
export const wasHeld = (directory: string): boolean => locksIn(directory).length > 0;

/** Takes the directory for this process; the answer gives it back. */
export function lock(directory: string): () => void {
  const own = join(directory, nameOf(process.pid, startOf(process.pid)));
  for (let attempt = 1; ; attempt += 1) {
    refuseIfHeld(directory, holderOf(directory));
    // Written first, looked for others afterwards: of two starts, the later to write sees the other's. Both may see it.
    writeFileSync(own, '');
    const others = locksIn(directory).filter(({ file }) => file !== own);
    const rival = others.find(({ isLive }) => isLive);
    if (!rival) {
      for (const { file } of others) rmSync(file, { force: true });
      return () => rmSync(own, { force: true });
    }
    rmSync(own, { force: true });
    if (attempt === 3) refuseIfHeld(directory, rival.pid);
  }
}

function refuseIfHeld(directory: string, holder: number | undefined): void {
  if (holder === undefined) return;
  throw new Unready(
    `The data directory ${directory} is in use by process ${holder}: end it, or choose another --data-dir.`,
  );
}
