import type { ColdStart } from '../cold-start/cold-start.ts';
import type { HotStatus } from '../hot-status/hot-status.ts';
import type { Growth, PageFigures } from '../pages/pages.ts';
import type { PipelineFigures } from '../pipeline/pipeline.ts';
import { BARE, OURS, type Operation, POWERTOOLS } from '../requests/contestants.ts';
import type { RequestFigures } from '../requests/requests.ts';
import type { Units } from '../requests/units.ts';
import { readResults } from '../results.ts';
import { figure } from '../statistics.ts';
import type { StartFigures } from '../start/start.ts';

/** All that the benches have written, and the questions that report and check both ask of it. */
export const facts = () => {
  const requests = readResults<{ rounds: number; figures: RequestFigures[] }>('requests');
  const units = readResults<Units[]>('units').content;
  const coldStart = readResults<{
    rounds: number;
    found: ColdStart[];
    packages: [name: string, bytes: number][];
  }>('cold-start').content;
  const pipeline = readResults<PipelineFigures>('pipeline').content;
  const { pages, writes: batchWrites } = readResults<Growth>('pages').content;
  const hotStatus = readResults<HotStatus[]>('hot-status').content;
  const start = readResults<StartFigures>('start').content;

  const request = (name: string, operation: Operation) =>
    requests.content.figures.find((each) => each.name === name && each.operation === operation);
  /** The median of the rounds' own ratios: what the machine does for a while is in both of a round. */
  const cpuRatio = (operation: Operation, name = OURS, against = BARE): number => {
    const [ours = [], theirs = []] = [name, against].map((each) => request(each, operation)?.cpuOfRounds);
    return figure(ours.map((cpu, round) => cpu / (theirs[round] ?? Number.NaN))).median;
  };
  const unitsOf = (name: string, operation: Operation) =>
    units.find((each) => each.name === name && each.operation === operation);
  const runtimes = [...new Set(coldStart.found.map(({ runtime }) => runtime))];
  const fresh = (name: string, runtime = runtimes[0]) =>
    coldStart.found.find((each) => each.name === name && each.runtime === runtime);
  const freshRatio = (runtime = runtimes[0]): number =>
    (fresh(OURS, runtime)?.wall.median ?? Number.NaN) / (fresh(BARE, runtime)?.wall.median ?? Number.NaN);
  /** Of the largest table against the smallest, the worst of all lists. */
  const growth = (of: (figures: PageFigures) => number): number =>
    Math.max(
      ...[...new Set(pages.map(({ list }) => list))].map((list) => {
        const sizes = pages.filter((each) => each.list === list);
        const [first, last] = [sizes[0], sizes.at(-1)];
        return first && last ? of(last) / of(first) : Number.NaN;
      }),
    );
  return {
    machine: requests,
    requests: requests.content,
    units,
    coldStart,
    pipeline,
    pages,
    batchWrites,
    hotStatus,
    start,
    request,
    cpuRatio,
    unitsOf,
    runtimes,
    fresh,
    freshRatio,
    growth,
    keyedAgainstPowertools: cpuRatio('create once', OURS, POWERTOOLS),
  };
};

export type Facts = ReturnType<typeof facts>;
