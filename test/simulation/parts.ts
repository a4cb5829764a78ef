import { toOrderChange } from '../../src/adapters/dynamodb/change-record.ts';
import { dynamoDbOrders } from '../../src/adapters/dynamodb/order-repository.ts';
import { readBatch } from '../../src/adapters/dynamodb-stream/read-batch.ts';
import { eventBridgePublisher } from '../../src/adapters/eventbridge/publisher.ts';
import { createCheckpoints } from '../../local/stream/checkpoints.ts';
import { BUS_ARN } from './event-bus.ts';

/** The code under simulation, where a bug can be planted in its place. */
export const PRODUCTION = {
  dynamoDbOrders,
  toOrderChange,
  readBatch,
  eventBridgePublisher,
  createCheckpoints,
  eventBus: BUS_ARN,
  /** Properties of the event source mapping, over those that the run chose. */
  mapping: {} as Record<string, unknown>,
};

export type Parts = typeof PRODUCTION;
