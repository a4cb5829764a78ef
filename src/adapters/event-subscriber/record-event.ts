import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { OrderHistory } from '../../application/ports.ts';
import { correlate } from '../observability/logger.ts';
import { historyEntry, traceparentOf } from './history-entry.ts';

export type HistoryHandler = (event: unknown, context: Context) => Promise<void>;

/** Subscribes to the bus like any other team, and keeps of each event one line in the order's history. */
export const recordEvent =
  ({ history, logger }: { history: OrderHistory; logger: Logger }): HistoryHandler =>
  async (event, context) => {
    logger.addContext(context);
    const entry = historyEntry(event);
    correlate(logger, { correlationId: entry.correlationId, traceparent: traceparentOf(event) });
    await history.record(entry);
    const { orderId, version, type } = entry;
    logger.info('recorded', { orderId, version, eventType: type });
  };
