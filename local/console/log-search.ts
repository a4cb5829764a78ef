import type { LogGroups } from '../parts.ts';
import type { ApiRoutes } from './console.ts';
import { counted, limitIn } from './lists.ts';
import { entryOf } from './logs.ts';
import type { LogEntry, LogPage } from './shapes/logs.ts';

/** What people ask of logs first. */
const queries: LogPage['queries'] = [
  { name: 'Errors', filter: { level: 'ERROR' } },
  { name: 'Cold starts', filter: { text: '"cold_start":true' } },
  { name: 'Changes of orders', filter: { message: 'order change' } },
  { name: 'Not done', filter: { message: 'request', not: '"statusCode":2' } },
  { name: 'Metrics', filter: { kind: 'metrics' } },
];

const maxRead = 20_000;

/** The lines of all groups, newest first. */
export const logRoutes = ({ logs }: { logs: LogGroups }): ApiRoutes => ({
  'GET /logs': ({ query }): LogPage => {
    const group = query.get('group');
    const groups = logs.names().filter((name) => group === null || group === '' || name === group);
    const before = placeIn(query);
    const passes = filterOf(query);
    const words = query.get('text')?.toLowerCase() ?? '';
    const not = query.get('not')?.toLowerCase() ?? '';
    let held = 0;
    const entries: LogEntry[] = [];
    for (const name of groups) {
      const lines = logs.read(name);
      held += lines.length;
      for (const [index, line] of lines.slice(-maxRead).entries()) {
        if (line.timestamp > before.at) break;
        const lower = words === '' && not === '' ? '' : line.message.toLowerCase();
        if (!lower.includes(words) || (not !== '' && lower.includes(not))) continue;
        const entry = entryOf(name, line, `${name} ${line.stream} ${line.timestamp} ${index}`);
        if (passes(entry)) entries.push(entry);
      }
    }
    // Of one millisecond too the newest comes first.
    entries.sort((a, b) => a.at - b.at).reverse();
    const first = entries.findIndex(({ at }) => at < before.at);
    entries.splice(0, Math.min(before.shown, first < 0 ? entries.length : first));
    const shown = entries.slice(0, limitIn(query));
    return {
      entries: shown,
      older: entries.length > shown.length ? placeAfter(shown, before) : null,
      matching: entries.length,
      held,
      facets: {
        groups: logs.names().map((name) => ({ value: name, count: logs.read(name).length })),
        levels: counted(entries.map(({ level }) => level)),
        messages: counted(
          entries.filter(({ kind }) => kind === 'structured').map(({ message }) => message),
          12,
        ),
      },
      queries,
    };
  },
});

/** TIME_COUNT: after so many lines of that time, and all later ones. */
interface Place {
  at: number;
  shown: number;
}

function placeIn(query: URLSearchParams): Place {
  const [, at, shown] = /^(\d+(?:\.\d+)?)_(\d+)$/.exec(query.get('before') ?? '') ?? [];
  return { at: Number(at ?? Infinity), shown: Number(shown ?? 0) };
}

function placeAfter(entries: readonly LogEntry[], before: Place): string {
  const at = entries.at(-1)?.at;
  const shown = entries.filter((entry) => entry.at === at).length + (at === before.at ? before.shown : 0);
  return `${at}_${shown}`;
}

function filterOf(query: URLSearchParams): (entry: LogEntry) => boolean {
  const [level, message, id, kind] = ['level', 'message', 'id', 'kind'].map(
    (name) => query.get(name) || undefined,
  );
  return (entry) =>
    (level === undefined || entry.level === level) &&
    (message === undefined || entry.message === message) &&
    (kind === undefined || entry.kind === kind) &&
    (id === undefined || entry.requestId === id || entry.correlationId === id);
}
