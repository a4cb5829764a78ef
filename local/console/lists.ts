import type { Count } from './shapes/events.ts';

const mostRows = 500;
const usualRows = 100;

/** How many rows are asked for, within bounds. */
export function limitIn(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? usualRows);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, mostRows) : usualRows;
}

/** How often each value stands there, the most frequent first. */
export function counted(values: readonly string[], most = 50): Count[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
    .slice(0, most);
}
