import { readHistoryConfig } from '../config.ts';
import { HISTORY, historyContainer } from '../container.ts';

export const handler = historyContainer(readHistoryConfig(process.env)).get(HISTORY);
