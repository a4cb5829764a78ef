import type { Journal, JournalEntry, Journaled } from '../../local/parts.ts';
import type { Chance } from './chance.ts';
import type { Process } from './process.ts';
import type { VirtualTime } from './virtual-time.ts';

const SYNC_MS = { least: 1, most: 5 };

/** Lines are on disk only a moment after they were appended; a death in between loses them. */
export const diskJournal = (process: Process, time: VirtualTime, chance: Chance, disk: JournalEntry[][]) => {
  const parts = new Map<string, Journaled>();
  const apply = (entries: readonly JournalEntry[]): void => {
    for (const { part, entry } of entries) parts.get(part)?.apply(entry);
  };
  return (written: (entries: readonly JournalEntry[], write: () => void) => void): Journal => ({
    register: (part, state) => {
      parts.set(part, state);
    },
    load: () => {
      for (const entries of disk) apply(entries);
      return Promise.resolve();
    },
    append: async (...entries) => {
      apply(entries);
      await process.hears(time.sleep(chance.between(SYNC_MS.least, SYNC_MS.most)));
      written(entries, () => disk.push(entries));
      await process.hears(Promise.resolve());
    },
    close: () => Promise.resolve(),
  });
};
