import type { Journal, Journaled } from '../../../local/parts.ts';

export interface RecordedJournal extends Journal {
  /** What a restart finds, as on disk. */
  lines: string[];
  /** How often `append` was called. */
  appends(): number;
  /** The state in as few lines as the parts say. */
  compacted(): string[];
  /** From now on nothing reaches the disk: what a crash loses. */
  cut(): void;
}

type Line = { part: string; entry: unknown }[];

export function recordedJournal(found: readonly string[] = []): RecordedJournal {
  const parts = new Map<string, Journaled>();
  const lines = [...found];
  let appends = 0;
  let cut = false;
  const apply = (line: Line) => {
    for (const { part, entry } of line) {
      const state = parts.get(part);
      if (!state) throw new Error(`No part ${part}`);
      state.apply(entry);
    }
  };
  return {
    lines,
    appends: () => appends,
    compacted: () =>
      [...parts].flatMap(([part, state]) =>
        state.snapshot().map((entry) => JSON.stringify([{ part, entry }])),
      ),
    cut: () => {
      cut = true;
    },
    register: (part, state) => {
      parts.set(part, state);
    },
    load: () => {
      for (const line of lines) apply(JSON.parse(line) as Line);
      return Promise.resolve();
    },
    append: async (...entries) => {
      appends += 1;
      const line = JSON.stringify(entries);
      apply(entries);
      await Promise.resolve();
      if (cut) throw new Error('The disk is gone');
      lines.push(line);
    },
    close: () => Promise.resolve(),
  };
}
