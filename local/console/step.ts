import type { BusService } from '../bus/service.ts';
import type { Clock, LogGroups } from '../parts.ts';
import type { QueueService } from '../queues/queues.ts';
import type { Chain, Gap, Step } from './shapes/journey.ts';

export interface ChainParts {
  bus: BusService;
  queues: QueueService;
  logs: LogGroups;
  clock: Clock;
  /** Of the event source mapping that feeds the function. */
  windowSeconds: (function_: string) => number;
}

/** Steps of one stage, and the times in which nothing happened and why. */
export interface Stage {
  steps: Step[];
  gaps: Gap[];
}

/** A step as most are; what differs is given. */
export const step = (given: Pick<Step, 'key' | 'kind' | 'lane' | 'at' | 'title'> & Partial<Step>): Step => {
  const { at, ms = 0, state = 'ok', title } = given;
  return {
    ms,
    state,
    note: '',
    bars: [{ at, ms, state, label: title }],
    facts: [],
    verdicts: [],
    lines: [],
    payload: [],
    changes: [],
    ...given,
  };
};

/** A lane's id is its kind and its name. */
export const lane = (kind: Chain['lanes'][number]['kind'], name: string) => `${kind}:${name}`;

export function inWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}
