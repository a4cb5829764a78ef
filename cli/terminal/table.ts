import type { Terminal } from './terminal.ts';

/** Columns as wide as their widest cell. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  terminal: Terminal,
): string {
  const lines = rows.map((row) => row.map((cell) => oneLine(cell, Infinity)));
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...lines.map((row) => (row[at] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [terminal.strong(line(headings)), ...lines.map(line)].join('\n');
}

/** The greatest unit alone: 3d, 5h, 12m, 8s. */
export function ageOf(from: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - from) / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)}h` : `${Math.floor(seconds / 86_400)}d`;
}

export const oneLine = (text: string, most = 60): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};
