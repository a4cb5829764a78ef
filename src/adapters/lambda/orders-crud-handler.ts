import { readOrdersConfig } from '../config.ts';
import { INVOKE, invokeContainer } from '../container.ts';

export const handler = invokeContainer(readOrdersConfig(process.env)).get(INVOKE);
