import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Edges } from '../edges.ts';
import type { StreamHandler } from '../http.ts';
import type { Engine, Functions, Journal, LogGroups, Stack } from '../parts.ts';
import { mappingOf } from '../stream/settings.ts';
import type { ApiRoutes } from './console.ts';
import { createConsole, Declined } from './console.ts';
import { createEventIndex } from './event-index.ts';
import { eventRoutes } from './events.ts';
import { journeyOf } from './journey.ts';
import { createLive } from './live.ts';
import { failureRoutes } from './failures.ts';
import { logRoutes } from './log-search.ts';
import { metricRoutes, type MetricParts } from './metrics.ts';
import { createPages } from './pages.ts';
import { createPipeline } from './pipeline.ts';
import { ruleRoutes } from './rules.ts';
import type { Positions } from './shapes/status.ts';
import { createStatus, type StatusParts } from './status.ts';
import { tableRoutes } from './tables.ts';

export interface ConsoleParts extends Omit<StatusParts, 'run' | 'bus'>, Omit<MetricParts, 'clock'> {
  edges: Edges;
  logs: LogGroups;
  dynamodb: Pick<Engine, 'call'>;
  functions: Pick<Functions, 'invoke'>;
  journal: Pick<Journal, 'append'>;
}

/** The console with all its pages: what it shows is read from the runtime's parts when somebody looks. */
export function openConsole(parts: ConsoleParts): { handler: StreamHandler; close: () => void } {
  const { stack, edges, trace, clock, logs } = parts;
  const { bus, queues, objects } = edges;
  const run = randomUUID().slice(0, 8);
  const events = createEventIndex(bus);
  const changes = { total: 0 };
  const live = createLive({ run, positions: () => positionsOf(parts, changes.total) });
  const status = createStatus({ ...parts, run, bus });
  const pipeline = createPipeline({ stack, bus, queues, objects, logs, trace, events });
  const journeys = { bus, queues, logs, clock, trace, events, windowSeconds: windowsOf(stack) };

  const routes: ApiRoutes = {
    'GET /status': status,
    'GET /pipeline': pipeline,
    'GET /journey/{id}': ({ parameters: { id = '' }, query }) => {
      const all = query.get('chains') === 'all';
      const journey = journeyOf(id, journeys, all ? Infinity : undefined);
      if (journey) return journey;
      throw new Declined(404, `Nothing is held of ${id}. It may be misspelled, or older than what is kept.`);
    },
    ...eventRoutes({ bus, events, trace }),
    ...tableRoutes({ stack, engine: parts.dynamodb, trace }),
    ...ruleRoutes({ bus, events, trace }),
    ...failureRoutes({ ...parts, ...edges, changed: () => (changes.total += 1) }),
    ...logRoutes({ logs }),
    ...metricRoutes(parts),
  };
  const pages = createPages(join(parts.root, 'console'));
  return { handler: createConsole({ routes, live, pages }), close: live.close };
}

function positionsOf({ trace, edges }: ConsoleParts, changes: number): Positions {
  const { requests, invocations, calls, batches, attempts, consumers, records, lines } = trace;
  return {
    requests: requests.total(),
    invocations: invocations.total(),
    calls: calls.total(),
    batches: batches.total(),
    attempts: attempts.total(),
    consumers: consumers.total(),
    records: records.total(),
    events: edges.bus.total(),
    lines: lines.total,
    changes,
  };
}

function windowsOf(stack: Stack): (function_: string) => number {
  const mappings = stack.ofType('AWS::Lambda::EventSourceMapping').flatMap((each) => mappingOf(each) ?? []);
  return (function_) =>
    mappings.find((mapping) => mapping.function === function_ || mapping.function.endsWith(`:${function_}`))
      ?.windowSeconds ?? 0;
}
