import type { Figure } from '../statistics.ts';

type Cell = string | number;

/** Numbers stand right, so that their digits can be compared. */
export const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const isNumber = (column: number) =>
    rows.every((row) => typeof row[column] === 'number' || /^[\d.,–× ]+/.test(String(row[column])));
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map((_, column) => (column > 0 && isNumber(column) ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
};

const digits = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);

export const number = (value: number): string => digits(value);

/** The median, with the middle half of the rounds. */
export const spread = ({ median, low, high }: Figure): string =>
  `${digits(median)} (${digits(low)}–${digits(high)})`;

export const ratio = (value: number, base: number): string => `${(value / base).toFixed(2)} ×`;

export const met = (aim: string, value: number, bound: number, atLeast = false): string => {
  const reached = atLeast ? value >= bound : value <= bound;
  return `Aim: ${aim}. ${reached ? 'Met' : 'Not met'}: ${digits(value)}.`;
};
