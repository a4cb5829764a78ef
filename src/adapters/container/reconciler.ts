import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Container } from 'inversify';
import type { EventPublisher } from '../../application/ports.ts';
import { reconcileDay } from '../../application/reconcile-day.ts';
import { reconcileRound } from '../../application/reconcile-round.ts';
import type { ReconcilerConfig } from '../config.ts';
import { dynamoDbHistory } from '../dynamodb/order-history.ts';
import { dynamoDbOrders } from '../dynamodb/order-repository.ts';
import { dynamoDbRounds } from '../dynamodb/rounds.ts';
import { eventBridgePublisher } from '../eventbridge/publisher.ts';
import { type ReconcilerHandler, reconcilerHandler } from '../invoke/reconciler.ts';
import { countingColdStarts } from '../observability/cold-starts.ts';
import { createReconcilerMetrics } from '../observability/reconciler-metrics.ts';
import { CLIENT, DOCUMENTS, documents } from './clients.ts';
import { CLOCK, LOGGER, token, wiring } from './wiring.ts';

export const RECONCILER = token<ReconcilerHandler>('ReconcilerHandler');
const PUBLISHER = token<EventPublisher>('EventPublisher');

export const reconcilerContainer = (config: ReconcilerConfig): Container => {
  const { container, provide } = wiring();
  provide(DOCUMENTS, [], documents);
  provide(PUBLISHER, [], () => eventBridgePublisher(new EventBridgeClient(CLIENT), config));
  provide(RECONCILER, [DOCUMENTS, PUBLISHER, CLOCK, LOGGER], (client, publisher, clock, logger) => {
    const orders = dynamoDbOrders(client, config, (error) => logger.error('an item cannot be read', error));
    const history = dynamoDbHistory(client, config);
    const day = reconcileDay({ ...config, orders, history, publisher, clock });
    const rounds = dynamoDbRounds(client, config.historyTable);
    const round = reconcileRound({ ...config, reconcileDay: day, rounds, clock });
    const metrics = createReconcilerMetrics();
    return countingColdStarts(
      reconcilerHandler({ ...config, reconcileDay: day, reconcileRound: round, clock, logger, metrics }),
    );
  });
  return container;
};
