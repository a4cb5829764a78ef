import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { holderOf, lock } from '../lock.ts';
import { Unready } from '../unready.ts';

/** One at a time of all processes: two would write, and delete, the same files. `notice` hears if it has to wait. */
export async function alone<T>(
  root: string,
  notice: (line: string) => void,
  make: () => Promise<T>,
): Promise<T> {
  const directory = join(root, '.local', 'synthesizing');
  mkdirSync(directory, { recursive: true });
  let hasSaid = false;
  for (;;) {
    const release = lockUnlessHeld(directory);
    if (release)
      try {
        return await make();
      } finally {
        release();
      }
    const holder = holderOf(directory);
    if (holder !== undefined && !hasSaid) {
      notice(`Waiting for process ${holder}, which synthesizes the CDK app or bundles its functions ...`);
      hasSaid = true;
    }
    await delay(50);
  }
}

function lockUnlessHeld(directory: string): (() => void) | undefined {
  try {
    return lock(directory);
  } catch (error) {
    if (error instanceof Unready) return undefined;
    throw error;
  }
}
