import { readInvokeConfig } from '../config.ts';
import { INVOKE, invokeContainer } from '../container/invoke.ts';

export const handler = invokeContainer(readInvokeConfig(process.env)).get(INVOKE);
