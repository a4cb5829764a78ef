import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClock, type MovableClock } from './clock.ts';
import { deliveriesOf, eventsOf, type LocalDelivery, type LocalEvent } from './deliveries.ts';
import { openDirectory } from './directory.ts';
import { openConsole } from './console/api.ts';
import { createEdges, type Edges } from './edges.ts';
import { engineVersion } from './engine/binary.ts';
import { createEngine, openEngine } from './engine/engine.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFunctions, type LocalFunctions } from './functions/functions.ts';
import { openIssuer, type Issuer } from './issuer.ts';
import { openJournal } from './journal.ts';
import { createLogGroups } from './logs.ts';
import { createMonitoring } from './monitoring.ts';
import type { Alarms } from './alarms/alarms.ts';
import type { Dashboard } from './metrics/dashboards.ts';
import type { Metrics } from './metrics/store.ts';
import type { LogGroups, Stack } from './parts.ts';
import { createPermissions, type Asked } from './permissions/permissions.ts';
import { permittedDestinations, permittedLogs, permittedSource, type Destinations } from './permitted.ts';
import { openServer } from './server.ts';
import { saidOfDisk } from './unready.ts';
import { createCheckpoints } from './stream/checkpoints.ts';
import { createMappings } from './stream/mappings.ts';
import { engineSource } from './stream/source.ts';
import { disturbanceOf, struckBus, struckDestinations, struckInvoke, struckService } from './struck.ts';
import type { Assembly, Template } from './template/assembly.ts';
import { tapObjects } from './trace/calls.ts';
import { tapBatches, tapInvoke, tapLogs } from './trace/taps.ts';
import { createTrace, type Trace } from './trace/trace.ts';
import type { Note } from './template/check.ts';
import { readStack } from './template/stack.ts';
import { synthesize } from './template/synthesize.ts';

export interface StartOptions {
  /** 0, the default, for any free one. */
  port?: number;
  /** Kept from run to run; without it everything goes with the run. */
  dataDir?: string;
  /** Decides which of their chances the faults take; a random one without it. */
  faultSeed?: number;
  /** One line for the operator. */
  notice?: (line: string) => void;
  warn?: (line: string) => void;
  /** What a function logs as an error: else it would be seen in the log groups only. */
  error?: ((group: string, line: string) => void) | undefined;
  /** The embedded engine keeps ending, or the disk takes no more: nothing works any more. */
  gaveUp?: (error: Error) => void;
  /** Changes the template before it is run. */
  amend?: (template: Template) => void;
  /** Hears of every permission that is asked for. */
  asked?: Asked;
  /** A running DynamoDB-compatible server to use instead of the embedded engine. */
  dynamodbEndpoint?: string | undefined;
}

export interface Local {
  /** The HTTP API. */
  url: string;
  /** The endpoint for AWS's SDKs. */
  awsUrl: string;
  region: string;
  stack: Stack;
  /** What the template holds and the runtime runs differently, or not at all. */
  notes: readonly Note[];
  functions: LocalFunctions;
  edges: Edges;
  logs: LogGroups;
  token: Issuer['token'];
  /** Resolves when every write has gone all the way: no record, delivery or invocation is under way. */
  drain: () => Promise<void>;
  /** What the bus took, oldest first. */
  events: () => LocalEvent[];
  /** What became of each event at each target. */
  deliveries: () => LocalDelivery[];
  /** The time of everything here, the functions included: `clock.advance('25h')`. */
  clock: MovableClock;
  /** What AWS would have sent to CloudWatch, and what the functions' logs hold, of the last 24 hours. */
  metrics: Pick<Metrics, 'list' | 'between' | 'held'>;
  /** The template's alarms, judged each minute of the clock. */
  alarms: Alarms;
  /** The template's dashboards, and the data of their graphs. */
  dashboards: readonly Dashboard[];
  /** What is to go wrong from now on: `faults.crash(0.2)`, `faults.off()`. */
  faults: Faults;
  /** What went through, and when. */
  trace: Trace;
  close(): Promise<void>;
}

/** Of a copy of a function that a fault kills: long enough to have published now and then. */
const longestLifeMs = 20;

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The template on this machine, for `npm start` and for tests. Rejects with Unready or PortTaken, everything that it had started ended again. */
export async function startLocal(options: StartOptions = {}): Promise<Local> {
  const started: (() => unknown)[] = [];
  const end = async () => {
    for (const close of started.splice(0).reverse()) await close();
  };
  try {
    return { ...(await start(options, started)), close: end };
  } catch (error) {
    // What cannot be closed either must not hide why.
    await end().catch(() => undefined);
    throw saidOfDisk(error, options.dataDir ?? tmpdir());
  }
}

