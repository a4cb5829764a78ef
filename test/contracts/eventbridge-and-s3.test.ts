import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { eventBridgePublisher } from '../../src/adapters/eventbridge/publisher.ts';
import { s3FailureStore } from '../../src/adapters/failure-store/s3-failure-store.ts';
import type { ParkedRecord } from '../../src/application/ports.ts';
import { startEdges } from '../local/support/running.ts';
import { sdkClients } from '../local/support/sdk.ts';
import { bucket, bus, busArn, queue, queueArn, rule } from '../local/support/stack.ts';
import { eventPublisherContract, failureStoreContract } from './other-ports.ts';

const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const start = async () => {
  const edges = await startEdges([
    bucket('failures'),
    bus('orders'),
    queue('team'),
    rule('all', 'orders', { source: ['orders.service'] }, [{ Arn: queueArn('team') }]),
  ]);
  const clients = sdkClients(edges.url);
  stops.push(() => edges.stop(), clients.destroy);
  return { edges, clients };
};

describe('the failures in S3', () => {
  failureStoreContract(async () => {
    const { clients } = await start();
    const kept = async () => {
      const { Contents = [] } = await clients.s3.send(
        new ListObjectsV2Command({ Bucket: 'failures', Prefix: 'parked/' }),
      );
      return await Promise.all(
        Contents.map(async ({ Key }) => {
          const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: 'failures', Key }));
          return JSON.parse((await Body?.transformToString()) ?? '') as ParkedRecord;
        }),
      );
    };
    return { failures: s3FailureStore(clients.s3, 'failures'), kept };
  });
});

describe('the publisher to EventBridge', () => {
  eventPublisherContract(async () => {
    const { edges, clients } = await start();
    const arrived = async () => {
      await edges.bus.idle();
      const details: string[] = [];
      for (;;) {
        const messages = await edges.queues.receive('team', { max: 10 });
        if (messages.length === 0) return details;
        details.push(
          ...messages.map(({ body }) => JSON.stringify((JSON.parse(body) as { detail: unknown }).detail)),
        );
      }
    };
    const config = { eventBus: busArn('orders'), eventSource: 'orders.service' };
    return {
      publisher: eventBridgePublisher(clients.events, config),
      tooMuch: { note: 'é'.repeat(600_000) },
      arrived,
    };
  });
});
