import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import type { Container } from 'inversify';
import type { EventPublisher, FailureStore } from '../../application/ports.ts';
import { publishOrderChanges } from '../../application/publish-order-changes.ts';
import { hasOwnEndpoint, type StreamConfig } from '../config.ts';
import { toOrderChange } from '../dynamodb/change-record.ts';
import { readBatch, type StreamHandler } from '../dynamodb-stream/read-batch.ts';
import { eventBridgePublisher } from '../eventbridge/publisher.ts';
import { s3FailureStore } from '../failure-store/s3-failure-store.ts';
import { countingColdStarts } from '../observability/cold-starts.ts';
import { createMetrics, type OrderMetrics } from '../observability/metrics.ts';
import { pseudonym } from '../observability/pseudonym.ts';
import { CLIENT } from './clients.ts';
import { LOGGER, token, wiring } from './wiring.ts';

export const STREAM = token<StreamHandler>('StreamHandler');
const METRICS = token<OrderMetrics>('OrderMetrics');
const PUBLISHER = token<EventPublisher>('EventPublisher');
const FAILURES = token<FailureStore>('FailureStore');

export const streamContainer = (config: StreamConfig): Container => {
  const { container, value, provide } = wiring();
  value(METRICS, createMetrics());
  provide(PUBLISHER, [], () => eventBridgePublisher(new EventBridgeClient(CLIENT), config));
  provide(FAILURES, [], () =>
    s3FailureStore(new S3Client({ ...CLIENT, forcePathStyle: hasOwnEndpoint() }), config.failureBucket),
  );
  provide(STREAM, [PUBLISHER, FAILURES, LOGGER, METRICS], (publisher, failures, logger, metrics) =>
    countingColdStarts(
      readBatch({
        toOrderChange: toOrderChange(config.defaultCurrency),
        publishOrderChanges: publishOrderChanges({ publisher, failures }),
        logger,
        metrics,
        customerName: pseudonym(config.logHashKey),
      }),
    ),
  );
  return container;
};