async function start(options: StartOptions, started: (() => unknown)[]): Promise<Omit<Local, 'close'>> {
  const { port = 0, notice = () => undefined, faultSeed = Math.floor(Math.random() * 2 ** 31) } = options;
  const clock = createClock();
  const { faults, ...striking } = createFaults(faultSeed);
  const { warn = (line: string) => process.stderr.write(`${line}\n`) } = options;
  const endpoint = options.dynamodbEndpoint ?? process.env['DYNAMODB_ENDPOINT'];

  const directory = await openDirectory(options.dataDir);
  started.push(() => directory.release());
  const { gaveUp = (error: Error) => warn(error.message) } = options;
  const journal = await openJournal(directory.path, { gaveUp });
  started.push(() => journal.close());
  const server = await openServer({ port });
  started.push(() => server.close());

  const opening = openEngine({
    directory: directory.path,
    clock,
    warn,
    ...(endpoint && { endpoint }),
    gaveUp,
  });
  const issuing = openIssuer({
    url: `${server.url}/_issuer`,
    audience: 'orders-api',
    clock,
    // Kept for temporary runs too: making a key takes longer than all the rest of a start.
    directory: options.dataDir === undefined ? cacheDirectory() : directory.path,
  });
  const synthesizing = synthesize(root, notice);
  // Each is waited for, so that none goes on behind the back of a failed start.
  const [opened, issued, synthesized] = await Promise.allSettled([opening, issuing, synthesizing]);
  if (opened.status === 'fulfilled') started.push(() => opened.value.stop());
  const [enginePart, issuer, assembly] = [valueOf(opened), valueOf(issued), valueOf(synthesized)];

  const parameters = { JwtIssuer: issuer.url, JwtAudience: issuer.audience };
  const { stack, notes, codeOf } = readStack(amended(assembly, options.amend), { parameters });
  const permissions = createPermissions({ stack, asked: options.asked });
  const asking = (name: string) => ({ function: name, permissions });
  const awsUrl = `${server.url}/_aws`;
  const trace = createTrace(clock);
  const monitoring = createMonitoring({ stack, clock, warn });
  const { metrics, alarms, dashboards, meters } = monitoring;
  const written = (line: string) => monitoring.read(line);
  const logs = tapLogs(createLogGroups({ clock, journal, heard: options.error, written }), trace);
  const running = createFunctions({
    stack,
    codeOf,
    awsUrl,
    logsOf: (name) => permittedLogs(logs, stack, asking(name), warn),
    clock,
    ahead: clock.ahead,
    diesAfter: (name) => (striking.strikes('crash', name) ? striking.chance() * longestLifeMs : undefined),
    meter: meters.functions,
  });
  const functions = {
    ...running,
    invoke: tapInvoke((function_, payload) => running.invoke(function_, payload), trace, clock),
  };
  started.push(() => functions.close());
  void functions.warm();

  const engine = await createEngine({
    opened: enginePart,
    stack,
    clock,
    clockAt: (ms) => clock.at(ms),
    journal,
    warn,
  });
  started.push(() => engine.close());
  const keeping = (destinations: Destinations, name: string) =>
    struckDestinations(destinations, name, striking);
  const edges = createEdges({
    stack,
    engine,
    functions,
    journal,
    logs,
    clock,
    issuer,
    warn,
    permissions,
    url: server.url,
    directory: directory.path,
    trace,
    disturbance: disturbanceOf(striking),
    struck: {
      bus: (bus) => struckBus(bus, striking),
      service: (service) => struckService(service, { clock, stack }, striking),
      keeping,
    },
    monitoring,
  });
  const checkpoints = createCheckpoints(journal);
  const struckCalls = struckInvoke(functions.invoke, striking, meters.functions.throttled);
  const invoke = tapBatches(struckCalls, trace, clock);
  const mappings = createMappings({
    stack,
    engine,
    sourceOf: (streamArn, function_) =>
      permittedSource(
        engineSource(engine, streamArn, (table) => engine.streamId(table)),
        streamArn,
        asking(function_),
      ),
    destinationsOf: (name) => {
      const kept = { ...edges, objects: tapObjects(edges.objects, trace, clock) };
      return keeping(permittedDestinations(kept, asking(name)), name);
    },
    moved: (table, sequence) => engine.settledUpTo(table, sequence),
    parts: { functions: { invoke }, checkpoints, journal, clock, warn },
    meters,
  });
  await journal.load();
  await engine.resume();
  await edges.resume();
  started.push(() => edges.close());
  const console = openConsole({
    root,
    stack,
    notes,
    template: assembly.template,
    madeAt: assembly.madeAt,
    engine: engineIn(endpoint),
    edges,
    logs,
    dynamodb: engine,
    metrics,
    alarms,
    dashboards,
    functions: { invoke },
    journal,
    clock,
    faults,
    trace,
  });
  started.push(() => console.close());
  server.serve({ ...edges.mounts, console: console.handler });
  mappings.start();
  started.push(() => mappings.close());
  monitoring.start(edges.queues);
  started.push(() => monitoring.close());

  const drain = async () => {
    // Twice: a target of the bus may write to the table again.
    for (let round = 0; round < 2; round += 1) {
      await mappings.idle();
      await edges.bus.idle();
      await edges.invocations.idle();
    }
  };
  const { region } = stack;
  return {
    url: server.url,
    awsUrl,
    region,
    stack,
    notes,
    functions,
    edges,
    logs,
    token: (claims, lifetime) => issuer.token(claims, lifetime),
    drain,
    events: () => eventsOf(edges.bus),
    deliveries: () => deliveriesOf(edges.bus),
    clock,
    metrics,
    alarms,
    dashboards,
    faults,
    trace,
  };
}

function amended(assembly: Assembly, amend: StartOptions['amend']): Assembly {
  if (!amend) return assembly;
  const template = structuredClone(assembly.template);
  amend(template);
  return { ...assembly, template };
}
const engineIn = (endpoint: string | undefined) =>
  endpoint
    ? { name: 'DynamoDB at another address', endpoint }
    : { name: `Dynoxide ${engineVersion() ?? ''}`.trim() };

function cacheDirectory(): string {
  const path = join(root, '.local');
  mkdirSync(path, { recursive: true });
  return path;
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'fulfilled') return settled.value;
  throw settled.reason;
}
