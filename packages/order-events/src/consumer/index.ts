export { InvalidOrderEventError } from '../contract/invalid-order-event-error.ts';
export type { Gap } from './gap.ts';
export { inMemoryStore } from './in-memory-store.ts';
export {
  ClaimLostError,
  OrderBusyError,
  orderedConsumer,
  type OrderedConsumer,
  type OrderedConsumerOptions,
  type Outcome,
} from './ordered-consumer.ts';
export { sqsHandler, type SqsBatchResponse, type SqsEvent, type SqsHandlerOptions } from './sqs.ts';
export type { Claim, OrderKey, Position, PositionStore } from './store.ts';
