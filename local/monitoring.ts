import { createAlarms, type Alarms } from './alarms/alarms.ts';
import type { AwsService } from './aws/service.ts';
import { apiMeter, type ApiMeter } from './metrics/api.ts';
import { busMeter, meteredEvents, type BusMeter } from './metrics/bus.ts';
import { readDashboards, type Dashboard } from './metrics/dashboards.ts';
import { takeEmbedded } from './metrics/emf.ts';
import { functionMeter, type FunctionMeter } from './metrics/functions.ts';
import { mappingMeter, type MappingMeter } from './metrics/mappings.ts';
import { createMinutes } from './metrics/minutes.ts';
import { queueMeter, type QueueMeter } from './metrics/queues.ts';
import { createMetrics, type Metrics } from './metrics/store.ts';
import { meteredTables } from './metrics/tables.ts';
import type { Clock, Stack } from './parts.ts';
import type { QueueService } from './queues/queues.ts';

/** What the parts of the runtime tell of what they do. */
export interface Meters {
  api: ApiMeter;
  bus: BusMeter;
  functions: FunctionMeter;
  mapping: (id: string) => MappingMeter;
  queues: QueueMeter;
  /** The service, counting its answers. */
  service: (service: AwsService) => AwsService;
}

export interface Monitoring {
  metrics: Metrics;
  /** Judged up to now whenever they are asked. */
  alarms: Alarms;
  dashboards: readonly Dashboard[];
  meters: Meters;
  /** Takes the metrics out of a line of a log. */
  read(line: string): void;
  /** Ends each minute from now on: samples the queues, then judges the alarms. */
  start(queues: QueueService): void;
  close(): Promise<void>;
}

/** CloudWatch's part of the template. Throws for what of it is not evaluated here, naming the resource. */
export function createMonitoring({
  stack,
  clock,
  warn,
}: {
  stack: Stack;
  clock: Clock;
  warn: (line: string) => void;
}): Monitoring {
  const now = () => clock.now();
  const metrics = createMetrics({ clock, warn });
  const alarms = createAlarms({ stack, metrics, now: now() });
  const bus = busMeter(metrics);
  const { meter: queueMetering, sample } = queueMeter(metrics, now);
  let sampled: QueueService | undefined;
  const minutes = createMinutes({
    clock,
    ended: (at) => {
      for (const name of sampled?.names() ?? []) {
        const depth = sampled?.depth(name, at);
        if (depth) sample(name, depth, at);
      }
      alarms.evaluate(at);
    },
  });
  const upToDate = <T>(of: () => T): T => {
    minutes.catchUp();
    return of();
  };

  return {
    metrics,
    dashboards: readDashboards(stack),
    alarms: {
      list: () => upToDate(() => alarms.list()),
      stateOf: (name) => upToDate(() => alarms.stateOf(name)),
      history: () => upToDate(() => alarms.history()),
      notices: () => upToDate(() => alarms.notices()),
    },
    meters: {
      api: apiMeter(metrics),
      bus,
      functions: functionMeter(metrics),
      mapping: (id) => mappingMeter(metrics, id),
      queues: queueMetering,
      service: (service) => {
        if (service.name === 'dynamodb') return meteredTables(service, metrics, now);
        return service.name === 'events' ? meteredEvents(service, bus, now) : service;
      },
    },
    read: (line) => takeEmbedded(line, metrics, now()),
    start: (queues) => {
      sampled = queues;
      minutes.start();
    },
    close: () => minutes.close(),
  };
}
