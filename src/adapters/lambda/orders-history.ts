import { readHistoryConfig } from '../config.ts';
import { HISTORY, historyContainer } from '../container/history.ts';

export const handler = historyContainer(readHistoryConfig(process.env)).get(HISTORY);
