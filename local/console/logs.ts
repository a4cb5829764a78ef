import type { LogGroups, LogLine } from '../parts.ts';
import { isRecord, text } from '../properties.ts';
import type { LogEntry } from './shapes/logs.ts';

const known = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'cold_start',
  'function_name',
  'correlation_id',
]);
// Of Powertools and Lambda: the same in every line of a function.
const constant = new Set([
  'function_arn',
  'function_memory_size',
  'function_request_id',
  'sampling_rate',
  'xray_trace_id',
]);

/** A line as its parts, whoever wrote it. `place` tells it from all others. */
export function entryOf(group: string, line: LogLine, place: string): LogEntry {
  const { message: raw, timestamp: at } = line;
  const parsed = structured(raw);
  const base = { place, at, group, raw, function: functionIn(group), coldStart: false, fields: {} };
  if (!parsed) return { ...base, ...plainParts(raw), kind: 'plain' };
  if (isRecord(parsed['_aws'])) return { ...base, ...metricsParts(parsed), kind: 'metrics' };
  if ('detail-type' in parsed) return { ...base, ...eventParts(parsed), kind: 'event' };
  const correlationId = text(parsed, 'correlation_id') ?? null;
  const requestId = text(parsed, 'function_request_id') ?? text(parsed, 'requestId') ?? null;
  if (!('level' in parsed)) {
    const message = ['routeKey', 'status'].flatMap((name) => text(parsed, name) ?? []).join(' ');
    return {
      ...base,
      level: 'INFO',
      message,
      requestId,
      correlationId,
      fields: fieldsOf(parsed),
      kind: 'access',
    };
  }
  return {
    ...base,
    level: text(parsed, 'level') ?? 'INFO',
    message: text(parsed, 'message') ?? '',
    function: text(parsed, 'function_name') ?? base.function,
    requestId,
    correlationId,
    coldStart: parsed['cold_start'] === true,
    fields: fieldsOf(parsed),
    kind: 'structured',
  };
}

const functionIn = (group: string) => /^\/aws\/lambda\/(.+)$/.exec(group)?.[1] ?? null;

function structured(raw: string): Record<string, unknown> | undefined {
  if (!raw.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(raw);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `time<tab>request id<tab>level<tab>words`, as Lambda's runtime prefixes what a function prints. */
function plainParts(raw: string) {
  const [, requestId = null, level, words] = /^\S+Z?\t(\S+)\t([A-Z]+)\t(.*)$/s.exec(raw) ?? [];
  if (level !== undefined) return { level, message: words ?? '', requestId, correlationId: null };
  const [, timedOut = null] = /^\S+ (\S+) Task timed out/.exec(raw) ?? [];
  return { level: timedOut ? 'ERROR' : 'INFO', message: raw, requestId: timedOut, correlationId: null };
}

function metricsParts({ _aws: _, service: __, ...values }: Record<string, unknown>) {
  const names = Object.keys(values).join(', ');
  return {
    level: 'INFO',
    message: `Metrics: ${names}`,
    requestId: null,
    correlationId: null,
    fields: textsOf(values),
  };
}

function eventParts(event: Record<string, unknown>) {
  const detail = isRecord(event['detail']) ? event['detail'] : {};
  const metadata = isRecord(detail['metadata']) ? detail['metadata'] : {};
  return {
    level: 'INFO',
    message: text(event, 'detail-type') ?? '',
    requestId: null,
    correlationId: text(metadata, 'correlationId') ?? null,
    fields: textsOf({ source: event['source'], id: event['id'], eventId: metadata['eventId'] }),
  };
}

const fieldsOf = (parsed: Record<string, unknown>) =>
  textsOf(
    Object.fromEntries(Object.entries(parsed).filter(([name]) => !known.has(name) && !constant.has(name))),
  );

const textsOf = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
    ),
  );

/** The lines of these invocations; of one that many records share, those of the correlation id. */
export function linesFor(
  logs: LogGroups,
  wanted: {
    from: number;
    to: number;
    requestIds: ReadonlySet<string>;
    correlationId: string | null;
    shared: ReadonlySet<string>;
  },
): LogEntry[] {
  const { from, to, requestIds, correlationId, shared } = wanted;
  if (requestIds.size === 0) return [];
  return logs.names().flatMap((group) => {
    if (functionIn(group) === null) return [];
    const lines = within(logs.read(group), from, to);
    return lines.flatMap((line, index) => {
      const entry = entryOf(group, line, `${group} ${line.timestamp} ${index}`);
      if (entry.requestId === null || !requestIds.has(entry.requestId)) return [];
      const isOfAnother =
        entry.correlationId !== null && entry.correlationId !== (correlationId ?? 'unknown');
      return shared.has(entry.requestId) && isOfAnother ? [] : [entry];
    });
  });
}

/** The newest stand last. */
function within(lines: readonly LogLine[], from: number, to: number): readonly LogLine[] {
  const first = lines.findIndex(({ timestamp }) => timestamp >= from);
  if (first < 0) return [];
  const after = lines.findIndex(({ timestamp }) => timestamp > to);
  return lines.slice(first, after < 0 ? undefined : after);
}
