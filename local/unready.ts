/** The runtime cannot start or go on; the message is one sentence for the person at the terminal. */
export class Unready extends Error {
  override readonly name = 'Unready';
}

const full = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const forbidden = ['EACCES', 'EPERM', 'EROFS', 'EIO', 'EISDIR', 'ENOTEMPTY'];

/** The error itself, or Unready where the system would not let a file be written or read. */
export function saidOfDisk(error: unknown, directory: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code = '', path = directory, message } = error as NodeJS.ErrnoException;
  if (![...full, ...forbidden].includes(code)) return error;
  const remedy = full.includes(code) ? 'make room there' : 'let this user write there';
  return new Unready(`${path} cannot be written (${message}): ${remedy}, or choose another --data-dir.`);
}
