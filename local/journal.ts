import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, rm, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from './lock.ts';
import type { Journal, Journaled } from './parts.ts';
import { Unready } from './unready.ts';

/**
 * Syncs with each write: who waits for an event waits for one turn of the thread pool, and not for one more for each call.
 * Windows has no such flag.
 */
const SYNCED: number | undefined = constants.O_DSYNC;
const { O_WRONLY, O_CREAT, O_TRUNC, O_APPEND } = constants;

interface Waiting {
  line: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** One line of the file: the entries of one append. */
type Line = [part: string, entry: unknown][];

/**
 * Append-only JSON lines in the directory, which is taken for this process (Unready when another has it).
 * `compactAt`: bytes of growth after which the file is rewritten from snapshots. `gaveUp` hears when the file cannot be
 * written: what is in memory is ahead of it from then on, so nothing must go on.
 */
export async function openJournal(
  directory: string,
  {
    compactAt = 8_000_000,
    gaveUp = () => undefined,
  }: { compactAt?: number; gaveUp?: (error: Error) => void } = {},
): Promise<Journal> {
  await mkdir(directory, { recursive: true });
  const unlock = lock(directory);
  const file = join(directory, 'journal.jsonl');
  const parts = new Map<string, Journaled>();
  let handle: FileHandle | undefined;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let broken: Error | undefined;
  let bytes = 0;
  let compactedBytes = 0;

  const apply = (part: string, entry: unknown) => {
    const state = parts.get(part);
    if (!state) throw new Error('it does not know that part');
    state.apply(entry);
  };

  const applyKept = (part: string, entry: unknown) => {
    try {
      apply(part, entry);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Unready(
        `${file} holds an entry of "${part}" that this version cannot read (${reason}): start the version that wrote it, or choose another --data-dir.`,
      );
    }
  };

  const writeAll = async () => {
    while (waiting.length > 0) {
      // What is appended in this turn, such as a message and its being received, becomes one write.
      await new Promise(setImmediate);
      const batch = waiting;
      waiting = [];
      try {
        if (bytes - compactedBytes > Math.max(compactAt, compactedBytes)) await compact();
        else await write(batch.map(({ line }) => line).join(''));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        broken = new Unready(
          `${file} cannot be written (${reason}): make room there and start again, nothing that was acknowledged is lost.`,
        );
        gaveUp(broken);
        for (const { reject } of [...batch, ...waiting.splice(0)]) reject(broken);
      }
    }
    writing = undefined;
  };

  const write = async (text: string) => {
    if (!handle) throw new Error('it is closed');
    bytes += await writeSynced(handle, text);
  };

  // What waits has been applied already, so the snapshots hold it.
  const compact = async () => {
    const lines: string[] = [];
    for (const [part, state] of parts) {
      for (const entry of state.snapshot()) lines.push(lineOf([[part, entry]]));
    }
    const next = await open(`${file}.next`, O_WRONLY | O_CREAT | O_TRUNC | (SYNCED ?? 0));
    bytes = compactedBytes = await writeSynced(next, lines.join(''));
    await rename(`${file}.next`, file);
    await syncDirectory(directory);
    await handle?.close();
    handle = next;
  };

  return {
    register: (part, state) => {
      if (parts.has(part)) throw new Error(`Two parts of the journal are named "${part}".`);
      parts.set(part, state);
    },
    load: async () => {
      bytes = await replay(file, (line) => {
        for (const [part, entry] of line) applyKept(part, entry);
      });
      await rm(`${file}.next`, { force: true });
      handle = await open(file, O_WRONLY | O_CREAT | O_APPEND | (SYNCED ?? 0));
      await syncDirectory(directory);
    },
    append: (...entries) => {
      if (broken) return Promise.reject(broken);
      if (!handle) return Promise.reject(new Error('The journal is not loaded, or closed.'));
      for (const { part, entry } of entries) apply(part, entry);
      return new Promise<void>((resolve, reject) => {
        waiting.push({ line: lineOf(entries.map(({ part, entry }) => [part, entry])), resolve, reject });
        writing ??= writeAll();
      });
    },
    close: async () => {
      await writing;
      const closing = handle;
      handle = undefined;
      await closing?.close();
      unlock();
    },
  };
}

/** Gives the bytes that are on the disk, once they are. */
async function writeSynced(handle: FileHandle, text: string): Promise<number> {
  const content = Buffer.from(text);
  for (let written = 0; written < content.length;) {
    written += (await handle.write(content, written)).bytesWritten;
  }
  if (SYNCED === undefined) await handle.datasync();
  return content.length;
}

const lineOf = (line: Line) => `${JSON.stringify(line)}\n`;

/** Reads what is whole, cuts off a line that a crash tore, and gives the bytes that remain. */
async function replay(file: string, each: (line: Line) => void): Promise<number> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
  let start = 0;
  for (let number = 1; start < content.length; number += 1) {
    const end = content.indexOf('\n', start);
    const line = end < 0 ? undefined : parsed(content.toString('utf8', start, end));
    if (!line) {
      if (end >= 0 && end < content.length - 1) {
        throw new Unready(
          `${file} is damaged at line ${number}: restore it from a copy, or choose another --data-dir.`,
        );
      }
      await truncate(file, start);
      break;
    }
    each(line);
    start = end + 1;
  }
  return start;
}

function parsed(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return Array.isArray(line) ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
