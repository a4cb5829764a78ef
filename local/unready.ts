import { tmpdir } from 'node:os';
import { relative, resolve } from 'node:path';

/** The runtime cannot start or go on; the message is one sentence for the person at the terminal. */
export class Unready extends Error {
  override readonly name = 'Unready';
}

const full = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const forbidden = ['EACCES', 'EPERM', 'EROFS', 'EIO', 'EISDIR', 'ENOTEMPTY'];

/** The error itself, or Unready where the system would not let a file be written or read. */
export function saidOfDisk(error: unknown, dataDir: string | undefined): unknown {
  if (!(error instanceof Error)) return error;
  const { code = '', path = dataDir ?? tmpdir(), message } = error as NodeJS.ErrnoException;
  const said = (remedy: string) =>
    new Unready(`${path} cannot be written (${message}): ${remedy}, or choose another --data-dir.`);
  if (full.includes(code)) return said('make room there');
  if (forbidden.includes(code)) return said('let this user write there');
  if (code === 'ENOENT' && dataDir !== undefined && isWithin(dataDir, path))
    return said('leave its directory where it is');
  return error;
}

const isWithin = (directory: string, path: string): boolean =>
  !relative(resolve(directory), resolve(path)).startsWith('..');
