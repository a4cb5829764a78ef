import { readStreamConfig } from '../config.ts';
import { STREAM, streamContainer } from '../container.ts';

export const handler = streamContainer(readStreamConfig(process.env)).get(STREAM);
