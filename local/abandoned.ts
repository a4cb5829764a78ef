import { readFileSync } from 'node:fs';

const CHECK_MS = 100;

/** The parent of a process, where the system tells (Linux). */
function parentOf(pid: number): string | undefined {
  try {
    // pid (name) state parent ...: the name may hold anything, brackets and spaces included.
    return /\) \S (\d+) [^)]*$/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];
  } catch {
    return undefined;
  }
}

/**
 * npm starts a shell, and the shell this process. When npm is killed both would live on, holding port and data against the
 * next start; so this process goes as npm went, at once.
 */
export function endWithNpm(end: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const family = () => `${process.ppid} ${parentOf(process.ppid) ?? ''}`;
  const started = family();
  setInterval(() => {
    if (family() !== started) end();
  }, CHECK_MS).unref();
}
