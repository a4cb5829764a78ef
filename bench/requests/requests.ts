import { rmSync } from 'node:fs';
import { installPeers } from '../bundling.ts';
import { writeResults } from '../results.ts';
import { type Figure, figure, quantile } from '../statistics.ts';
import { check } from './check.ts';
import { type Contender, startContender, workshop } from './contender.ts';
import { CONTESTANTS, type Operation, PAGE, type Subject } from './contestants.ts';
import { environment, startTables } from './tables.ts';

const ROUNDS = 15;
const WARM_UP = 400;
const OPERATIONS: readonly [operation: Operation, requests: number][] = [
  ['create', 150],
  ['create once', 150],
  ['read', 300],
  ['list', 150],
  ['cancel', 150],
];

export interface RequestFigures {
  name: string;
  operation: Operation;
  /** Milliseconds a request. */
  cpu: Figure;
  /** The same of each round, in their order: those of one round were measured one after the other. */
  cpuOfRounds: number[];
  p50: Figure;
  p99: Figure;
}

/** Orders nobody else has: each contestant, operation and round has its own. */
const subjectsOf = (label: string, count: number): Subject[] =>
  Array.from({ length: count }, (_, n) => ({
    customerId: `${label}-${Math.floor(n / PAGE)}`,
    orderId: `${label}-${n}`,
  }));

/** What the operation needs in the table, made by the contestant itself outside of what is measured. */
const prepared = async (
  { contestant, run }: Contender,
  operation: Operation,
  round: string,
  count: number,
): Promise<Subject[]> => {
  const subjects = subjectsOf(`${contestant.name}-${operation.replace(' ', '-')}-${round}`, count);
  if (operation !== 'create' && operation !== 'create once') await run('create', subjects);
  return subjects;
};

const measure = async (
  contenders: readonly Contender[],
  operation: Operation,
  count: number,
): Promise<RequestFigures[]> => {
  const able = contenders.filter(({ contestant }) => contestant.requests[operation] !== undefined);
  const rounds = new Map(
    able.map((each): [Contender, Record<string, number[]>] => [each, { cpu: [], p50: [], p99: [] }]),
  );
  for (const contender of able) {
    await contender.run(operation, await prepared(contender, operation, 'warm', WARM_UP));
  }
  // By turns, each round begun by the next of them, so that whatever else the machine does strikes all alike.
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = round % able.length;
    for (const contender of [...able.slice(first), ...able.slice(0, first)]) {
      const subjects = await prepared(contender, operation, String(round), count);
      const { cpu, latencies } = await contender.run(operation, subjects);
      const all = rounds.get(contender);
      all?.['cpu']?.push(cpu);
      all?.['p50']?.push(quantile(latencies, 0.5));
      all?.['p99']?.push(quantile(latencies, 0.99));
    }
  }
  return [...rounds].map(([{ contestant }, { cpu = [], p50 = [], p99 = [] }]) => ({
    name: contestant.name,
    operation,
    cpu: figure(cpu),
    cpuOfRounds: cpu,
    p50: figure(p50),
    p99: figure(p99),
  }));
};

/** Service time and processor time of each request, one at a time, on one engine in a process of its own. */
export const requests = async (): Promise<void> => {
  installPeers();
  const engine = await startTables();
  const { folder, worker, bundle } = workshop();
  const contenders: Contender[] = [];
  try {
    for (const contestant of CONTESTANTS) {
      const { file } = bundle(contestant);
      contenders.push(
        await startContender(contestant, { worker, bundle: file }, environment(engine.endpoint)),
      );
    }
    for (const contender of contenders) await check(contender);
    const figures: RequestFigures[] = [];
    for (const [operation, count] of OPERATIONS) {
      console.error(`${operation}: ${ROUNDS} rounds of ${count} requests each`);
      figures.push(...(await measure(contenders, operation, count)));
    }
    writeResults('requests', { rounds: ROUNDS, figures });
  } finally {
    for (const contender of contenders) contender.end();
    await engine.stop();
    rmSync(folder, { recursive: true });
  }
};
