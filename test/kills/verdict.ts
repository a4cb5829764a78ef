import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CODES, type Out } from '../support/command-line.ts';

const SHOWN = 20;

/** In words. */
export const verdict = (broken: readonly string[]): string =>
  broken.length === 0
    ? 'nothing is missing'
    : [`${broken.length} promises are broken:`, ...broken.slice(0, SHOWN)].join('\n  ');

/** Runs on a data directory of its own, which stays for a look if a promise is broken; gives the exit code. */
export const onNewDirectory = async (
  prefix: string,
  [out, err]: readonly [Out, Out],
  run: (directory: string) => Promise<{ broken: readonly string[] }>,
): Promise<number> => {
  const directory = mkdtempSync(path.join(tmpdir(), prefix));
  try {
    const { broken } = await run(directory);
    if (broken.length === 0) {
      rmSync(directory, { recursive: true, force: true });
      return CODES.kept;
    }
  } catch (error) {
    out.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  err.write(`The data directory is kept: ${directory}\n`);
  return CODES.broken;
};
