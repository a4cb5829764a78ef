import type { BusService } from '../bus/service.ts';
import type { LogGroups, Stack } from '../parts.ts';
import type { ObjectService } from '../objects/objects.ts';
import type { QueueService } from '../queues/queues.ts';
import type { Flow } from '../trace/rates.ts';
import type { Trace } from '../trace/trace.ts';
import type { EventIndex } from './event-index.ts';
import { pictureOf, type Box, type Picture } from './picture.ts';
import type { Pipeline, PipelineEdge, PipelineNode, State } from './shapes/pipeline.ts';

export interface PipelineParts {
  stack: Stack;
  bus: BusService;
  queues: QueueService;
  objects: ObjectService;
  logs: LogGroups;
  trace: Trace;
  events: EventIndex;
}

const rateOverSeconds = 10;
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** The picture with what goes through it at this moment. */
export function createPipeline(parts: PipelineParts): () => Pipeline {
  const picture = pictureOf(parts.stack);
  return () => {
    const flows = new Map(parts.trace.rates.flows().map((flow) => [`${flow.from}\0${flow.to}`, flow]));
    const edges = picture.arrows.map(({ from, to, label, counted }) =>
      edgeOf({ from, to, label }, flows.get(`${counted.from}\0${counted.to}`)),
    );
    const failedRuns = (name: string) => sum(flows.get(`run\0${name}`)?.failedPerSecond ?? []);
    const flowsInto = (name: string) => [...flows.values()].filter(({ to }) => to === name);
    return {
      nodes: picture.boxes.map((box) => nodeOf(box, edges, picture, { ...parts, failedRuns, flowsInto })),
      edges,
    };
  };
}

const edgeOf = (edge: Pick<PipelineEdge, 'from' | 'to' | 'label'>, flow: Flow | undefined): PipelineEdge => ({
  ...edge,
  total: flow?.total ?? 0,
  perSecond: sum(flow?.perSecond.slice(-rateOverSeconds) ?? []) / rateOverSeconds,
  failed: sum(flow?.failedPerSecond ?? []),
});

type Measured = PipelineParts & {
  failedRuns: (function_: string) => number;
  flowsInto: (name: string) => Flow[];
};

function nodeOf(box: Box, edges: readonly PipelineEdge[], picture: Picture, parts: Measured): PipelineNode {
  const { id, kind, name, column, owners } = box;
  const [state, count, trouble] = conditionOf(box, edges, picture, parts);
  return { id, kind, name, column, owners, state, count, trouble };
}

function conditionOf(
  { id, kind, name }: Box,
  edges: readonly PipelineEdge[],
  { arrows }: Picture,
  { bus, queues, objects, logs, events, failedRuns, flowsInto }: Measured,
): [State, count: string, trouble: string] {
  const into = edges.filter(({ to }) => to === id);
  const outOf = edges.filter(({ from }) => from === id);
  const total = (list: readonly PipelineEdge[]) => sum(list.map((edge) => edge.total));
  const failed = (list: readonly PipelineEdge[]) => sum(list.map((edge) => edge.failed));
  const judged = (list: readonly PipelineEdge[], noun: string, verb: string): [State, string] =>
    failed(list) > 0
      ? ['failed', `${plural(failed(list), noun)} ${verb} in the last minute`]
      : [total(list) > 0 ? 'ok' : 'quiet', ''];
  switch (kind) {
    case 'dead-letter queue': {
      const { visible, inFlight } = queues.depth(name);
      const waiting = visible + inFlight;
      return [
        waiting > 0 ? 'failed' : 'quiet',
        `${waiting} waiting`,
        waiting > 0 ? 'Events wait to be redriven' : '',
      ];
    }
    case 'queue': {
      const { visible, inFlight } = queues.depth(name);
      return [visible + inFlight > 0 ? 'ok' : 'quiet', `${visible} waiting, ${inFlight} taken`, ''];
    }
    case 'bucket': {
      const count = objects.list(name).length;
      return [
        count > 0 ? 'failed' : 'quiet',
        `${count} kept`,
        count > 0 ? 'Change records that became no event' : '',
      ];
    }
    case 'archive': {
      const count = bus.archived(name)?.events.length ?? 0;
      return [count > 0 ? 'ok' : 'quiet', plural(count, 'event'), ''];
    }
    case 'log group': {
      const count = logs.read(name).length;
      return [count > 0 ? 'ok' : 'quiet', plural(count, 'line'), ''];
    }
    case 'bus': {
      const [state, trouble] = judged(into, 'event', 'refused');
      const count = events.heads().filter(({ event }) => event.bus === name).length;
      return [state === 'quiet' && count > 0 ? 'ok' : state, plural(count, 'event'), trouble];
    }
    case 'rule': {
      const [state, trouble] = judged(outOf, 'delivery', 'failed');
      return [state, `${total(into)} matched`, trouble];
    }
    case 'table': {
      const writes = flowsInto(name);
      const count = sum(writes.map((flow) => flow.total));
      const refused = sum(writes.flatMap(({ failedPerSecond }) => failedPerSecond));
      const trouble = refused > 0 ? `${plural(refused, 'write')} refused in the last minute` : '';
      return [refused > 0 ? 'failed' : count > 0 ? 'ok' : 'quiet', plural(count, 'write'), trouble];
    }
    case 'function': {
      const label = arrows.find(({ to }) => to === id)?.label ?? 'runs';
      const count = `${total(into)} ${label}`;
      const runs = failedRuns(name);
      if (runs > 0) return ['failed', count, `${plural(runs, 'run')} failed in the last minute`];
      const [state, trouble] = judged(
        into.filter((edge) => edge.label !== 'deliveries'),
        'batch',
        'failed',
      );
      return [total(into) > 0 && state === 'quiet' ? 'ok' : state, count, trouble];
    }
    case 'api':
    case 'client':
    case 'schedule': {
      const [state, trouble] = judged(outOf, 'error', 'answered');
      return [state, `${total(outOf)} ${kind === 'api' ? 'requests' : 'calls'}`, trouble];
    }
  }
}

function plural(count: number, word: string): string {
  if (count === 1) return `1 ${word}`;
  return `${count} ${word.endsWith('y') ? `${word.slice(0, -1)}ie` : word}${word.endsWith('ch') ? 'e' : ''}s`;
}
