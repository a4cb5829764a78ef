import { copyFile, mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../../../local/bus/service.ts';
import { createEdges, type EdgeParts, type Edges } from '../../../local/edges.ts';
import { openIssuer, type Issuer } from '../../../local/issuer.ts';
import { createLogGroups } from '../../../local/logs.ts';
import { createMonitoring, type Monitoring } from '../../../local/monitoring.ts';
import type { Clock, Engine, Functions, Invocation, LogGroups, Permissions } from '../../../local/parts.ts';
import { openServer, type Server } from '../../../local/server.ts';
import { recordedJournal, type RecordedJournal } from './recorded-journal.ts';
import { stackOf } from './stack.ts';

const allAllowed: Permissions = { denial: () => undefined };

export type Behaviour = (payload: unknown) => Promise<Invocation> | Invocation;

export interface Running extends Edges {
  url: string;
  issuer: Issuer;
  server: Server;
  journal: RecordedJournal;
  logs: LogGroups;
  warnings: string[];
  monitoring: Monitoring;
  /** What the fake functions were called with. */
  calls: { name: string; payload: unknown }[];
  stop(): Promise<void>;
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const stop = () => {
        clearTimeout(timer);
        resolve();
      };
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop);
    }),
};

export const answers = (payload: unknown): Invocation => ({ outcome: 'answered', requestId: 'r1', payload });
export const fails = (errorMessage = 'boom'): Invocation => ({
  outcome: 'failed',
  requestId: 'r1',
  error: { errorType: 'Error', errorMessage, trace: [] },
});

/** The edges, listening, over fakes of the core. `found`: the journal that an earlier run left. */
export async function startEdges(
  resources: Parameters<typeof stackOf>[0],
  options: {
    functions?: Record<string, Behaviour>;
    engine?: Partial<Engine>;
    clock?: Clock;
    found?: readonly string[];
    directory?: string;
    /** Any free one when not given. */
    port?: number;
    jwt?: boolean;
    /** Fails deliveries of the bus. */
    fault?: Fault;
  } & Partial<Pick<EdgeParts, 'authorize' | 'permissions'>> = {},
): Promise<Running> {
  const { clock = realClock, functions: behaviours = {}, engine = {}, found, ...faults } = options;
  const directory = options.directory ?? (await temporaryFolder());
  const journal = recordedJournal(found);
  const server = await openServer({ port: options.port ?? 0 });
  const issuer = await openIssuer({
    url: `${server.url}/_issuer`,
    audience: 'orders',
    clock,
    directory: await withKey(directory),
  });
  const warnings: string[] = [];
  const calls: Running['calls'] = [];
  const logs = createLogGroups({ clock, journal });
  const stack = stackOf(resources.map((resource) => forIssuer(resource, issuer)));
  const monitoring = createMonitoring({ stack, clock, warn: (line) => warnings.push(line) });
  const edges = await orClosing(server, () =>
    createEdges({
      stack,
      monitoring,
      engine: fakeEngine(engine),
      functions: fakeFunctions(behaviours, calls),
      journal,
      logs,
      clock,
      issuer,
      url: server.url,
      directory,
      random: () => 0.5,
      warn: (line) => warnings.push(line),
      permissions: faults.permissions ?? allAllowed,
      ...(faults.authorize && { authorize: faults.authorize }),
      ...(faults.fault && { disturbance: { fails: faults.fault } }),
    }),
  );
  let stopped: Promise<void> | undefined;
  const end = async () => {
    await edges.close();
    await server.close();
  };
  await journal.load();
  await edges.resume();
  server.serve(edges.mounts);
  return {
    ...edges,
    url: server.url,
    issuer,
    server,
    journal,
    logs,
    warnings,
    monitoring,
    calls,
    stop: () => (stopped ??= end()),
  };
}

async function orClosing<T>(server: Server, make: () => T): Promise<T> {
  try {
    return make();
  } catch (error) {
    await server.close();
    throw error;
  }
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'edges-'));
  folders.push(folder);
  return folder;
}

// Making an RSA key takes longer than most tests.
let keyFile: string | undefined;

async function withKey(directory: string): Promise<string> {
  const own = join(directory, 'issuer-key.json');
  if (keyFile) {
    await copyFile(keyFile, own);
    return directory;
  }
  const kept = await temporaryFolder();
  await openIssuer({ url: '', audience: '', clock: realClock, directory: kept });
  keyFile = join(kept, 'issuer-key.json');
  return withKey(directory);
}

type Given = Parameters<typeof stackOf>[0][number];

function forIssuer(resource: Given, { url, audience }: Issuer): Given {
  if (resource.type !== 'AWS::ApiGatewayV2::Authorizer') return resource;
  const JwtConfiguration = { Issuer: url, Audience: [audience] };
  return { ...resource, properties: { JwtConfiguration, ...resource.properties } };
}

const fakeEngine = (given: Partial<Engine>): Engine => ({
  call: () => Promise.resolve({ status: 200, body: '{}' }),
  onWrite: () => undefined,
  close: () => Promise.resolve(),
  ...given,
});

const fakeFunctions = (behaviours: Record<string, Behaviour>, calls: Running['calls']): Functions => ({
  invoke: async (function_, payload) => {
    const name = function_.split(':').at(-1) ?? '';
    const behaviour = behaviours[name];
    if (!behaviour) throw new Error(`No function ${function_}`);
    calls.push({ name, payload });
    return behaviour(payload);
  },
  names: () => Object.keys(behaviours),
  reload: () => undefined,
  close: () => Promise.resolve(),
});
