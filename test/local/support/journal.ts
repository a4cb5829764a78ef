import type { Journal, Journaled } from '../../../local/parts.ts';

/** Keeps its lines in memory; `reopened` is what a new process reads after this one was killed. */
export function memoryJournal(lines: { part: string; entry: unknown }[][] = []) {
  const parts = new Map<string, Journaled>();
  const apply = (line: { part: string; entry: unknown }[]) => {
    for (const { part, entry } of line) parts.get(part)?.apply(JSON.parse(JSON.stringify(entry)));
  };
  const journal: Journal = {
    register: (part, state) => {
      parts.set(part, state);
    },
    load: () => {
      lines.forEach(apply);
      return Promise.resolve();
    },
    append: (...entries) => {
      apply(entries);
      lines.push(entries);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return { ...journal, lines, reopened: () => memoryJournal([...lines]) };
}
