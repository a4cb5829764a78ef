import { createHash } from 'node:crypto';
import type { MovableClock } from '../clock.ts';
import { FAULTS, type FaultName, type Faults } from '../faults.ts';
import type { LogGroups, Stack } from '../parts.ts';
import type { Note } from '../template/check.ts';
import type { Template } from '../template/assembly.ts';
import type { Trace } from '../trace/trace.ts';
import type { BusService } from '../bus/service.ts';
import type { FaultState, Status } from './shapes/status.ts';

export interface StatusParts {
  run: string;
  stack: Stack;
  notes: readonly Note[];
  template: Template;
  madeAt: number | undefined;
  engine: { name: string; endpoint?: string };
  clock: MovableClock;
  faults: Faults;
  trace: Trace;
  logs: LogGroups;
  bus: BusService;
}

/** What may make what is seen here differ from the cloud, or from what somebody expects. */
export function createStatus(parts: StatusParts): () => Status {
  const { run, stack, notes, template, madeAt, engine, clock, faults, trace, logs, bus } = parts;
  const hash = createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 12);
  const wanted = stack.ofType('AWS::Lambda::Function').map(({ properties }) => String(properties['Runtime']));
  const runtimes = [...new Set(wanted)].sort();
  const [major = ''] = process.versions.node.split('.');
  const differs = runtimes.some((runtime) => !runtime.startsWith(`nodejs${major}.`));

  return () => ({
    run,
    now: clock.now(),
    aheadMs: clock.ahead[0] ?? 0,
    engine,
    template: { stack: stack.name, hash, madeAt: madeAt ?? null, region: stack.region },
    runtime: { here: `Node.js ${process.versions.node}`, template: runtimes, differs },
    notes: notes.map((note) => ({ ...note })),
    faults: faultStates(faults),
    overflow: [
      { of: 'events', held: bus.recent().length, total: bus.total() },
      { of: 'log lines', held: linesOf(logs), total: trace.lines.total },
      ...rings(trace).map(([of, ring]) => ({ of, held: ring.held, total: ring.total })),
    ].filter(({ held, total }) => total > held),
  });
}

const linesOf = (logs: LogGroups) => logs.names().reduce((sum, name) => sum + logs.read(name).length, 0);

export const faultStates = (faults: Faults): FaultState[] =>
  Object.entries(faults.state()).map(([name, state]) => ({
    name,
    words: FAULTS[name as FaultName],
    ...state,
    only: state.only ?? null,
  }));

function rings(trace: Trace): [string, { held: number; total: number }][] {
  const { requests, invocations, calls, batches, attempts, consumers, records } = trace;
  const counted = Object.entries({ requests, invocations, calls, batches, attempts, consumers }).map(
    ([name, ring]): [string, { held: number; total: number }] => [
      name,
      { held: ring.total() - ring.dropped(), total: ring.total() },
    ],
  );
  return [...counted, ['stream records', { held: records.size, total: records.total() }]];
}
