import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, rmSync } from 'node:fs';
import { devNull } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundle, installPeers } from '../bundling.ts';
import { startContender, workshop } from '../requests/contender.ts';
import { BARE, type Contestant, CONTESTANTS, type Subject } from '../requests/contestants.ts';
import { environment, startTables } from '../requests/tables.ts';
import { writeResults } from '../results.ts';
import { type Figure, figure } from '../statistics.ts';

const ROUNDS = 20;
const WARM_UP = 2;
const FRESH = fileURLToPath(new URL('fresh.cjs', import.meta.url));
const NODE_24 = path.join(
  fileURLToPath(new URL('../peers', import.meta.url)),
  'node_modules/node-24/bin/node',
);
/** Each reads the order that it has written itself: a library may look for marks of its own in an item. */
const subjectOf = ({ entry }: Contestant): Subject => ({
  customerId: `cold-${path.basename(entry, '.ts')}`,
  orderId: 'O5001',
});

export interface ColdStart {
  name: string;
  runtime: string;
  bytes: number;
  modules: number;
  /** Milliseconds: from spawn to exit, and within it of loading, of the first event, and of the processor. */
  wall: Figure;
  load: Figure;
  invoke: Figure;
  cpu: Figure;
}

interface Runtime {
  name: string;
  node: string;
  compileCache?: boolean;
}

const runtimes = (): Runtime[] => [
  { name: `Node ${process.versions.node}`, node: process.execPath },
  ...(existsSync(NODE_24)
    ? [
        { name: 'Node 24', node: NODE_24 },
        { name: 'Node 24, compile cache', node: NODE_24, compileCache: true },
      ]
    : []),
];

interface Life {
  load: number;
  invoke: number;
  cpu: number;
  failed: boolean;
}

const nowhere = openSync(devNull, 'w');

const live = async (
  node: string,
  file: string,
  contestant: Contestant,
  env: Record<string, string>,
): Promise<Life & { wall: number }> => {
  const subject = subjectOf(contestant);
  const event = JSON.stringify(contestant.requests.read?.(subject));
  const start = performance.now();
  const child = fork(FRESH, [file, event, subject.orderId], {
    execPath: node,
    execArgv: [],
    env,
    stdio: ['ignore', nowhere, 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const [life] = (await once(child, 'message')) as [Life];
  await ended;
  if (life.failed) throw new Error(`${file} refused its first event`);
  return { ...life, wall: performance.now() - start };
};

/** The floor once more, with all that the SDK brings along. */
const PLAIN: Contestant = {
  ...(CONTESTANTS.find(({ name }) => name === BARE) as Contestant),
  name: 'bare, nothing left out',
  plain: true,
};

/** From the start of a fresh process to its first answer: reading one order. Not Lambda's own init, which adds to it. */
export const coldStart = async (): Promise<void> => {
  installPeers();
  const engine = await startTables();
  const { folder, worker, bundle } = workshop();
  const env = environment(engine.endpoint);
  try {
    const contestants = [...CONTESTANTS, PLAIN].map((contestant) => ({
      contestant,
      bundle: bundle(contestant),
    }));
    for (const { contestant, bundle: made } of contestants) {
      if (contestant === PLAIN) continue;
      const contender = await startContender(contestant, { worker, bundle: made.file }, env);
      await contender.run('create', [subjectOf(contestant)]);
      contender.end();
    }
    const found: ColdStart[] = [];
    for (const runtime of runtimes()) {
      console.error(`${runtime.name}: ${ROUNDS} fresh processes of each`);
      found.push(...(await measure(contestants, runtime, { ...env }, folder)));
    }
    const ours = contestants.find(({ contestant }) => contestant.table === 'ours');
    writeResults('cold-start', { rounds: ROUNDS, found, packages: ours?.bundle.packages ?? [] });
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true });
  }
};

const measure = async (
  contestants: readonly { contestant: Contestant; bundle: Bundle }[],
  { name, node, compileCache }: Runtime,
  env: Record<string, string>,
  folder: string,
): Promise<ColdStart[]> => {
  if (compileCache) env['NODE_COMPILE_CACHE'] = path.join(folder, 'compile-cache');
  const lives = contestants.map(() => [] as Awaited<ReturnType<typeof live>>[]);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [place, { contestant, bundle }] of contestants.entries()) {
      const life = await live(node, bundle.file, contestant, env);
      if (round >= 0) lives[place]?.push(life);
    }
  }
  return contestants.map(({ contestant, bundle: { bytes, modules } }, place) => {
    const of = (key: 'wall' | 'load' | 'invoke' | 'cpu') =>
      figure((lives[place] ?? []).map((life) => life[key]));
    const figures = { wall: of('wall'), load: of('load'), invoke: of('invoke'), cpu: of('cpu') };
    return { name: contestant.name, runtime: name, bytes, modules, ...figures };
  });
};
