import type { Container } from 'inversify';
import type { HistoryConfig } from '../config.ts';
import { dynamoDbHistory } from '../dynamodb/order-history.ts';
import { type HistoryHandler, recordEvent } from '../event-subscriber/record-event.ts';
import { countingColdStarts } from '../observability/cold-starts.ts';
import { documents } from './clients.ts';
import { LOGGER, token, wiring } from './wiring.ts';

export const HISTORY = token<HistoryHandler>('HistoryHandler');

export const historyContainer = (config: HistoryConfig): Container => {
  const { container, provide } = wiring();
  provide(HISTORY, [LOGGER], (logger) =>
    countingColdStarts(recordEvent({ history: dynamoDbHistory(documents(), config), logger })),
  );
  return container;
};
