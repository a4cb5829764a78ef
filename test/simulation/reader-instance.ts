import type { Logger } from '@aws-lambda-powertools/logger';
import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { StreamRecord } from '../../local/stream/source.ts';
import { s3FailureStore } from '../../src/adapters/failure-store/s3-failure-store.ts';
import { publishOrderChanges } from '../../src/application/publish-order-changes.ts';
import type { Chance } from './chance.ts';
import type { EventBus } from './event-bus.ts';
import type { History } from './history.ts';
import type { Network } from './network.ts';
import type { Parts } from './parts.ts';
import { type Process, startProcess } from './process.ts';
import type { Timer, VirtualTime } from './virtual-time.ts';

export interface Around {
  network: Network;
  bus: EventBus;
  parts: Parts;
}

const silent = {
  addContext: () => undefined,
  setCorrelationId: () => undefined,
  appendKeys: () => undefined,
  removeKeys: () => undefined,
  info: () => undefined,
  error: () => undefined,
} as unknown as Logger;

export interface Instance {
  process: Process;
  /** Of the batch that it has now. */
  invocation: string;
  /** How far its clock is off. */
  skew: number;
  /** What its death means for the invocation that it has now. */
  ended: () => void;
  handle: ReturnType<Parts['readBatch']>;
}

/** One copy of the stream function: the production code, wired as in its container, over simulated edges. */
export const readerInstance = (
  time: VirtualTime,
  chance: Chance,
  history: History,
  { network, bus, parts }: Around,
): Instance => {
  const parked = (body: string): void => {
    const { id, payload } = JSON.parse(body) as { id: string; payload?: StreamRecord };
    const whole = payload?.dynamodb.NewImage ?? payload?.dynamodb.OldImage;
    const sequence = payload?.dynamodb.SequenceNumber ?? '';
    history.add({ is: 'parked', at: time.now(), eventId: id, sequence, whole: whole !== undefined });
  };

  const process = startProcess();
  const now = (): number => time.now() + instance.skew;
  const sleep = (ms: number): Promise<void> => process.hears(time.sleep(ms));
  const timers = new WeakMap<AbortSignal, Timer>();
  const timeout = (ms: number): AbortSignal => {
    const ending = new AbortController();
    timers.set(
      ending.signal,
      time.after(ms, () => ending.abort()),
    );
    return ending.signal;
  };
  const pace = { now, sleep, random: chance.fraction, timeout };
  const events = {
    send: async ({ input }: PutEventsCommand, { abortSignal }: { abortSignal: AbortSignal }) => {
      const serve = () => bus.putEvents(input.Entries ?? [], process, instance.invocation);
      const { results, answered } = await network.request('bus', process, serve, abortSignal);
      timers.get(abortSignal)?.cancel();
      answered();
      return { Entries: results };
    },
  } as unknown as EventBridgeClient;
  const objects = {
    send: async ({ input }: PutObjectCommand) => {
      await network.request('objects', process, () => parked(input.Body as string));
    },
  } as unknown as S3Client;
  const config = { eventBus: parts.eventBus, eventSource: 'orders.service' };
  const instance: Instance = {
    process,
    invocation: '',
    skew: 0,
    ended: () => undefined,
    handle: parts.readBatch({
      toOrderChange: parts.toOrderChange('USD'),
      publishOrderChanges: publishOrderChanges({
        publisher: parts.eventBridgePublisher(events, config, pace),
        failures: s3FailureStore(objects, 'failures'),
      }),
      logger: silent,
      metrics: { published: () => undefined },
      customerName: () => 'a customer',
      now,
    }),
  };
  process.onEnd(() => instance.ended());
  return instance;
};
