import { createClock } from './clock.ts';
import { openConsole } from './console/api.ts';
import { deliveriesOf, eventsOf } from './deliveries.ts';
import { root } from './directory.ts';
import { createEdges } from './edges.ts';
import { engineVersion } from './engine/binary.ts';
import { createEngine } from './engine/engine.ts';
import { createFaults } from './faults.ts';
import { createFunctions } from './functions/functions.ts';
import type { Local, StartOptions } from './local.ts';
import { createLogGroups } from './logs.ts';
import { createMonitoring } from './monitoring.ts';
import { openParts } from './opening.ts';
import { createPermissions } from './permissions/permissions.ts';
import { permittedLogs, type Destinations } from './permitted.ts';
import { createStreams } from './streams.ts';
import {
  disturbanceOf,
  lifeOf,
  struckBus,
  struckDestinations,
  struckInvoke,
  struckService,
} from './struck.ts';
import type { Assembly } from './template/assembly.ts';
import { readStack } from './template/stack.ts';
import { tapBatches, tapInvoke, tapLogs } from './trace/taps.ts';
import { createTrace } from './trace/trace.ts';
import { saidOfDisk } from './unready.ts';

/** The template on this machine, for `npm start` and for tests. Rejects with Unready or PortTaken, everything that it had started ended again. */
export async function startLocal(options: StartOptions = {}): Promise<Local> {
  const started: (() => unknown)[] = [];
  const said = (error: unknown) => saidOfDisk(error, options.dataDir);
  /** All of it, whatever of it fails, and then says what did first. */
  const end = async () => {
    const failures: unknown[] = [];
    for (const close of started.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw said(failures[0]);
  };
  try {
    return { ...(await start(options, started)), close: end };
  } catch (error) {
    // What cannot be closed either must not hide why.
    await end().catch(() => undefined);
    throw said(error);
  }
}

async function start(options: StartOptions, started: (() => unknown)[]): Promise<Omit<Local, 'close'>> {
  const { port = 0, notice = () => undefined, faultSeed = Math.floor(Math.random() * 2 ** 31) } = options;
  const clock = createClock();
  const { faults, ...striking } = createFaults(faultSeed);
  const { warn = (line: string) => process.stderr.write(`${line}\n`) } = options;
  const endpoint = options.dynamodbEndpoint ?? process.env['DYNAMODB_ENDPOINT'];

  const opened = await openParts({ ...options, port, notice, warn, endpoint, clock }, started);
  const { directory, journal, server, issuer, assembly } = opened;

  const parameters = { JwtIssuer: issuer.url, JwtAudience: issuer.audience };
  const { stack, notes, codeOf } = readStack(amended(assembly, options.amend), { parameters });
  const permissions = createPermissions({ stack, asked: options.asked });
  const awsUrl = `${server.url}/_aws`;
  const trace = createTrace(clock);
  const common = { stack, journal, clock, warn, permissions, trace };
  const monitoring = createMonitoring({ stack, clock, warn });
  const { metrics, alarms, dashboards, meters } = monitoring;
  const written = (line: string) => monitoring.read(line);
  const logs = tapLogs(createLogGroups({ clock, journal, heard: options.error, written }), trace);
  const running = createFunctions({
    stack,
    codeOf,
    awsUrl,
    logsOf: (name) => permittedLogs(logs, stack, { function: name, permissions }, warn),
    clock,
    ahead: clock.ahead,
    diesAfter: (name) => lifeOf(name, striking),
    meter: meters.functions,
  });
  const functions = {
    ...running,
    invoke: tapInvoke((function_, payload) => running.invoke(function_, payload), trace, clock),
  };
  started.push(() => functions.close());
  void functions.warm();

  const engine = await createEngine({ ...common, opened: opened.engine, clockAt: (ms) => clock.at(ms) });
  started.push(() => engine.close());
  const keeping = (destinations: Destinations, name: string) =>
    struckDestinations(destinations, name, striking);
  const edges = createEdges({
    ...common,
    engine,
    functions,
    logs,
    issuer,
    url: server.url,
    directory,
    disturbance: disturbanceOf(striking),
    struck: {
      bus: (bus) => struckBus(bus, striking),
      service: (service) => struckService(service, { clock, stack }, striking),
      keeping,
    },
    monitoring,
  });
  const struckCalls = struckInvoke(functions.invoke, striking, meters.functions.throttled);
  const invoke = tapBatches(struckCalls, trace, clock);
  const streams = createStreams({ ...common, engine, edges, functions: { invoke }, meters, keeping });
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
  streams.start();
  started.push(() => streams.close());
  monitoring.start(edges.queues);
  started.push(() => monitoring.close());

  const drain = async () => {
    // Twice: a target of the bus may write to the table again.
    for (let round = 0; round < 2; round += 1) {
      await streams.idle();
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
