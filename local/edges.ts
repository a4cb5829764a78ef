import { join } from 'node:path';
import { cloudWatchService } from './aws/cloudwatch.ts';
import { dynamodbServices } from './aws/dynamodb.ts';
import { createAwsEndpoint, type Authorize } from './aws/endpoint.ts';
import { eventBridgeService } from './aws/eventbridge.ts';
import { lambdaService } from './aws/lambda.ts';
import { logsService } from './aws/logs.ts';
import { s3Service } from './aws/s3.ts';
import { secretsManagerService } from './aws/secretsmanager.ts';
import type { AwsService } from './aws/service.ts';
import { sqsService } from './aws/sqs.ts';
import { createBus } from './bus/bus.ts';
import type { BusService, Disturbance } from './bus/service.ts';
import { createGateway } from './gateway/gateway.ts';
import { json } from './http.ts';
import { createInvocations } from './invocations.ts';
import type { Issuer } from './issuer.ts';
import type { Monitoring } from './monitoring.ts';
import { createObjects, type ObjectService } from './objects/objects.ts';
import { createQueues, type QueueService } from './queues/queues.ts';
import { createSecrets } from './secrets.ts';
import type { Destinations } from './permitted.ts';
import type { Mounts } from './server.ts';
import { authorizing } from './permissions/authorize.ts';
import type {
  Clock,
  Engine,
  Functions,
  Invocations,
  Journal,
  LogGroups,
  Permissions,
  Stack,
} from './parts.ts';
import { tapAuthorize, tapService } from './trace/calls.ts';
import { keepAttempts, tapGateway, tapQueues } from './trace/taps.ts';
import { createTrace, type Trace } from './trace/trace.ts';

export interface EdgeParts {
  stack: Stack;
  engine: Engine;
  functions: Functions;
  journal: Journal;
  logs: LogGroups;
  clock: Clock;
  issuer: Issuer;
  /** The server's url: queue URLs and the gateway's events name it. */
  url: string;
  /** Where the contents of objects are kept. */
  directory: string;
  /** One line for the operator; standard error by default. */
  warn?: (line: string) => void;
  /** Between 0 and 1: for the jitter of retries. */
  random?: () => number;
  permissions: Permissions;
  /** Says why a call of an AWS service is denied; by default what the permissions say. */
  authorize?: Authorize;
  /** Strikes deliveries of the bus. */
  disturbance?: Partial<Disturbance>;
  /** Puts faults in front of what answers calls. */
  struck?: {
    bus: (bus: BusService) => BusService;
    service: (service: AwsService) => AwsService;
    keeping: (destinations: Destinations, functionName: string) => Destinations;
  };
  /** Is told what is done. */
  monitoring?: Monitoring;
  /** Keeps what goes through here. */
  trace?: Trace;
}

export interface Edges {
  bus: BusService;
  queues: QueueService;
  objects: ObjectService;
  invocations: Invocations;
  /** For `server.serve`. */
  mounts: Mounts;
  /** After `journal.load()`: goes on with the deliveries and invocations that a crash left behind. */
  resume(): Promise<void>;
  /** Ends waiting receivers, lets what is under way end; what is pending stays in the journal. */
  close(): Promise<void>;
}

/**
 * Everything between the outside and the engine and functions. In order, at start:
 *   server = await openServer({ port })                  binds, so that the url is known
 *   issuer = await openIssuer({ url: `${server.url}/_issuer`, audience, clock, directory })
 *   stack, engine, functions...                          functions get AWS_ENDPOINT_URL=`${server.url}/_aws`
 *   edges = createEdges({ ... })                         reads the template, registers its parts with the journal
 *   await journal.load(); await edges.resume(); server.serve(edges.mounts)
 * Throws for a template that it cannot run (an invalid event pattern, a FIFO queue...), naming the resource.
 */
export function createEdges(parts: EdgeParts): Edges {
  const { stack, engine, functions, journal, logs, clock, issuer, url, permissions } = parts;
  const {
    monitoring,
    struck,
    trace = createTrace(clock),
    random = Math.random,
    warn = (line) => process.stderr.write(`${line}\n`),
  } = parts;
  const meters = monitoring?.meters;
  const common = { stack, journal, clock, warn, permissions };
  const watching = { trace, stack, clock };
  const queues = createQueues({ ...common, ...(meters && { meter: meters.queues }) });
  const objects = createObjects({ ...common, directory: join(parts.directory, 'objects') });
  const secrets = createSecrets(common);
  const invocations = createInvocations({
    ...common,
    functions,
    queues,
    objects,
    ...(struck && { keeping: struck.keeping }),
    ...(meters && { meter: meters.functions }),
  });
  const bus = createBus({
    ...common,
    queues,
    invocations,
    logs,
    random,
    ...(parts.disturbance && { disturbance: parts.disturbance }),
    attempted: keepAttempts(trace),
    ...(meters && { meter: meters.bus }),
  });
  const services = [
    ...dynamodbServices(engine),
    eventBridgeService({ bus: struck?.bus(bus) ?? bus, stack, clock }),
    sqsService({ queues: tapQueues(queues, trace, clock), stack, url }),
    s3Service(objects),
    lambdaService({ functions, invocations, journal, stack }),
    logsService({ logs, stack }),
    secretsManagerService(secrets),
    ...(monitoring ? [cloudWatchService(monitoring)] : []),
  ];
  const unchanged = (service: AwsService) => service;
  const answering = services.map(struck?.service ?? unchanged).map(meters?.service ?? unchanged);
  return {
    bus,
    queues,
    objects,
    invocations,
    mounts: {
      aws: createAwsEndpoint(
        answering.map((service) => tapService(service, watching)),
        tapAuthorize(parts.authorize ?? authorizing(permissions, stack), watching),
      ),
      issuer: {
        handler: issuer.handler,
        maxBodyBytes: 64 * 1024,
        tooLarge: json(413, { message: 'Too large' }),
      },
      gateway: tapGateway(
        createGateway({
          stack,
          functions,
          issuer,
          clock,
          logs,
          permissions,
          ...(meters && { meter: meters.api }),
        }),
        trace,
        clock,
      ),
    },
    resume: async () => {
      await objects.sweep();
      await secrets.generate();
      bus.resume();
      invocations.resume();
    },
    close: async () => {
      queues.close();
      invocations.close();
      await bus.close();
    },
  };
}
