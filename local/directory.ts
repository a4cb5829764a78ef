import { accessSync, constants, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endOrphan } from './engine/process.ts';
import { holderOf, wasHeld } from './lock.ts';
import { Unready } from './unready.ts';

export interface Directory {
  path: string;
  /** Removes it, if it is a temporary one. */
  release(): void;
}

/** The repository's. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** What is kept from run to run whatever the data directory is. */
export function cacheDirectory(): string {
  const path = join(root, '.local');
  mkdirSync(path, { recursive: true });
  return path;
}

/** The data directory, or a temporary one; what killed runs left of theirs is cleared away. */
export async function openDirectory(given: string | undefined): Promise<Directory> {
  if (given !== undefined) {
    const path = resolve(given);
    usable(path);
    return { path, release: () => undefined };
  }
  const all = join(tmpdir(), `orders-local-${userInfo().username}`);
  mkdirSync(all, { recursive: true });
  await clear(all);
  const path = join(all, `${process.pid}-${Date.now()}`);
  mkdirSync(path);
  return { path, release: () => rmSync(path, { recursive: true, force: true }) };
}

function usable(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!statSync(path).isDirectory()) throw new Error('it is no directory');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unready(`The data directory ${path} cannot be used: ${reason}. Choose another --data-dir.`);
  }
}

async function clear(all: string): Promise<void> {
  for (const name of readdirSync(all)) {
    const path = join(all, name);
    const age = Date.now() - Number(name.split('-')[1]);
    // One without a lock may be just being made.
    if (holderOf(path) !== undefined || (!wasHeld(path) && age < 60_000)) continue;
    await endOrphan(join(path, 'engine.pid'));
    rmSync(path, { recursive: true, force: true });
  }
}
